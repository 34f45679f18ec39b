"""Random populations, small and crowded with what seldom happens: as rows of the tables.

Everything happens within a few years, so that the day for which it is asked often lies between.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from allting.register.models import (
    DeclaredFact,
    Guardianship,
    Household,
    Membership,
    Person,
    Relation,
)

HERE = "2599"
FIRST, LAST = date(2023, 1, 1), date(2027, 12, 31)
days = st.dates(FIRST, LAST)
births = st.one_of(
    st.dates(date(2003, 1, 1), date(2010, 12, 31)),  # around of age
    st.dates(date(2016, 1, 1), date(2027, 6, 30)),
    st.dates(date(1930, 1, 1), date(2000, 12, 31)),
    st.sampled_from([date(2008, 2, 29), date(2024, 2, 29), date(2020, 1, 1), date(2020, 12, 31)]),
)
seldom = st.none() | st.none() | st.none() | days
values = {
    "boolean": st.sampled_from(["true", "false"]),
    "number": st.sampled_from(["0", "41000", "41000.00", "52000.5", "0.000000001", "-3"]),
    "text": st.sampled_from(["", "solrosen", "åkern"]),
    "date": days.map(str),
}
STATED = {
    "in_childcare": "boolean", "seat": "text", "wedding_day": "date", "score": "number",
    "open_case_preschool_place": "boolean", "place_preschool": "boolean",
}  # fmt: skip
STATED_AT_HOME = {"income_month": "number", "rent": "number", "fibre": "boolean"}


@dataclass
class Population:
    """Rows, by number: everyone has an id that follows from theirs."""

    people: list[dict[str, Any]]
    memberships: list[tuple[int, int, date, date | None]]
    guardianships: list[tuple[int, int, date, date]]
    relations: list[tuple[int, int, str, date, date | None]]
    stated: list[tuple[int, str, str, date]]
    stated_at_home: list[tuple[int, str, str, date]]
    homes: int = 4
    ids: list[UUID] = field(default_factory=list)

    def save(self) -> list[UUID]:
        """Put it into the database."""
        self.ids = [UUID(int=1_000_003 * (n + 1), version=4) for n in range(len(self.people))]
        for n, values in enumerate(self.people):
            Person.objects.create(id=self.ids[n], identity_number=f"{n:012}", sex="f", **values)
        homes = [UUID(int=7_000_003 * (n + 1), version=4) for n in range(self.homes)]
        Household.objects.bulk_create(Household(id=id_) for id_ in homes)
        for n, home, since, until in self.memberships:
            Membership.objects.create(
                person_id=self.ids[n], household_id=homes[home], since=since, until=until
            )
        for child, guardian, since, until in self.guardianships:
            Guardianship.objects.create(
                child_id=self.ids[child], guardian_id=self.ids[guardian], since=since, until=until
            )
        for one, other, kind, since, ended in self.relations:
            Relation.objects.create(
                person_id=self.ids[one], other_id=self.ids[other], kind=kind, since=since,
                until=ended,
            )  # fmt: skip
        for n, name, value, at in self.stated:
            say(name, STATED[name], value, at, person_id=self.ids[n])
        for n, name, value, at in self.stated_at_home:
            say(name, STATED_AT_HOME[name], value, at, household_id=homes[n])
        return self.ids

    def clear(self) -> None:
        """Take it out of the database."""
        for model in (DeclaredFact, Relation, Guardianship, Membership, Household, Person):
            model._default_manager.all().delete()


def changed(before: Population, after: Population) -> set[UUID]:
    """Whom the writer must name: whose own rows are others, and who lives where something is."""
    ids = max(before.ids, after.ids, key=len)
    named: set[int] = set()
    for table in ("memberships", "stated"):
        named |= {row[0] for row in _differing(getattr(before, table), getattr(after, table))}
    for table in ("guardianships", "relations"):
        for row in _differing(getattr(before, table), getattr(after, table)):
            named |= set(row[:2])
    people = [dict(enumerate(made.people)) for made in (before, after)]
    named |= {n for n in range(len(ids)) if people[0].get(n) != people[1].get(n)}
    homes = {row[0] for row in _differing(before.stated_at_home, after.stated_at_home)}
    for made in (before, after):
        named |= {n for n, home, *_ in made.memberships if home in homes}
    return {ids[n] for n in named}


def _differing(before: list[Any], after: list[Any]) -> list[Any]:
    """Rows about those of whom the rows, or their order, are not the same."""
    whose = {row[0] for row in [*before, *after]}
    others = {
        n for n in whose if [r for r in before if r[0] == n] != [r for r in after if r[0] == n]
    }
    return [row for row in [*before, *after] if row[0] in others]


def say(name: str, type_: str, value: str, at: date, **about: UUID) -> None:
    """State a fact."""
    DeclaredFact.objects.create(name=name, type=type_, value=value, source="test", at=at, **about)


@st.composite
def populations(draw: st.DrawFn) -> Population:
    """A handful of people in four households."""
    number = draw(st.integers(2, 8))
    person = st.integers(0, number - 1)
    people = [draw(_people) for _ in range(number)]
    pairs = st.tuples(person, person).filter(lambda pair: pair[0] != pair[1])
    guardianships = draw(
        st.lists(
            st.tuples(pairs, days, days).map(lambda g: (*g[0], g[1], g[2])),
            max_size=8,
            unique_by=lambda g: g[:3],
        )
    )
    relations = draw(
        st.lists(
            st.tuples(pairs, st.sampled_from(["spouse", "parent"]), days, seldom).map(
                lambda r: (*r[0], *r[1:])
            ),
            max_size=6,
            unique_by=lambda r: r[:4],
        )
    )
    stated = st.sampled_from([*STATED, "in_childcare", "in_childcare"]).flatmap(
        lambda name: st.tuples(person, st.just(name), values[STATED[name]], days)
    )
    at_home = st.sampled_from([*STATED_AT_HOME, *["income_month"] * 4]).flatmap(
        lambda name: st.tuples(st.integers(0, 3), st.just(name), values[STATED_AT_HOME[name]], days)
    )
    return Population(
        people,
        [stay for n in range(number) for stay in draw(_stays(n))],
        guardianships,
        relations,
        draw(st.lists(stated, max_size=10)),
        draw(st.lists(at_home, max_size=8)),
    )


_people: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "given_name": st.just("A"),
        "surname": st.just("B"),
        "birth_date": births,
        "civil_status": st.sampled_from(["unmarried", "married", "widowed"]),
        "street": st.sampled_from(["", "Storgatan 1"]),
        "postcode": st.sampled_from(["", "999 01"]),
        "city": st.sampled_from(["", "Solvik"]),
        "municipality_code": st.sampled_from(["", HERE, HERE, "0114"]),
        "protection": st.sampled_from(["none", "none", "none", "mark", "registration"]),
        "registered_since": st.none() | days,
        "died": seldom,
        "left": seldom,
    }
)


@st.composite
def _stays(draw: st.DrawFn, person: int) -> list[tuple[int, int, date, date | None]]:
    """Where someone lived: stays that do not overlap, the last of them perhaps still going on."""
    turns = sorted(draw(st.lists(days, min_size=1, max_size=5, unique=True)))
    stays: list[tuple[int, int, date, date | None]] = []
    for since, until in zip(turns, [*turns[1:], None], strict=True):
        ends = until
        if until is not None and draw(st.booleans()) and until - since > timedelta(1):
            ends = until - timedelta(1)  # a gap
        stays.append((person, draw(st.integers(0, 3)), since, ends))
    return stays if draw(st.booleans()) else stays[:-1]
