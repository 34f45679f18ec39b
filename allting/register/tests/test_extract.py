"""What an extract does to the register: one person, one relation, one ending at a time."""

from datetime import date

import pytest

from allting.kernel.api import subscribe
from allting.register.changes import changed_since, latest_mark
from allting.register.events import ProtectionAppeared
from allting.register.extract.loading import Refused
from allting.register.models import (
    Awaited,
    Extract,
    Guardianship,
    Mandate,
    Membership,
    Person,
    PreviousNumber,
    Relation,
    Residence,
)
from allting.register.tests.extracts import file_of, number, one, put, put_file, who

pytestmark = pytest.mark.django_db
NOV_1, NOV_2, NOV_3 = (date(2026, 11, n) for n in (1, 2, 3))


def test_a_person_is_kept_whole_and_their_contact_is_theirs() -> None:
    anna = one("Anna", "1990-05-01", language="en")
    assert put(anna).counts.new == 1
    person = who(anna)
    assert (person.street, person.lat, person.language) == ("Storgatan 1", 58.1, "en")
    Person.objects.update(email="anna@epost.example", language="sv")
    put(anna | {"surname": "Ek"}, day="2026-11-02")
    person.refresh_from_db()
    assert (person.surname, person.email, person.language) == ("Ek", "anna@epost.example", "sv")


def test_the_same_file_twice_changes_nothing() -> None:
    whole = file_of([one("Anna", "1990-05-01"), one("Bo", "1980-01-01")])
    put_file(whole)
    mark = latest_mark()
    again = put_file(whole).counts
    assert (again.unchanged, again.new, again.changed) == (2, 0, 0)
    assert latest_mark() == mark


def test_what_is_older_never_takes_the_place_of_what_is_newer() -> None:
    anna = one("Anna", "1990-05-01")
    bo = one("Bo", "1980-01-01")
    put(anna, bo, kind="full")
    put(anna | {"surname": "Ek"}, day="2026-11-03")
    late = put(anna | {"surname": "Al"}, bo | {"surname": "Asp"}, day="2026-11-02").counts
    assert (late.older, late.changed) == (1, 1)
    assert (who(anna).surname, who(bo).surname) == ("Ek", "Asp")
    put(anna, bo, kind="full", day="2026-11-04")
    with pytest.raises(Refused, match="2026-11-04"):
        put(anna, day="2026-11-03")
    with pytest.raises(Refused, match="older"):
        put(anna, bo, kind="full", day="2026-11-03")


def test_a_file_of_the_same_day_does_not_undo_a_later_one() -> None:
    first, then = file_of([one("Anna", "1990-05-01")]), one("Bo", "1980-01-01")
    put_file(first)
    put(then)
    with pytest.raises(Refused, match="loaded already"):
        put_file(first)


def test_an_extract_of_tomorrow_is_refused() -> None:
    with pytest.raises(Refused, match="2062"):
        put(one("Anna", "1990-05-01"), day="2062-11-01", yes=False)
    assert not Extract.objects.exists()


def test_moves_are_kept() -> None:
    anna = one("Anna", "1990-05-01")
    put(anna)
    moved = {"street": "Nygatan 2", "postcode": "99902", "city": "Solvik", "since": "2026-11-02"}
    mark = latest_mark()
    put(anna | {"address": moved}, day="2026-11-03")
    assert list(Residence.objects.order_by("since").values_list("street", "since", "until")) == [
        ("Storgatan 1", date(2020, 5, 1), NOV_2), ("Nygatan 2", NOV_2, None),
    ]  # fmt: skip
    assert who(anna).postcode == "999 02"
    assert changed_since(mark)[0] == (who(anna).id,)


def test_a_household_that_changes_is_a_change_for_all_in_it() -> None:
    home = {"household": {"key": "h1"}}
    anna, bo, cia = (one(n, f"199{i}-05-01", **home) for i, n in enumerate(("Anna", "Bo", "Cia")))
    put(anna, bo, cia)
    mark = latest_mark()
    put(cia | {"household": {"key": "h2", "since": "2026-11-02"}}, day="2026-11-02")
    assert set(changed_since(mark)[0]) == {who(it).id for it in (anna, bo, cia)}
    assert Membership.objects.filter(person=who(cia), until=NOV_2).exists()
    assert Membership.objects.filter(until=None).count() == 3


def test_relations_to_people_later_in_the_file_and_to_those_who_come_another_day() -> None:
    mother, father = one("Maja", "1992-04-03"), one("Omar", "1990-01-09")
    child = one("Nils", "2020-05-20")
    numbers = [{"identity_number": it["identity_number"]} for it in (mother, father)]
    child |= {"guardians": numbers, "parents": [it["identity_number"] for it in numbers]}
    put(child, mother)
    assert Guardianship.objects.get().guardian == who(mother)
    assert Awaited.objects.count() == 2
    put(father, day="2026-11-02")
    assert not Awaited.objects.exists()
    held = Guardianship.objects.get(guardian=who(father))
    assert (held.since, held.until) == (date(2020, 5, 20), date(2038, 5, 20))
    assert Relation.objects.filter(kind="parent", person=who(child)).count() == 2
    put(child | {"guardians": numbers[:1]}, day="2026-11-03")
    assert Guardianship.objects.get(guardian=who(father)).until == NOV_3


def test_a_couple_is_one_row_whoever_is_told_first() -> None:
    anna, bo = one("Anna", "1990-05-01"), one("Bo", "1980-01-01")
    anna["spouse"] = {"identity_number": bo["identity_number"], "since": "2015-06-06"}
    bo["spouse"] = {"identity_number": anna["identity_number"], "since": "2015-06-06"}
    put(anna)
    assert not Relation.objects.exists()
    put(bo)
    assert Relation.objects.get().until is None
    put(anna | {"spouse": None, "civil_status": "divorced", "civil_status_since": "2026-11-02"},
        day="2026-11-03")  # fmt: skip
    put(bo | {"spouse": None, "civil_status": "divorced"}, day="2026-11-03")
    assert Relation.objects.get().until == NOV_2


def test_who_gets_another_number_stays_the_same_person() -> None:
    old = one("Anna", "1990-05-01")
    friend = one("Bo", "1980-01-01")
    friend["mandates"] = [
        {"holder": old["identity_number"], "scope": "care", "since": "2024-01-01"}
    ]
    put(old, friend)
    before = who(old)
    new = old | {
        "identity_number": number("1990-05-01"), "previous_numbers": [old["identity_number"]]
    }  # fmt: skip
    put(new, day="2026-11-02")
    assert who(new).id == before.id
    assert PreviousNumber.objects.get().number == old["identity_number"]
    assert Mandate.objects.get().holder_id == before.id
    again = put(old, day="2026-11-03")
    assert "replaced" in again[0].what
    assert Person.objects.count() == 2


def test_one_waited_for_by_a_number_of_before_is_found() -> None:
    old, new = number("1990-05-01"), number("1990-05-01")
    child = one("Nils", "2020-05-20", guardians=[{"identity_number": old}])
    put(child)
    mother = one("Maja", "1990-05-01", identity_number=new, previous_numbers=[old])
    put(mother, day="2026-11-02")
    assert Guardianship.objects.get().guardian == who(mother)


def test_two_people_are_not_made_one() -> None:
    anna, bo = one("Anna", "1990-05-01"), one("Bo", "1990-05-01")
    put(anna, bo)
    told = put(anna | {"previous_numbers": [bo["identity_number"]]}, day="2026-11-02")
    assert "several people" in told[0].what
    taken = one("Cia", "1990-05-01", previous_numbers=[anna["identity_number"]])
    told = put(anna, taken, day="2026-11-03")
    assert told.lines == {3} and "earlier line" in told[0].what
    told = put(taken, anna, day="2026-11-04")
    assert told.lines == {3} and Person.objects.count() == 2


def test_protection_wipes_the_home_everywhere_at_once() -> None:
    heard: list[ProtectionAppeared] = []
    subscribe(ProtectionAppeared)(heard.append)
    anna = one("Anna", "1990-05-01")
    put(anna)
    put(anna | {"address": {"street": "Nygatan 2", "postcode": "99902", "city": "Solvik"}},
        day="2026-11-02")  # fmt: skip
    mark = latest_mark()
    told = put(anna | {"protection": "registration"}, day="2026-11-03")  # address and all
    person = who(anna)
    assert (person.street, person.postcode, person.city, person.lat) == ("", "", "", None)
    assert not Residence.objects.exists()
    assert not told and changed_since(mark)[0] == (person.id,)
    assert [event.people for event in heard] == [(person.id,)]


def test_protection_is_not_put_off_because_the_line_is_bad() -> None:
    anna = one("Anna", "1990-05-01")
    put(anna)
    told = put(anna | {"protection": "registration", "sex": "x"}, day="2026-11-02")
    assert told.lines == {2}
    assert (who(anna).protection, who(anna).street) == ("registration", "")
    assert not Residence.objects.exists()
    put(anna, day="2026-11-03")  # the very line of the first day: the protection is over
    assert (who(anna).protection, who(anna).street) == ("none", "Storgatan 1")


def test_a_death_ends_what_it_ends() -> None:
    anna, bo = one("Anna", "1970-05-01"), one("Bo", "1968-01-01")
    child, elder = one("Nils", "2012-05-20"), one("Gun", "1940-01-01")
    anna["spouse"] = {"identity_number": bo["identity_number"], "since": "2000-06-06"}
    bo["spouse"] = {"identity_number": anna["identity_number"], "since": "2000-06-06"}
    child["guardians"] = [{"identity_number": it["identity_number"]} for it in (anna, bo)]
    elder["mandates"] = [{"holder": bo["identity_number"], "scope": "care", "since": "2024-01-01"}]
    put(anna, bo, child, elder)
    mark = latest_mark()
    put(bo | {"died": "2026-11-02"}, day="2026-11-03")
    assert Guardianship.objects.get(guardian=who(bo)).until == NOV_2
    assert Guardianship.objects.get(guardian=who(anna)).until > NOV_2
    assert Mandate.objects.get().until == NOV_2
    assert Relation.objects.get().until == NOV_2
    assert Membership.objects.get(person=who(bo)).until == NOV_2
    assert Residence.objects.get(person=who(bo)).until == NOV_2
    assert set(changed_since(mark)[0]) == {who(it).id for it in (anna, bo, child, elder)}
    put(child | {"surname": "Ek"}, day="2026-11-03")  # still names him: he is dead all the same
    assert Guardianship.objects.get(guardian=who(bo)).until == NOV_2

    put(bo, day="2026-11-04")  # it was a mistake
    assert Guardianship.objects.get(guardian=who(bo)).until == date(2030, 5, 20)
    assert Mandate.objects.get().until is None
    assert Relation.objects.get().until is None
    assert Membership.objects.get(person=who(bo)).until is None


def test_a_full_extract_marks_those_who_are_not_in_it() -> None:
    people = [one(f"P{n}", "1990-05-01") for n in range(30)]
    elsewhere = one("Else", "1990-05-01")
    put(elsewhere, source="Another")
    put(*people, kind="full")
    assert put(*people[1:], kind="full", day="2026-11-02", yes=False).counts.left == 1
    gone = who(people[0])
    assert gone.left == NOV_2
    assert Membership.objects.get(person=gone).until == NOV_2
    assert who(elsewhere).left is None
    with pytest.raises(Refused, match="20 of 29 people"):
        put(*people[21:], kind="full", day="2026-11-03", yes=False)
    assert Person.objects.exclude(left=None).count() == 1
    assert put(*people[21:], kind="full", day="2026-11-03").counts.left == 20
    put(*people, kind="full", day="2026-11-04")  # they are back, with the lines of the first day
    assert not Person.objects.exclude(left=None).exists()
    assert Membership.objects.filter(until=None, person=gone).exists()


def test_nobody_leaves_by_a_line_that_cannot_be_read() -> None:
    people = [one(f"P{n}", "1990-05-01") for n in range(3)]
    put(*people, kind="full")
    put(people[0], people[1] | {"sex": "x"}, people[2], kind="full", day="2026-11-02", yes=False)
    with pytest.raises(Refused, match="do not tell whom"):
        put(*people[:2], "{broken", kind="full", day="2026-11-03", yes=False)
    assert not Person.objects.exclude(left=None).exists()
