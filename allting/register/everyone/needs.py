"""What must be read for the facts that are asked for, and nothing else."""

from collections.abc import Collection
from dataclasses import dataclass, fields

from allting.register.around import HOUSEHOLD

CHILD = "child."
TEXTS = frozenset({"municipality_code", "civil_status", "postcode", "address"})
IN_THE_ROW = TEXTS | {"birth_date", "protected", "moved_in", "died", "school_year"}
NEVER_HELD = frozenset({"email", "phone"})  # of applicants only

_AT_HOME = frozenset({"size", "adults", "children", "youngest_birth_date"})
_CARED = frozenset({"child_order", "children_in_childcare"})
_OF_INCOME = frozenset({"income_month", "income_changed"})


@dataclass(frozen=True, slots=True)
class Needs:
    """Columns of people, tables, and the names of what was stated."""

    texts: frozenset[str] = frozenset()
    moved_in: bool = False
    homes: bool = False
    guardians: bool = False
    relatives: bool = False
    stated: frozenset[str] = frozenset()
    stated_at_home: frozenset[str] = frozenset()

    @classmethod
    def of(cls, names: Collection[str]) -> "Needs":
        """
        >>> needs = Needs.of(["birth_date", "lives_alone", "household.income_changed", "rent"])
        >>> needs.homes, needs.guardians, sorted(needs.stated), sorted(needs.stated_at_home)
        (True, False, ['rent'], ['income_month'])
        """
        bare = {n.removeprefix(CHILD) for n in names}
        home = {n.removeprefix(HOUSEHOLD) for n in names if n.startswith(HOUSEHOLD)}
        own = {name for name in bare if "." not in name}
        here = {"municipality_code"} if "has_guardian_here" in own else set()
        cared = {"in_childcare"} if home & _CARED else set()
        income = {"income_month"} if home & _OF_INCOME else set()
        family = {"lives_alone", "has_guardian_here", "guarded_children", "relative_died"}
        return cls(
            texts=frozenset((own & TEXTS) | here),
            moved_in="moved_in" in own,
            homes=bool(home) or "lives_alone" in own,
            guardians=bool(own & {"has_guardian_here", "guarded_children"}),
            relatives="relative_died" in own,
            stated=frozenset((own - IN_THE_ROW - NEVER_HELD - family) | cared),
            stated_at_home=frozenset((home - _AT_HOME - _CARED - _OF_INCOME) | income),
        )

    def __or__(self, other: "Needs") -> "Needs":
        return Needs(*(getattr(self, f.name) | getattr(other, f.name) for f in fields(self)))

    def __le__(self, other: "Needs") -> bool:
        """Whether the other has all that this one needs."""
        return self | other == other
