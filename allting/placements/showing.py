"""Rounds and places as pages show them: words, values, bars. Nothing here reads a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from allting.catalogue.api import act
from allting.packages.api import Edition
from allting.placements.keys import Line
from allting.placements.models import Place, Round
from allting.placements.queries import Explained, UnitResult
from allting.placements.rounds import BY_LOT
from allting.ui.api import Translator, later, number, plain, translator
from allting.ui.api import date as day_in_words

FEW = 5  # fewer places than this would tell something of those who were given them

STATES = {
    Round.State.OPEN: (later("Being prepared"), "info"),
    Round.State.SETTLED: (later("Settled"), "good"),
    Round.State.DROPPED: (later("Dropped"), "neutral"),
}
PLACES = {
    Place.State.WAITING: (later("Waiting for the round"), "neutral"),
    Place.State.OFFERED: (later("Offered a place"), "info"),
    Place.State.TAKEN: (later("Said yes"), "good"),
    Place.State.DECLINED: (later("Said no"), "neutral"),
    Place.State.RELEASED: (later("Offer ended"), "neutral"),
    Place.State.WITHOUT: (later("No place this time"), "warn"),
}
HERE = {
    Place.State.OFFERED: later("Here a place is kept for {name}."),
    Place.State.TAKEN: later("Here {name} has a place."),
    Place.State.DECLINED: later("You were offered a place here and said no."),
    Place.State.RELEASED: later("You were offered a place here, but the offer has ended."),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """One line of the explanation: a unit, and what became of the wish."""

    unit: Any
    label: str
    near: bool  # not wished for
    given: bool
    says: str
    rule: Any = None  # the priority that parted, in the package's words
    own: tuple[tuple[Any, str], ...] = ()  # where this child stood: what, and its value


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a bar, in hundredths of the whole width."""

    kind: str
    at: float
    wide: float


def wishes(it: Explained, language: str) -> list[Wish]:
    """The explanation, from the most wanted to the place that was given."""
    keys = dict(it.place.listed)
    return [
        _wish(it, n, step, keys.get(step[0], []), language) for n, step in enumerate(it.place.steps)
    ]


def _wish(it: Explained, n: int, step: Sequence[Any], key: list[int], language: str) -> Wish:
    unit, why, places, by = step
    speak, name = translator(language), it.person.given_name
    near = n >= it.place.wished
    label = speak(later("Near home")) if near else speak(later("Wish {n}"), n=n + 1)
    known = it.units.get(unit)
    title = known.name if known else unit
    if why == "given":
        return Wish(title, label, near, True, speak(HERE[Place.State(it.place.state)], name=name))
    if why == "none":
        ours = known is None or known.organiser == "municipal"
        says = (
            speak(later("There were no places to give here."))
            if ours
            else speak(later("Here the municipality does not give the places. Ask there directly."))
        )
        return Wish(title, label, near, False, says)
    stood = tuple(_stood(it, key, language))
    if places < FEW:
        says = speak(
            later("The few places here went to children who come before {name}."), name=name
        )
        return Wish(title, label, near, False, says, None, stood)
    says = speak(
        later("All {n} places here went to children who come before {name}."), n=places, name=name
    )
    if by == BY_LOT:
        lot = speak(
            later("The last of them was like {name} in all that counts, so the lot decided."),
            name=name,
        )
        return Wish(title, label, near, False, f"{says} {lot}", None, stood)
    line = next(line for line in it.lines if line.priority.id == by)
    return Wish(title, label, near, False, says, line.priority.says, stood)


def _stood(it: Explained, key: list[int], language: str) -> Iterator[tuple[Any, str]]:
    """Where the child itself stood at a unit, in what the priorities look at by name."""
    words = it.words
    for line, number_ in zip(it.lines, key, strict=False):
        fact = words.get(line.priority.by.strip())
        if fact is not None and fact.says:
            yield fact.says, own(line, number_, language)


def own(line: Line, number_: int, language: str) -> str:
    """What a priority comes to for a child, in words."""
    value, speak = line.value(number_), translator(language)
    if value is None:
        return speak(later("not known"))
    if isinstance(value, bool):
        return speak(later("yes")) if value else speak(later("no"))
    if isinstance(value, date):
        return day_in_words(language, value)
    measure = plain(line.priority.measure, language) if line.priority.measure else ""
    return f"{number(language, _rounded(value))} {measure}".rstrip()


def _rounded(value: Decimal) -> Decimal:
    """To two decimals at most: nobody's home is to be found by metres.

    >>> _rounded(Decimal("1.2345")), _rounded(Decimal("3"))
    (Decimal('1.23'), Decimal('3'))
    """
    return value if value == value.to_integral() else round(value, 2)


def rules(edition: Edition, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """The priorities in order, with their law."""
    return [
        {
            "says": line.priority.says,
            "law": [{"reference": str(ref), "act": act(edition, ref)} for ref in line.priority.law],
        }
        for line in lines
    ]


def why_this(it: Explained, speak: Translator) -> str:
    """In a sentence, why the child was given this place."""
    place = it.place
    if place.rank is None:
        return ""
    if place.rank < place.wished:
        if place.rank == 0:
            return speak(later("It is the one that you wanted most."))
        return speak(
            later("It is your wish number {n}: the first on your list that could be given."),
            n=place.rank + 1,
        )
    if place.wished:
        return speak(
            later("None of your wishes could be given. This is as near your home as could be.")
        )
    return speak(later("You have not wished for any, so we looked near your home."))


def bars(result: UnitResult, most: int) -> Iterator[Bar]:
    """The bar of a unit's places: taken, offered, and still free."""
    at = 0.0
    free = max(0, result.places - result.offered - result.taken)
    for kind, n in (("taken", result.taken), ("offered", result.offered), ("free", free)):
        if n > 0:
            wide = 100 * n / most
            yield Bar(kind, round(at, 2), round(wide, 2))
            at += wide
