"""Many people as columns: what a column holds, and how whoever has the people hands them out."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, runtime_checkable

from allting.conditions.amounts import UNIT
from allting.conditions.facts import FactType

if TYPE_CHECKING:
    import numpy as np

    from allting.conditions.rules import Bound

    Array = np.ndarray[Any, np.dtype[Any]]
else:
    Array = Any

Reader = Callable[[str], Array]
"""Gives the column of a fact by its name."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What the whole numbers of a column stand for, and between which of them they lie.

    A yes is 1 and a no 0, a day the days since 1970, a text its place among `words`, and a number
    so many `unit` (billionths). `unknown` is the number that stands for "not known", outside of
    what is known; without it everyone's is. `made`: the column is worked out when it is read, so
    better for few than for all. `usual`: the values of all but a few, whom the crowd can tell.
    """

    type: FactType
    low: int
    high: int
    unknown: int | None = None
    words: tuple[str, ...] = ()
    unit: int = UNIT
    made: bool = False
    usual: tuple[int, ...] = ()

    @property
    def width(self) -> int:
        """How many different values there may be."""
        return max(self.high - self.low + 1, 0)


class Slice(NamedTuple):
    """The people from `start` until `end`, and their columns by name."""

    start: int
    end: int
    read: Reader


class Crowd(Protocol):
    """People who can be asked; what they lack is unknown for everyone."""

    def __len__(self) -> int: ...

    def shapes(self, names: Collection[str]) -> Mapping[str, Shape]:
        """What the columns among `names` hold that there are."""
        ...

    def derived(self, names: Collection[str]) -> Mapping[str, "Bound"]:
        """Facts among `names` that follow from other facts, and how."""
        ...

    def slices(self) -> Iterable[Slice]:
        """Everyone, in pieces small enough for a processor's memory."""
        ...

    def some(self, places: Array) -> Reader:
        """The columns of the people at these places, which are in order."""
        ...


@runtime_checkable
class Searchable(Crowd, Protocol):
    """A crowd that can tell whose facts are not as usual, without asking all."""

    def few(self, name: str, which: Callable[[Array], Array]) -> Array:
        """The places, in order, of those whose fact is not as usual and has one of the values
        that `which` picks."""
        ...


@dataclass(slots=True)
class Part:
    """A slice at work: columns are read once, and what several conditions share is kept."""

    size: int
    read: Reader
    columns: dict[str, Array] = field(default_factory=dict)
    kept: dict[object, Any] = field(default_factory=dict)

    def column(self, name: str) -> Array:
        """The column of a fact, as the crowd keeps it."""
        found = self.columns.get(name)
        if found is None:
            found = self.columns[name] = self.read(name)
        return found
