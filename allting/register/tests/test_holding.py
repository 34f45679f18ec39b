"""What is held about someone, for themselves; and where somebody lived, for those who may know."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from allting.identity.api import Actor
from allting.register.access import NAMED_HANDLER, Errand
from allting.register.api import held_about, lived_at
from allting.register.models import AccessLog, DeclaredFact, Person
from allting.register.testing import actor
from allting.register.tests.extracts import SOURCE, one, put, who

pytestmark = pytest.mark.django_db
NEW = {"street": "Nygatan 2", "postcode": "999 02", "city": "Solvik", "since": "2026-10-15"}
ERRAND = Errand("education", "BUN-2026-000001")
OCT_1, NOV_1 = date(2026, 10, 1), date(2026, 11, 1)


@pytest.fixture
def anna() -> Person:
    bo = one("Bo", "1980-01-01", household={"key": "both"}, sex="m")
    line = one("Anna", "1990-05-01", household={"key": "both"}, parents=[])
    line["spouse"] = {"identity_number": bo["identity_number"], "since": "2015-06-06"}
    old = one("Åke", "1950-01-01", protection="registration")
    line["parents"] = [old["identity_number"]]
    put(line, bo, old)
    put(line | {"address": NEW}, day="2026-11-02")
    return who(line)


def caseworker(*roles: str) -> Actor:
    return actor(None, *((role, "education") for role in roles))


def test_each_fact_has_its_source_day_and_purpose(anna: Person) -> None:
    DeclaredFact.objects.create(
        person=anna, name="in_childcare", type="boolean", value="true", at=NOV_1,
        source="BUN-2026-000001", purpose="preschool-place",
    )  # fmt: skip
    held = held_about(actor(anna))
    assert (held.source, held.as_of) == (SOURCE, date(2026, 11, 2))
    assert held.own["address"] == "Nygatan 2, 999 02 Solvik"
    assert [(it.address, it.until) for it in held.homes] == [
        ("Nygatan 2, 999 02 Solvik", None), ("Storgatan 1, 999 01 Solvik", date(2026, 10, 15)),
    ]  # fmt: skip
    assert {(it.kind, it.name) for it in held.related} == {
        ("lives-with", "Bo Berg"), ("spouse", "Bo Berg"), ("parent", None),
    }  # fmt: skip
    fact = held.stated[0]
    assert (fact.value, fact.source, fact.purpose) == (True, "BUN-2026-000001", "preschool-place")
    assert AccessLog.objects.get().purpose == "what is held"


def test_nobody_without_a_place_in_the_register_is_told_anything(anna: Person) -> None:
    with pytest.raises(PermissionDenied):
        held_about(actor(None))


def test_where_someone_lived_on_a_day(anna: Person) -> None:
    me = actor(anna)
    assert lived_at(me, anna.id, on=OCT_1, purpose="own case") == "Storgatan 1, 999 01 Solvik"
    assert lived_at(me, anna.id, on=NOV_1, purpose="own case") == "Nygatan 2, 999 02 Solvik"
    assert lived_at(me, anna.id, on=date(2000, 1, 1), purpose="own case") is None
    worker = caseworker("administrator")
    assert lived_at(worker, anna.id, on=OCT_1, purpose="case", errand=ERRAND)
    for stranger in (worker, actor(Person.objects.get(given_name="Bo")), actor(None)):
        with pytest.raises(PermissionDenied):
            lived_at(stranger, anna.id, on=OCT_1, purpose="case")


def test_the_whereabouts_of_the_protected_are_for_named_handlers(anna: Person) -> None:
    hidden = Person.objects.get(given_name="Åke")
    with pytest.raises(PermissionDenied):
        lived_at(caseworker("administrator"), hidden.id, on=NOV_1, purpose="case", errand=ERRAND)
    named = caseworker(NAMED_HANDLER)
    assert lived_at(named, hidden.id, on=NOV_1, purpose="case", errand=ERRAND) is None
