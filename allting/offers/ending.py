"""What happens to offers by themselves: they close, they fall with their situation, they remind."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from allting.kernel.api import now, write
from allting.notifications.api import call_off, tell_soon
from allting.offers.messages import occasions_of
from allting.offers.models import Addressee, ByHand, Offer
from allting.offers.moving import try_move
from allting.offers.rules import OPEN, PROTECTED
from allting.offers.standing import why_fallen
from allting.offers.tasks import BY_HAND
from allting.offers.theirs import readdress
from allting.placements.api import is_by_hand

SLICE = 200


def expire(today: date) -> int:
    """Close what closed before today; how many. Done again, it finds nothing to do."""
    done = 0
    while True:
        late = Offer.objects.filter(state__in=OPEN, closes__lt=today).order_by("closes")
        ids = list(late.values_list("id", flat=True)[:SLICE])
        if not ids:
            return done
        for id in ids:
            with write():
                if try_move(id, "expire"):
                    done += 1


def withdraw_fallen(people: Collection[UUID] | None = None) -> int:
    """Withdraw open offers about these people (everyone) whose situation has ended; how many. Those
    that stand go to whoever answers for the person now."""
    done, last = 0, UUID(int=0)
    while True:
        found = Offer.objects.filter(state__in=OPEN, id__gt=last).order_by("id")
        if people is not None:
            found = found.filter(person__in=list(people))
        some = list(found[:SLICE])
        if not some:
            return done
        last = some[-1].id
        done += sum(_withdraw_if_fallen(offer) for offer in some)


def _withdraw_if_fallen(offer: Offer) -> bool:
    why = why_fallen(offer)
    if why is None:
        readdress(offer)
        return False
    return withdraw(offer, why)


def withdraw(offer: Offer, why: str) -> bool:
    """Take an offer back; False where it has been answered or is over already."""
    from allting.offers.jobs import tell_withdrawn  # jobs make the messages

    with write():
        if not try_move(offer.id, "withdraw", why=why):
            return False
        if why == PROTECTED and not (offer.place and is_by_hand(UUID(offer.place))):
            _to_named_handler(offer)
        # a text that waits for the morning would tell of what is no longer there
        told = Addressee.objects.filter(offer=offer).values_list("person", flat=True)
        call_off(list(told), occasions_of(offer))
        tell_withdrawn.enqueue(str(offer.id))
    return True


def _to_named_handler(offer: Offer) -> None:
    """Protected since the offer was made: from here a person takes it."""
    _, new = ByHand.objects.get_or_create(
        service=offer.service,
        situation=offer.situation,
        person=offer.person,
        occasion=offer.occasion,
        defaults={
            "edition": offer.edition,
            "board": offer.board,
            "as_of": offer.as_of,
            "made_at": now(),
        },
    )
    if new:
        tell_soon(BY_HAND, offer.board)


def to_remind(today: date) -> list[UUID]:
    """The open offers whose reminder is due."""
    due = Offer.objects.filter(
        state__in=OPEN, reminded_at=None, remind_on__lte=today, closes__gte=today
    )
    return list(due.order_by("remind_on").values_list("id", flat=True)[:SLICE])
