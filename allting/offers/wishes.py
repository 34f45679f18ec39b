"""Turning offers off and on again: of one situation, or all of them."""

from collections.abc import Collection
from uuid import UUID

from allting.kernel.api import insert, now, record, write
from allting.offers.models import OptOut

ALL = ""


def turn_off(person: UUID, situation: str = ALL) -> None:
    """Let the person get no more offers of this situation (`service/situation`), or none at all."""
    row = {"person": person, "situation": situation, "at": now()}
    with write():
        if insert("offers_optout", row, unique="person, situation") is not None:
            record(str(person), "offers:off", situation or "all")


def want(person: UUID, known: Collection[str], wanted: Collection[str], *, any: bool) -> None:
    """Let exactly `wanted` of the `known` situations be on; with `any` false, none at all."""
    with write():
        off = set(OptOut.objects.filter(person=person).values_list("situation", flat=True))
        unwanted = {key for key in known if key not in wanted} | (set() if any else {ALL})
        for key in sorted(unwanted - off):
            turn_off(person, key)
        on_again = (off & {*known, ALL}) - unwanted
        if on_again:
            OptOut.objects.filter(person=person, situation__in=list(on_again)).delete()
            record(str(person), "offers:on", ", ".join(sorted(key or "all" for key in on_again)))


def turned_off_by(person: UUID) -> frozenset[str]:
    """The situations of which the person gets no offers; "" among them stands for all."""
    return frozenset(OptOut.objects.filter(person=person).values_list("situation", flat=True))
