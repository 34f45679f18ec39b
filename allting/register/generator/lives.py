"""What has happened to people lately, so that every situation of life has someone in it.

Drawn apart from the rest: who lives where does not hang on it. The shares are rough, and made so
that a town of 15,000 has somebody in each situation on any day.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from allting.register.rules import years_after

Position = tuple[float, float]

_DEGREE = 111.2  # kilometres of a degree of latitude
_AROUND = 0.9  # kilometres from a unit within which two homes of three lie
_JUST_CAME, _CAME_WITHIN = 0.02, 60  # homes, days
_HELPED = 0.04  # of those who are eighty, someone acts for
_BUILDS, _MARRIES, _EARNS_OTHERWISE = 0.006, 0.05, 0.06


@dataclass(frozen=True, slots=True)
class Said:
    """A fact to be declared: name, type, value, where it is from, and the day."""

    name: str
    type: str
    value: str
    source: str
    at: date


class Fate:
    """Draws what has happened; the same seed gives the same."""

    def __init__(self, seed: int, on: date, centres: Sequence[Position]) -> None:
        self._chance = Random(f"{seed} lives")  # noqa: S311 (made-up people, no secrets)
        self._on = on
        self._centres = centres

    def came(self) -> date:
        """The day a home came to the municipality; lately for some."""
        if self._chance.random() < _JUST_CAME:
            return self._on - timedelta(self._chance.randrange(_CAME_WITHIN))
        return self._on - timedelta(self._chance.randrange(_CAME_WITHIN, 40 * 365))

    def died(self, born: date) -> date | None:
        """The day within the last year on which someone died, if so: more with age (Gompertz)."""
        age = (self._on - born).days / 365.25
        if self._chance.random() >= min(0.0004 * math.exp(0.1 * (age - 30)), 0.4):
            return None
        day = self._on - timedelta(self._chance.randrange(365))
        return day if day > born else None

    def position(self) -> Position | None:
        """Where a home lies: near one of the centres, if there are any."""
        if not self._centres:
            return None
        lat, lon = self._chance.choice(self._centres)
        north, east = (self._chance.gauss(0, _AROUND) for _ in range(2))
        shrink = math.cos(math.radians(lat))
        return round(lat + north / _DEGREE, 6), round(lon + east / (_DEGREE * shrink), 6)

    def married(self, younger: date) -> date:
        """The day a couple married, the younger of them at least of age."""
        first = years_after(younger, 18)
        return first + timedelta(self._chance.randrange(max((self._on - first).days, 1)))

    def is_helped(self, born: date) -> bool:
        """Whether someone acts for them."""
        return years_after(born, 80) <= self._on and self._chance.random() < _HELPED

    def helper(self, number: int) -> int:
        """Which of so many."""
        return self._chance.randrange(number)

    def income_since(self, income: str) -> Said | None:
        """Another income, declared within the last month."""
        if self._chance.random() >= _EARNS_OTHERWISE:
            return None
        other = round(int(income) * self._chance.uniform(0.55, 1.6), -2)
        at = self._on - timedelta(self._chance.randrange(20))
        return Said("income_month", "number", f"{other:.0f}", "declared", at)

    def building(self) -> Said | None:
        """A building permit, some of them about to lapse."""
        if self._chance.random() >= _BUILDS:
            return None
        granted = self._on - timedelta(self._chance.randrange(5, 2 * 365))
        lapses = years_after(granted, 2)
        return Said("building_permit_lapses", "date", str(lapses), "building permit", granted)

    def wedding(self) -> Iterator[Said]:
        """A civil wedding booked, the certificate of no impediment old enough now and then."""
        if self._chance.random() >= _MARRIES:
            return
        issued = self._on - timedelta(self._chance.randrange(1, 118))
        day = self._on + timedelta(self._chance.randrange(1, 150))
        booked = issued + timedelta(self._chance.randrange((self._on - issued).days))
        yield Said("wedding_day", "date", str(day), "civil wedding", booked)
        yield Said("no_impediment_issued", "date", str(issued), "civil wedding", booked)
