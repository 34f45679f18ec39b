"""Finding people in situations: everyone at once, by the same conditions as for one person."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from allting.conditions.api import Bound, FactType, bind, columns, holds
from allting.kernel.api import today
from allting.offers.plan import Planned
from allting.offers.rules import occasion_text
from allting.register.api import everyone, sheltered

if TYPE_CHECKING:
    from allting.conditions.api import Array

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
    told = columns(_told(planned, districts), crowd, as_of=as_of, constants=constants)
    # on another day than today those count who are sheltered on either
    hidden = sheltered(as_of=as_of) | sheltered(as_of=today())
    found = {}
    for key, one in planned.items():
        rows = (yes[key] & crowd.present).nonzero()[0]
        people = crowd.ids(yes[key])
        hits = _hits(people, rows, key, told, one)
        found[key] = Found(
            one,
            tuple(hit for hit in hits if hit.person not in hidden),
            tuple(replace(hit, district="") for hit in hits if hit.person in hidden),
        )
    return found


def _told(planned: Mapping[str, Planned], districts: bool) -> dict[str, Bound]:
    """What is told of those who are found: the occasion, the first day, where they live."""
    told = {f"{key} occasion": it.occasion for key, it in planned.items() if it.occasion}
    told |= {f"{key} start": it.start for key, it in planned.items() if it.start}
    if districts:
        words = next(iter(planned.values())).words
        told[POSTCODE] = bind(POSTCODE, words, expects=FactType.TEXT)
    return told


def _hits(
    people: list[UUID], rows: "Array", key: str, told: Mapping[str, Any], one: Planned
) -> list[Hit]:
    occasions = _of(told, f"{key} occasion", rows)
    starts = _of(told, f"{key} start", rows)
    places = _of(told, POSTCODE, rows)
    return [
        Hit(person, occasion_text(occasions[n]), _district(places[n]), starts[n])
        for n, person in enumerate(people)
        if one.occasion is None or occasions[n] is not None
    ]


def _of(told: Mapping[str, Any], name: str, rows: "Array") -> list[Any]:
    answers = told.get(name)
    if answers is None:
        return [None] * len(rows)
    some: list[Any] = replace(
        answers, values=answers.values[rows], known=answers.known[rows]
    ).to_list()
    return some


def _district(postcode: str | None) -> str:
    """The postcode area, however it is written.

    >>> _district("99901"), _district("999 01"), _district(None)
    ('999 01', '999 01', '')
    """
    digits = (postcode or "").replace(" ", "")
    return f"{digits[:3]} {digits[3:]}" if len(digits) == 5 else digits
