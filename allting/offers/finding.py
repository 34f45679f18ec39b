"""Finding people in situations: everyone at once, by the same conditions as for one person."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from allting.conditions.api import Bound, FactType, bind, columns, holds
from allting.kernel.api import today
from allting.offers.plan import Planned
from allting.offers.rules import occasion_text
from allting.register.api import everyone, sheltered

POSTCODE = "postcode"


@dataclass(frozen=True, slots=True)
class Hit:
    """Someone found in a situation, for an occasion."""

    person: UUID
    occasion: str = ""
    district: str = ""
    start: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Who is in a situation. Protected people, and those who would give one away, stand apart:
    they are never counted or shown, and only their named handler is told."""

    planned: Planned
    hits: tuple[Hit, ...]
    by_hand: tuple[Hit, ...]


def find(
    situations: Iterable[Planned],
    *,
    as_of: date,
    only: Collection[UUID] | None = None,
    districts: bool = False,
) -> dict[str, Found]:
    """Who is in each situation on a day, by key; of everyone, or `only` some people."""
    planned = {one.key: one for one in situations}
    if not planned:
        return {}
    constants = next(iter(planned.values())).parameters
    names = {name for one in planned.values() for name in one.finding}
    crowd = everyone(
        names | ({POSTCODE} if districts else set()),
        as_of=as_of,
        here=constants.get("parameters.municipality_code"),
        autumn=constants.get("parameters.autumn_term_month"),
        only=only,
    )
    yes = holds({k: it.holds for k, it in planned.items()}, crowd, as_of=as_of, constants=constants)
    hits = {}
    for key, one in planned.items():
        at = (yes[key] & crowd.present).nonzero()[0]
        asked = _told(one, districts)
        told = columns(asked, crowd, as_of=as_of, constants=constants, at=at)
        hits[key] = _hits(crowd.ids(yes[key]), told, one)
    hidden = _hidden({hit.person for them in hits.values() for hit in them}, as_of)
    return {key: _parted(one, hits[key], hidden) for key, one in planned.items()}


def _hidden(people: Collection[UUID], as_of: date) -> frozenset[UUID]:
    """Who of these is sheltered on that day, or today if that is another."""
    return frozenset[UUID]().union(*(sheltered(people, as_of=d) for d in {as_of, today()}))


def _parted(planned: Planned, hits: list[Hit], hidden: Collection[UUID]) -> Found:
    return Found(
        planned,
        tuple(hit for hit in hits if hit.person not in hidden),
        tuple(replace(hit, district="") for hit in hits if hit.person in hidden),
    )


def _told(one: Planned, districts: bool) -> dict[str, Bound]:
    """What is told of those who are found: the occasion, the first day, where they live."""
    told = {"occasion": one.occasion, "start": one.start}
    if districts:
        told[POSTCODE] = bind(POSTCODE, one.words, expects=FactType.TEXT)
    return {name: bound for name, bound in told.items() if bound}


def _hits(people: list[UUID], told: Mapping[str, Any], one: Planned) -> list[Hit]:
    occasions, starts, places = (
        told[name].to_list() if name in told else [None] * len(people)
        for name in ("occasion", "start", POSTCODE)
    )
    return [
        Hit(person, occasion_text(occasions[n]), _district(places[n]), starts[n])
        for n, person in enumerate(people)
        if one.occasion is None or occasions[n] is not None
    ]


def _district(postcode: str | None) -> str:
    """The postcode area, however it is written.

    >>> _district("99901"), _district("999 01"), _district(None)
    ('999 01', '999 01', '')
    """
    digits = (postcode or "").replace(" ", "")
    return f"{digits[:3]} {digits[3:]}" if len(digits) == 5 else digits
