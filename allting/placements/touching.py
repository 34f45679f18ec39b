"""What a new edition means for those who have a place: a unit may close, or grow too small."""

from collections import Counter
from collections.abc import Collection, Iterator

from allting.kernel.api import rows, today
from allting.packages.api import Definition, Touched
from allting.placements.parts import PLACES
from allting.ui.api import worded

_SEATS = (
    "SELECT kind, unit, COUNT(DISTINCT subject) FROM placements_seat"
    " WHERE until IS NULL OR until > %s GROUP BY kind, unit"
)


def seats_at_closed_units(
    before: Definition, after: Definition, services: Collection[str]
) -> Iterator[Touched]:
    """How many have a place, now or later, at a unit that the new edition does not have."""
    gone = _units(before) - _units(after)
    if not gone:
        return
    seated = Counter({(kind, unit): n for kind, unit, n in rows(_SEATS, [today()])})
    for service, places in sorted(after.all(PLACES).items()):
        for kind, unit in sorted(gone):
            number = seated[kind, unit]
            if kind == places.kind and number:
                yield Touched(service, _words(number, unit), warns=True)


def _units(definition: Definition) -> set[tuple[str, str]]:
    files = definition.all("units").values()
    return {(file.kind, unit.id) for file in files for unit in file.units}


def _words(number: int, unit: str) -> str:
    if number == 1:
        return worded("1 has a place at '{unit}', a unit that is taken out", unit=unit)
    return worded("{n} have a place at '{unit}', a unit that is taken out", n=number, unit=unit)
