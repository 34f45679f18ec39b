"""Small markets to place children in: drawn by Hypothesis, or by chance with a seed."""

import random
from dataclasses import dataclass, field, replace

from hypothesis import strategies as st

from allting.placements.asks import Key
from allting.placements.rules import Allocation, allocate

Wishes = dict[str, list[str]]


@dataclass(frozen=True)
class Market:
    """What a round is worked out from."""

    wishes: Wishes
    priorities: dict[str, dict[str, Key]]
    capacity: dict[str, int]
    seed: str
    drawn_for: dict[str, str] = field(default_factory=dict)  # children who live together

    def placed(self) -> Allocation[str, str]:
        return allocate(
            self.wishes, self.priorities, self.capacity, self.seed, drawn_for=self.drawn_for
        )

    def wishing(self, child: str, wishes: list[str]) -> "Market":
        """The same, but for what one child says it wants."""
        return replace(self, wishes={**self.wishes, child: wishes})

    def with_places(self, unit: str, places: int) -> "Market":
        """The same, with another number of places at one unit."""
        return replace(self, capacity={**self.capacity, unit: places})


def rank(market: Market, found: Allocation[str, str], child: str) -> int:
    """Where on the child's true list the place is that it was given; past the end for none."""
    wished = market.wishes[child]
    unit = found.given.get(child)
    return wished.index(unit) if unit in wished else len(wished)


@st.composite
def markets(draw: st.DrawFn, most_units: int = 5, most_children: int = 8) -> Market:
    """Few children and units, and few values in the priorities, so that much is alike."""
    units = [f"u{n}" for n in range(draw(st.integers(1, most_units)))]
    children = [f"c{n}" for n in range(draw(st.integers(1, most_children)))]
    lists = st.lists(st.sampled_from(units), unique=True)
    keys = st.tuples(st.integers(0, 1), st.integers(0, 2))
    homes = draw(st.lists(st.integers(0, 4), min_size=len(children), max_size=len(children)))
    first = {home: child for child, home in reversed([*zip(children, homes, strict=True)])}
    return Market(
        {child: draw(lists) for child in children},
        {child: {unit: draw(keys) for unit in units} for child in children},
        {unit: draw(st.integers(0, 3)) for unit in units},
        draw(st.text("abc", min_size=1, max_size=3)),
        {child: first[home] for child, home in zip(children, homes, strict=True)},
    )


def by_chance(seed: int, children: int, units: int, longest: int) -> Market:
    """A market of a given size."""
    chance = random.Random(seed)
    names = [f"u{n}" for n in range(units)]
    who = [f"c{n}" for n in range(children)]
    wishes = {child: chance.sample(names, chance.randint(1, min(longest, units))) for child in who}
    priorities: dict[str, dict[str, Key]] = {
        child: {unit: (chance.randint(0, 1), chance.randint(0, 5)) for unit in wishes[child]}
        for child in who
    }
    most = max(1, 2 * children // units)
    capacity = {unit: chance.randint(1, most) for unit in names}
    return Market(wishes, priorities, capacity, str(seed))
