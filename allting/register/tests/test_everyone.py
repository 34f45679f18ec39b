"""Everyone in columns says what is said of one person at a time, and what a third says."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from unittest import mock
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from allting.conditions import finding
from allting.conditions.api import FactType, Vocabulary, bind, columns, compute, decide, holds
from allting.conditions.plan import Plan
from allting.identity.api import Actor
from allting.kernel.api import write
from allting.register.api import everyone, facts, note_changes
from allting.register.changes import note_everyone
from allting.register.everyone import kept
from allting.register.looks import forget_looks
from allting.register.models import Person
from allting.register.tests.oracle import facts_of
from allting.register.tests.populations import HERE, Population, changed, days, populations

OWN = {
    "birth_date": "date", "municipality_code": "text", "postcode": "text", "protected": "boolean",
    "has_guardian_here": "boolean", "address": "text", "civil_status": "text", "moved_in": "date",
    "died": "date", "school_year": "number", "lives_alone": "boolean", "in_childcare": "boolean",
    "guarded_children": "number", "relative_died": "date", "seat": "text", "wedding_day": "date",
    "score": "number", "open_case_preschool_place": "boolean", "place_preschool": "boolean",
}  # fmt: skip
AT_HOME = {
    "income_month": "number", "adults": "number", "children": "number", "child_order": "number",
    "size": "number", "youngest_birth_date": "date", "children_in_childcare": "number",
    "income_changed": "date", "rent": "number", "fibre": "boolean",
}  # fmt: skip
IN_THE_ROW = {"birth_date", "municipality_code", "postcode", "protected", "address",
              "civil_status", "moved_in", "died", "school_year"}  # fmt: skip
KINDS = {
    **OWN,
    **{f"child.{name}": kind for name, kind in OWN.items()},
    **{f"household.{name}": kind for name, kind in AT_HOME.items()},
}
WORDS = Vocabulary.of(**{name.replace(".", "__"): kind for name, kind in KINDS.items()})
EVERY_FACT = {name: bind(name, WORDS, expects=FactType(kind)) for name, kind in KINDS.items()}
CONDITIONS = {
    text: bind(text, WORDS)
    for text in (
        "age_months(birth_date) between 9 and 11 and not coalesce(in_childcare, false)",
        "school_year = 9 or household.children_in_childcare >= 2",
        "lives_alone and age(birth_date) >= 80 and civil_status <> 'widowed'",
        "relative_died between add_days(as_of, -90) and as_of and not protected",
        "household.income_changed > add_months(as_of, -6) and guarded_children > 0",
        "household.children * 2 > household.size or household.youngest_birth_date is null",
        "wedding_day > as_of and score * 3 <= household.income_month / 1000",
        "household.children_in_childcare >= 1 and has_guardian_here and household.size < 4",
        "household.income_changed is not null and household.adults >= 1 and not lives_alone",
        "municipality_code = '2599' and household.child_order = 1 and guarded_children = 0",
        "in_childcare and household.youngest_birth_date > birth_date and moved_in > birth_date",
        "relative_died is not null and household.fibre and household.rent is not null",
        "household.children_in_childcare >= 1 and birth_date < as_of",
        "household.income_changed <= as_of and birth_date < as_of",
        "household.rent > 0 and not protected",
        "(place_preschool and birth_date < as_of) and not open_case_preschool_place",
        "coalesce(open_case_preschool_place, false) = false and place_preschool is null",
        "municipality_code <> '2599' or (seat = 'solrosen' and household.size between 1 and 2)",
    )
}
patient = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def of_one(person: UUID, names: set[str], as_of: date) -> dict[str, Any]:
    """What the person themselves may know where nobody applies: nothing is withheld from them."""
    me = Actor(person, person, "Någon", None, "", ())
    return dict(
        facts(
            me, applicant=None, subject=person, names=names, as_of=as_of, purpose="test", here=HERE
        )
    )


def present(as_of: date) -> Iterator[Person]:
    """Who lives and is registered on the day."""
    for person in Person.objects.filter(birth_date__lte=as_of).order_by("id"):
        if all(day is None or day > as_of for day in (person.died, person.left)):
            yield person


class Agreement(TestCase):
    """Hypothesis draws populations; each is put into the database and taken out again."""

    def setUp(self) -> None:
        forget_looks()
        kept.forget()

    @patient
    @given(populations(), days)
    def test_every_fact_of_everyone_is_that_of_each_one(self, made: Population, on: date) -> None:
        kept.forget()
        made.save()
        people = everyone(KINDS, as_of=on, here=HERE)
        found = {
            id_: answers.to_list() for id_, answers in columns(EVERY_FACT, people, as_of=on).items()
        }
        rows = {people.ids_of_rows[n]: n for n in people.present.nonzero()[0]}
        there = [person.id for person in present(on)]
        assert sorted(rows) == sorted(there)
        for person in there:
            known = of_one(person, set(KINDS), on)
            alone = {name: compute(EVERY_FACT[name], known, as_of=on).value for name in known}
            together = {name: values[rows[person]] for name, values in found.items()}
            assert {name: v for name, v in together.items() if v is not None} == alone
            by_hand = facts_of(made, made.ids.index(person), on)
            assert {name: alone.get(name) for name in by_hand} == by_hand
            assert {n for n in alone if n not in IN_THE_ROW and "child." not in n} == set(by_hand)

    @patient
    @given(populations(), days, st.data())
    def test_conditions_are_answered_alike_for_everyone_some_and_one(
        self, made: Population, on: date, data: st.DataObject
    ) -> None:
        kept.forget()
        ids = made.save()
        some = data.draw(st.lists(st.sampled_from(ids), unique=True))
        names = {name for bound in CONDITIONS.values() for name in bound.names}
        everybody = everyone(names, as_of=on, here=HERE)
        few = everyone(names, as_of=on, here=HERE, only=some)
        there = {person.id for person in present(on)}
        assert set(everybody.ids()) == there and len(everybody.ids()) == len(there)
        assert set(few.ids()) == there & set(some)
        yes, yes_of_few = (holds(CONDITIONS, crowd, as_of=on) for crowd in (everybody, few))
        with mock.patch.object(finding, "FEW", 0):  # always first whom, and then the rest of those
            sought = Plan(CONDITIONS, everybody, on, {}, people=10**7).yes()
        for text, bound in CONDITIONS.items():
            alone = {p for p in there if decide(bound, of_one(p, names, on), as_of=on).holds}
            assert set(everybody.ids(yes[text])) == alone, text
            assert set(everybody.ids(sought[text])) == alone, text
            assert set(few.ids(yes_of_few[text])) == alone & set(some), text


class Following(TestCase):
    """The city in memory follows the list of changes, and nothing else."""

    def setUp(self) -> None:
        self.too_many, kept._TOO_MANY = kept._TOO_MANY, 10**6

    def tearDown(self) -> None:
        kept._TOO_MANY = self.too_many

    @patient
    @given(populations(), populations(), populations(), days)
    def test_what_has_changed_is_read_and_the_rest_remembered(
        self, first: Population, second: Population, third: Population, on: date
    ) -> None:
        kept.forget()
        first.save()
        with write():
            note_everyone("first")
        said(on)
        for before, after in ((first, second), (second, third)):
            before.clear()
            after.save()
            with write():
                note_changes(changed(before, after), "changed")
            with mock.patch.object(kept, "_anew", side_effect=AssertionError("read anew")):
                followed = said(on)
            kept.forget()
            assert followed == said(on)
            with write():
                note_everyone("so that what is kept can be followed")
            said(on)

    def test_nothing_is_read_again_without_a_change(self) -> None:
        kept.forget()
        with write():
            note_everyone("nobody yet")
        people = everyone(["birth_date"], as_of=date(2026, 1, 1), here=HERE)
        assert list(people.ids()) == []


def said(on: date) -> dict[UUID, dict[str, Any]]:
    """Every fact of everyone, by person."""
    people = everyone(KINDS, as_of=on, here=HERE)
    found = {name: it.to_list() for name, it in columns(EVERY_FACT, people, as_of=on).items()}
    rows = [(n, id_) for n, id_ in enumerate(people.ids_of_rows) if people.present[n]]
    return {id_: {name: values[n] for name, values in found.items()} for n, id_ in rows}


@pytest.mark.django_db
def test_protected_people_are_marked_and_counted_by_nobody_else() -> None:
    from allting.register.testing import family

    kept.forget()
    people = family(protection="mark")
    crowd = everyone(["birth_date"], as_of=date(2026, 11, 1), here=HERE)
    assert crowd.ids(crowd.protected) == [people.baby.id]
    assert people.baby.id not in crowd.ids(~crowd.protected)
