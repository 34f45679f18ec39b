"""Who lives with whom: people by sex and age, put together into believable households.

Here a person is only (sex, age); names, numbers and addresses come later. The shares are chosen
so that households come out as in `figures/households.csv`.
"""

from dataclasses import dataclass, field
from random import Random

Slot = tuple[str, int]  # sex and age

_SIBLINGS = (1, 2, 3, 4, 5), (40, 43, 13, 3, 1)
_GAPS = (0, 1, 2, 3, 4, 5, 6, 8), (2, 8, 33, 27, 15, 8, 5, 2)
_AT_HOME = {18: 0.9, 19: 0.75, 20: 0.58, 21: 0.46, 22: 0.36, 23: 0.28, 24: 0.21, 25: 0.14,
            26: 0.12, 27: 0.1, 28: 0.08, 29: 0.07, 30: 0.06, 31: 0.05, 32: 0.05, 33: 0.04, 34: 0.04,
            35: 0.03, 36: 0.03, 37: 0.03, 38: 0.03, 39: 0.03}  # fmt: skip
_OLDEST_AT_HOME = max(_AT_HOME)
_LIFE = ("together", "apart", "alone", "two-women"), (760, 150, 82, 8)
_COUPLES = ((20, 0.03), (25, 0.24), (30, 0.5), (40, 0.5), (50, 0.46), (65, 0.68), (75, 0.66),
            (85, 0.46), (200, 0.18))  # fmt: skip
_MARRIED = ((25, 0.1), (35, 0.35), (50, 0.6), (65, 0.78), (200, 0.93))


@dataclass(slots=True)
class Home:
    """A household: its adults, its children, and whether the adults are a couple or married.

    `elsewhere` is the guardian who lives apart from these children, by place among all homes.
    """

    adults: list[Slot]
    children: list[Slot] = field(default_factory=list)
    couple: bool = False
    married: bool = False
    elsewhere: int | None = None


class Pool:
    """People not yet placed, by sex and age."""

    def __init__(self, counts: dict[Slot, int]) -> None:
        self.counts = counts

    def take(self, sex: str, age: int, spread: int, lowest: int = 0) -> Slot | None:
        """The one nearest to `age` within `spread` years, and at least `lowest`."""
        for step in range(spread + 1):
            for near in (age - step, age + step):
                if near >= lowest and self.counts.get((sex, near), 0) > 0:
                    self.counts[sex, near] -= 1
                    return sex, near
        return None

    def either(self, age: int, spread: int, chance: Random) -> Slot | None:
        """Someone of either sex nearest to `age`."""
        first = "f" if chance.random() < self._women(age) else "m"
        for step in range(spread + 1):
            for near in (age - step, age + step):
                for sex in (first, "m" if first == "f" else "f"):
                    if near >= 0 and self.counts.get((sex, near), 0) > 0:
                        self.counts[sex, near] -= 1
                        return sex, near
        return None

    def _women(self, age: int) -> float:
        women, men = self.counts.get(("f", age), 0), self.counts.get(("m", age), 0)
        return women / (women + men) if women + men else 0.5

    def left(self) -> list[Slot]:
        """Everyone left, the youngest first."""
        return [cell for cell in sorted(self.counts, key=_by_age) for _ in range(self.counts[cell])]


def _by_age(slot: Slot) -> tuple[int, str]:
    return slot[1], slot[0]


def homes(counts: dict[Slot, int], chance: Random) -> list[Home]:
    """Every person in `counts`, placed in one household; every child has a guardian."""
    children = Pool(
        {cell: _children(cell, n) for cell, n in counts.items() if cell[1] <= _OLDEST_AT_HOME}
    )
    adults = Pool(
        {cell: n - children.counts.get(cell, 0) for cell, n in counts.items() if cell[1] >= 18}
    )
    found: list[Home] = []
    for age in range(_OLDEST_AT_HOME, -1, -1):
        while first := children.either(age, 0, chance):
            _family([first, *_siblings(first, children, chance)], adults, found, chance)
    _couples(adults, found, chance)
    _sharers(adults, found, chance)
    found += [Home([someone]) for someone in adults.left()]
    return found


def _children(cell: Slot, count: int) -> int:
    return count if cell[1] < 18 else round(count * _AT_HOME[cell[1]])


def _siblings(first: Slot, children: Pool, chance: Random) -> list[Slot]:
    more: list[Slot] = []
    age = first[1]
    for _ in range(chance.choices(*_SIBLINGS)[0] - 1):
        age -= chance.choices(*_GAPS)[0]
        sibling = children.either(age, 1, chance) if age >= 0 else None
        if sibling is None:
            break
        age = sibling[1]
        more.append(sibling)
    return more


def _family(children: list[Slot], adults: Pool, found: list[Home], chance: Random) -> None:
    eldest, youngest = children[0][1], children[-1][1]
    mothers_age = min(eldest + _near(chance, 29.3, 4.8, 18, 43), youngest + 46)
    life = chance.choices(*_LIFE)[0]
    lowest = eldest + 17
    mother = adults.take("f", mothers_age, 60, lowest)
    fathers_age = max(mothers_age + _near(chance, 2.3, 4.0, -9, 16), lowest)
    if mother is None:
        father = adults.take("m", fathers_age, 60, lowest) or adults.take("m", 40, 80, 18)
        if father is None:
            raise ValueError("too few adults for the children; ask for more people, at least 200")
        found.append(Home([father], children))
        return
    second = None
    if life == "two-women":
        second = adults.take("f", mothers_age + _near(chance, 0, 4, -9, 9), 5, lowest)
    elif life != "alone":
        second = adults.take("m", fathers_age, 6, lowest)
    if second is None:
        found.append(Home([mother], children))
    elif life == "apart":
        _apart(mother, second, children, found, chance)
    else:
        married = chance.random() < 0.62
        home = Home([mother, second], children, couple=True, married=married)
        _grandparent(home, adults, chance)
        found.append(home)


def _apart(
    mother: Slot, father: Slot, children: list[Slot], found: list[Home], chance: Random
) -> None:
    """Guardians who live apart: the children are registered with one of them."""
    here, there = (mother, father) if chance.random() < 0.72 else (father, mother)
    found.append(Home([there]))
    found.append(Home([here], children, elsewhere=len(found) - 1))


def _grandparent(home: Home, adults: Pool, chance: Random) -> None:
    if chance.random() < 0.1 and (elder := adults.take("f", home.adults[0][1] + 27, 6, 55)):
        home.adults.append(elder)


def _couples(adults: Pool, found: list[Home], chance: Random) -> None:
    for cell in [c for c in adults.left() if c[0] == "f"]:
        if not adults.counts[cell] or chance.random() >= _share(_COUPLES, cell[1]):
            continue
        adults.counts[cell] -= 1
        same = chance.random() < 0.01
        gap = _near(chance, 0, 3, -8, 8) if same else _near(chance, 2.3, 3.5, -8, 14)
        other = adults.take("f" if same else "m", cell[1] + gap, 8, 18)
        married = chance.random() < _share(_MARRIED, cell[1])
        if other is None:
            found.append(Home([cell]))
        else:
            found.append(Home([cell, other], couple=True, married=married))


def _sharers(adults: Pool, found: list[Home], chance: Random) -> None:
    """Friends, siblings and others under one roof without being a couple."""
    for cell in [c for c in adults.left() if c[1] >= 18]:
        if not adults.counts[cell] or chance.random() >= (0.18 if cell[1] < 32 else 0.04):
            continue
        adults.counts[cell] -= 1
        others = [adults.either(cell[1], 4, chance) for _ in range(chance.choice((1, 1, 2)))]
        found.append(Home([cell, *(one for one in others if one and one[1] >= 18)]))


def _share(steps: tuple[tuple[int, float], ...], age: int) -> float:
    return next(share for below, share in steps if age < below)


def _near(chance: Random, middle: float, spread: float, low: int, high: int) -> int:
    return min(max(round(chance.gauss(middle, spread)), low), high)
