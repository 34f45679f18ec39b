"""Facts across the family, told once more in plain Python from the rows of a population.

Neither quick nor clever: for each person everything is looked through, as one would by hand.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from allting.register.tests.populations import HERE, STATED, STATED_AT_HOME, Population

READ: dict[str, Callable[[str], Any]] = {
    "boolean": lambda text: text == "true",
    "number": Decimal,
    "text": str,
    "date": date.fromisoformat,
}


def facts_of(made: Population, person: int, on: date) -> dict[str, Any]:
    """What is known of one person, by plain reckoning; their own row aside."""
    found: dict[str, Any] = {
        "has_guardian_here": any(
            made.people[g]["municipality_code"] == HERE and here(made, g, on)
            for c, g, since, until in made.guardianships
            if c == person and since <= on < until
        ),
        "guarded_children": len(
            {
                c
                for c, g, since, until in made.guardianships
                if g == person and since <= on < until and alive(made, c, on)
            }
        ),
    }
    deaths = [made.people[p]["died"] for p in relatives(made, person) if not alive(made, p, on)]
    found["relative_died"] = max(deaths, default=None)
    for name, kind in STATED.items():
        found[name] = latest(made.stated, person, name, kind, on)
    home = home_of(made, person, on)
    if home is not None:
        found |= {f"household.{k}": v for k, v in of_home(made, person, home, on).items()}
        found["lives_alone"] = found["household.size"] == 1
    return {name: value for name, value in found.items() if value is not None}


def of_home(made: Population, person: int, home: int, on: date) -> dict[str, Any]:
    """What is known of a household, seen from one who lives in it."""
    members = [p for p in range(len(made.people))
               if home_of(made, p, on) == home and here(made, p, on)]  # fmt: skip
    born = {p: made.people[p]["birth_date"] for p in members}
    grown = [p for p in members if of_age(born[p], on)]
    cared = [p for p in members if latest(made.stated, p, "in_childcare", "boolean", on)]
    order = 1 + sum(born[p] > born[person] for p in cared if p != person)
    told = {n: latest(made.stated_at_home, home, n, kind, on) for n, kind in STATED_AT_HOME.items()}
    return told | {
        "size": len(members),
        "adults": len(grown),
        "children": len(members) - len(grown),
        "youngest_birth_date": max(born.values(), default=None),
        "children_in_childcare": len(cared),
        "child_order": None if person in grown else order,
        "income_changed": income_changed(made, home, on),
    }


def here(made: Population, person: int, on: date) -> bool:
    """Whether someone lives, and has not left."""
    left = made.people[person]["left"]
    return alive(made, person, on) and (left is None or left > on)


def alive(made: Population, person: int, on: date) -> bool:
    """Whether someone lives."""
    died = made.people[person]["died"]
    return died is None or died > on


def of_age(born: date, on: date) -> bool:
    """Eighteen; born on the last of February in a leap year, on the first of March."""
    return (on.year - born.year, on.month, on.day) >= (18, born.month, born.day)


def home_of(made: Population, person: int, on: date) -> int | None:
    """The household someone lives in."""
    for who, home, since, until in made.memberships:
        if who == person and since <= on and (until is None or on < until):
            return home
    return None


def relatives(made: Population, person: int) -> set[int]:
    """Parents, children, and whoever one was married to when they died."""
    found = set()
    for one, other, *_ in made.guardianships:
        found |= {other} if one == person else {one} if other == person else set()
    for one, other, kind, since, until in made.relations:
        for own, near in ((one, other), (other, one)):
            died = made.people[near]["died"]
            married = died is not None and since <= died and (until is None or died <= until)
            if own == person and (kind == "parent" or married):
                found.add(near)
    return found


def latest(
    stated: list[tuple[int, str, str, date]], about: int, name: str, kind: str, on: date
) -> Any:
    """The last thing said under a name."""
    said = [(at, n, v) for n, (a, m, v, at) in enumerate(stated) if (a, m) == (about, name)]
    happened = sorted(one for one in said if one[0] <= on)
    return READ[kind](happened[-1][2]) if happened else None


def income_changed(made: Population, home: int, on: date) -> date | None:
    """When the income last became another."""
    said = sorted(
        (at, n, Decimal(value))
        for n, (about, name, value, at) in enumerate(made.stated_at_home)
        if about == home and name == "income_month" and at <= on
    )
    days = [at for (_, _, before), (at, _, now) in pairwise(said) if before != now]
    return days[-1] if days else None
