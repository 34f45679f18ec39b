"""Many people as columns: what a column holds, and how whoever has the people hands them out."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from allting.conditions.amounts import UNIT
from allting.conditions.facts import FactType

if TYPE_CHECKING:
    import numpy as np

    from allting.conditions.rules import Bound

    Array = np.ndarray[Any, np.dtype[Any]]
else:
    Array = Any


@dataclass(frozen=True, slots=True)
class Shape:
    """What the whole numbers of a column stand for, and between which of them they lie.

    A yes is 1 and a no 0, a day the days since 1970, a text its place among `words`, and a number
    so many `unit` (billionths). `unknown` is the number that stands for "not known", outside of
    what is known; without it everyone's is.
    """

    type: FactType
    low: int
    high: int
    unknown: int | None = None
    words: tuple[str, ...] = ()
    unit: int = UNIT

    @property
    def width(self) -> int:
        """How many different values there may be."""
        return max(self.high - self.low + 1, 0)


class Slice(NamedTuple):
    """The people from `start` until `end`, and their columns by name."""

    start: int
    end: int
    read: Callable[[str], Array]


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


@dataclass(slots=True)
class Part:
    """A slice at work: columns are read once, and what several conditions share is kept."""

    size: int
    read: Callable[[str], Array]
    columns: dict[str, Array] = field(default_factory=dict)
    kept: dict[object, Any] = field(default_factory=dict)

    def column(self, name: str) -> Array:
        """The column of a fact, as the crowd keeps it."""
        found = self.columns.get(name)
        if found is None:
            found = self.columns[name] = self.read(name)
        return found
