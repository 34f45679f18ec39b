"""What people have turned off, and addresses at which nothing can be delivered."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from allting.identity.api import Actor, person_of
from allting.kernel.api import insert, now, record, rows, run, write
from allting.notifications.addresses import digest_of
from allting.notifications.models import BrokenAddress, Unwanted
from allting.notifications.ports import contact_of
from allting.notifications.rules import BROKEN, NOT_WANTED, Channel

_HINDRANCE = """
    SELECT EXISTS (SELECT 1 FROM notifications_unwanted
                   WHERE person = %s AND topic = %s AND channel = %s),
           EXISTS (SELECT 1 FROM notifications_brokenaddress WHERE digest = %s)
"""


def hindrance(person: UUID, topic: str, channel: Channel, digest: str) -> str | None:
    """What keeps news from going this way, besides protection and the lack of an address."""
    unwanted, broken = rows(_HINDRANCE, [person, topic, channel.value, digest])[0]
    if unwanted:
        return NOT_WANTED
    return BROKEN if broken else None


def unwanted(actor: Actor) -> frozenset[tuple[str, str]]:
    """What the actor has turned off, as (topic, channel)."""
    found = Unwanted.objects.filter(person=person_of(actor))
    return frozenset(found.values_list("topic", "channel"))


def save_preferences(
    actor: Actor, wanted: Mapping[str, Iterable[str]], offered: Iterable[str]
) -> None:
    """Keep what the actor wants: the channels of each topic; of those `offered`, others are off."""
    person, channels = person_of(actor), tuple(offered)
    with write():
        for topic, chosen in wanted.items():
            off = sorted(set(channels) - set(chosen))
            Unwanted.objects.filter(person=person, topic=topic, channel__in=channels).delete()
            for channel in off:
                row = {"person": person, "topic": topic, "channel": channel}
                insert("notifications_unwanted", row, unique="person, topic, channel")
        record(str(actor.account), "preferences", f"person {person}")


# ---- addresses that do not work


def mark_broken(digest: str, why: str) -> bool:
    """Note that nothing can be delivered there; False if that is known. Call inside `write()`."""
    row = {"digest": digest, "why": why[:500], "since": now()}
    return insert("notifications_brokenaddress", row, unique="digest", key="digest") is not None


def broken_email(actor: Actor) -> str | None:
    """The actor's own e-mail address, if nothing could be delivered there."""
    contact = contact_of(person_of(actor))
    if contact is None or not contact.email:
        return None
    known = BrokenAddress.objects.filter(digest=digest_of(contact.email)).exists()
    return contact.email if known else None


def try_address_again(actor: Actor) -> None:
    """The actor says that their address works: news is sent there again."""
    contact = contact_of(person_of(actor))
    if contact is not None and contact.email:
        with write():
            run(
                "DELETE FROM notifications_brokenaddress WHERE digest = %s",
                [digest_of(contact.email)],
            )
