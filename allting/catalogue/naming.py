"""Names that tell units apart: in a large city several preschools are called the same."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from allting.catalogue.parts import Unit


def told_apart(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """The units; those that share a name say their street after it, or else their id."""
    found = tuple(units)
    for what in (_street, _id):
        times = Counter(_key(unit) for unit in found)
        found = tuple(
            _with(unit, what(unit)) if times[_key(unit)] > 1 and what(unit) else unit
            for unit in found
        )
    return found


def _key(unit: Unit) -> Any:
    return unit.name if isinstance(unit.name, str) else tuple(sorted(unit.name.items()))


def _street(unit: Unit) -> str:
    return unit.address.street if unit.address else ""


def _id(unit: Unit) -> str:
    return unit.id


def _with(unit: Unit, more: str) -> Unit:
    name = unit.name
    if isinstance(name, str):
        return unit.model_copy(update={"name": f"{name}, {more}"})
    return unit.model_copy(update={"name": {lang: f"{it}, {more}" for lang, it in name.items()}})
