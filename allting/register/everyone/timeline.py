"""What changes with time for a few: of each person or household, the latest that has happened."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from allting.conditions.api import Array


@dataclass(frozen=True)
class Timeline:
    """Values by whom they are about (a row, or a household's number) and by day, in that order."""

    about: Array
    at: Array
    value: Array

    @classmethod
    def of(cls, about: Array, at: Array, value: Array, number: Array | None = None) -> "Timeline":
        """In order; of one day the one with the highest number is the latest."""
        order = np.lexsort((at if number is None else number, at, about))
        return cls(about[order].astype(np.int32), at[order], _narrow(value[order]))

    def __len__(self) -> int:
        return len(self.about)

    @property
    def unknown(self) -> int:
        """The number for whom nothing has happened."""
        return int(np.iinfo(self.value.dtype).min)

    @cached_property
    def span(self) -> tuple[int, int]:
        """The lowest and the highest value that is one."""
        known = self.value[self.value != self.unknown]
        return (int(known.min()), int(known.max())) if len(known) else (0, -1)

    def changes(self) -> "Timeline":
        """The days on which a value became another than the one before, as values themselves."""
        again = np.zeros(len(self), dtype=bool)
        again[1:] = (self.about[1:] == self.about[:-1]) & (self.value[1:] != self.value[:-1])
        return Timeline(self.about[again], self.at[again], self.at[again])

    def on(self, as_of: int) -> "Latest":
        """As it stands on a day."""
        about, value = self.about, self.value
        happened = self.at <= as_of
        if not happened.all():
            about, value = about[happened], value[happened]
        latest = np.ones(len(about), dtype=bool)
        latest[:-1] = about[1:] != about[:-1]
        if not latest.all():
            about, value = about[latest], value[latest]
        return Latest(about, value, self.unknown)


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest value of those who have one, in order."""

    about: Array
    value: Array
    unknown: int

    def between(self, start: int, end: int) -> Array:
        """Of everyone from `start` until `end`."""
        first, last = np.searchsorted(self.about, [start, end])
        found = np.full(end - start, self.unknown, dtype=self.value.dtype)
        found[self.about[first:last] - start] = self.value[first:last]
        return found

    def of(self, whom: Array) -> Array:
        """Of these."""
        found = np.full(len(whom), self.unknown, dtype=self.value.dtype)
        if len(self.about):
            place = np.searchsorted(self.about, whom)
            np.minimum(place, len(self.about) - 1, out=place)
            there = self.about.take(place) == whom
            found[there] = self.value.take(place[there])
        return found


def _narrow(values: Array) -> Array:
    """In 32 bits where they fit, with room for one more that means unknown."""
    if len(values) and not (int(values.min()) > -(2**31) and int(values.max()) < 2**31):
        return values.astype(np.int64)
    return values.astype(np.int32)
