"""Examples in `places.yaml`: a handful of children and places, and who is to be given which."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from allting.catalogue.api import WrongValue, example_values
from allting.packages.api import Definition
from allting.packages.api import Example as OfOne
from allting.placements.asks import Key
from allting.placements.keys import Line, key_of, lines_in
from allting.placements.lists import listed
from allting.placements.parts import NOWHERE, PLACES, Example, ExampleChild, Places
from allting.placements.rules import LOT, Allocation, allocate, explain
from allting.placements.vocabulary import DISTANCE, SIBLING, SINCE, UNIT

SEED = "example"


@dataclass(frozen=True, slots=True)
class Amiss:
    """What an example has wrong: where in it, and what is the matter."""

    path: tuple[str | int, ...]
    what: str


def run(definition: Definition, service: str, example: Example) -> Iterator[Amiss]:
    """What does not come out as the example says."""
    places: Places = definition.one(PLACES, service)
    lines = lines_in(definition, service)
    wishes: dict[str, tuple[str, ...]] = {}
    keys: dict[str, Mapping[str, Key]] = {}
    for n, child in enumerate(example.children):
        try:
            known = _known(definition, service, example, child)
        except WrongValue as wrong:
            yield Amiss(("children", n, "given"), str(wrong))
            return
        wishes[child.id] = _list(child, places)
        keys[child.id] = {
            unit: key_of(lines, {**known, **_of_unit(child, unit)}, example.on)
            for unit in wishes[child.id]
        }
    found = allocate(wishes, keys, example.places, SEED)
    for child_id, expected in example.expect.items():
        unit = found.given.get(child_id, NOWHERE)
        if unit != expected:
            why = _why(found, lines, child_id, expected)
            yield Amiss(("expect", child_id), f"{child_id} is given {unit}, not {expected}{why}")


def _known(
    definition: Definition, service: str, example: Example, child: ExampleChild
) -> dict[str, Any]:
    one = OfOne.model_construct(
        id=child.id, says=example.says, on=example.on, given=child.given, expect={}
    )
    since = {SINCE: child.since} if child.since else {}
    return {**example_values(definition, service, one), **since}


def _of_unit(child: ExampleChild, unit: str) -> dict[str, Any]:
    away = child.distance_km.get(unit)
    return {
        UNIT: unit,
        DISTANCE: None if away is None else Decimal(str(away)),
        SIBLING: unit in child.sibling_at,
    }


def _list(child: ExampleChild, places: Places) -> tuple[str, ...]:
    near = sorted(child.distance_km, key=lambda unit: (child.distance_km[unit], unit))
    return listed(child.wishes, near, places)


def _why(found: Allocation[str, str], lines: tuple[Line, ...], child: str, expected: str) -> str:
    step = next((it for it in explain(found, child) if it.unit == expected), None)
    if step is None:
        return ""
    if step.why == "none":
        return f"; {expected} has no places"
    if step.by == LOT or step.by is None:
        return "; only the lot parted them, and an example is not to hang on that"
    return f"; {expected} was full of children who come before by '{lines[step.by].priority.id}'"
