"""Turning offers off and on again: of one situation, or all of them."""

from collections.abc import Collection
from uuid import UUID

from allting.identity.api import Actor, person_of
from allting.kernel.api import insert, now, record, write
from allting.offers.models import OptOut

ALL = ""


def turn_off(person: UUID, situation: str = ALL) -> None:
    """Let the person get no more offers of this situation (`service/situation`), or none at all."""
    row = {"person": person, "situation": situation, "at": now()}
    with write():
        if insert("offers_optout", row, unique="person, situation") is not None:
            record(str(person), "offers:off", situation or "all")


def want(actor: Actor, known: Collection[str], wanted: Collection[str], *, any: bool) -> None:
    """Let exactly `wanted` of the `known` situations be on; with `any` false, none at all."""
    person = person_of(actor)
    unwanted = (set(known) - set(wanted)) | (set() if any else {ALL})
    with write():
        off = OptOut.objects.filter(person=person, situation__in=[*known, ALL])
        off.exclude(situation__in=unwanted).delete()
        for key in sorted(unwanted):
            turn_off(person, key)
        record(str(actor.account), "offers:wanted", f"person {person}")


def turned_off(people: Collection[UUID], key: str) -> frozenset[UUID]:
    """Of `people` those who do not want offers of this situation, or any."""
    found = OptOut.objects.filter(person__in=list(people), situation__in=[ALL, key])
    return frozenset(found.values_list("person", flat=True))


def turned_off_by(actor: Actor) -> frozenset[str]:
    """The situations of which the actor gets no offers; ALL among them stands for every one."""
    found = OptOut.objects.filter(person=person_of(actor))
    return frozenset(found.values_list("situation", flat=True))
