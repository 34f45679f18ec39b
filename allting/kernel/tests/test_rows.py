"""Rows written plainly are the rows that Django would have written, on both databases."""

import json
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.db import models

from allting.kernel.api import (
    among,
    as_date,
    as_json,
    as_moment,
    as_uuid,
    bundle,
    insert,
    new_id,
    one,
    rows,
    run,
)
from allting.kernel.models import AuditEntry, Schedule

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 11, 23, 8, 30, 0, 123456, tzinfo=UTC)


def _table(name: str) -> type[models.Model]:
    return apps.get_model(name)


def test_a_row_is_what_django_would_have_written() -> None:
    values = {
        "at": MOMENT,
        "actor": "Åsa",
        "verb": "publish",
        "what": "edition 1",
        "details": {"why": "för att", "list": [1, None, True]},
    }
    django = AuditEntry.objects.create(**values)
    plain = insert("kernel_auditentry", values)
    assert plain == django.pk + 1
    written, expected = (
        AuditEntry.objects.filter(pk__in=[plain, django.pk]).values().order_by("-id")
    )
    assert {**written, "id": 0} == {**expected, "id": 0}


def test_the_same_twice_is_once() -> None:
    first = {"name": "nightly", "every": "day", "next_at": MOMENT}
    assert insert("kernel_schedule", first, unique="name", key="name") == "nightly"
    again = {**first, "every": "week"}
    assert insert("kernel_schedule", again, unique="name", key="name") is None
    assert Schedule.objects.get(name="nightly").every == "day"


def test_ids_days_and_moments_come_out_as_they_went_in() -> None:
    person, key = _table("register.Person"), new_id()
    values = {
        "id": key,
        "identity_number": "199001011234",
        "given_name": "Åsa",
        "surname": "Öberg",
        "birth_date": date(1990, 1, 1),
        **dict.fromkeys(("sex", "civil_status", "protection", "language"), "x"),
        **dict.fromkeys(("street", "postcode", "city", "municipality_code", "email", "phone"), ""),
    }
    assert as_uuid(insert("register_person", values)) == key
    kept = person.objects.get(pk=key)  # type: ignore[attr-defined]
    assert (kept.birth_date, kept.given_name) == (date(1990, 1, 1), "Åsa")
    found = rows("SELECT id, birth_date FROM register_person WHERE id = %s", [key])
    assert [(as_uuid(id), as_date(day)) for id, day in found] == [(key, date(1990, 1, 1))]
    born = "UPDATE register_person SET birth_date = %s WHERE birth_date = %s"
    assert run(born, [date(1991, 1, 1), date(1990, 1, 1)]) == 1


def test_moments_and_plain_values() -> None:
    insert("kernel_auditentry", {"at": MOMENT, "actor": "", "verb": "", "what": "x", "details": {}})
    found = rows("SELECT at, details FROM kernel_auditentry WHERE at = %s", [MOMENT])
    assert [(as_moment(at), as_json(details)) for at, details in found] == [(MOMENT, {})]


def test_many_rows_come_as_one_text_in_their_order() -> None:
    for what in ("b", 'Å "x" \n', "a"):
        insert(
            "kernel_auditentry",
            {"at": MOMENT, "actor": "", "verb": "v", "what": what, "details": {}},
        )
    query = "SELECT id, what FROM kernel_auditentry WHERE verb = %s ORDER BY what DESC LIMIT 9"
    found = json.loads(bundle("what, id", query, ["v"]))
    assert found == [[what, id] for id, what in rows(query, ["v"])] and len(found) == 3
    assert json.loads(bundle("what, id", query, ["nothing"])) == []


def test_rows_are_found_among_ids() -> None:
    keys = [insert("register_household", {"id": new_id()}) for _ in range(3)]
    wanted = {as_uuid(key).hex for key in keys[:2]}
    condition, ids = among("id", wanted)
    found = rows(f"SELECT id FROM register_household WHERE {condition}", [ids])  # noqa: S608
    assert {as_uuid(id).hex for (id,) in found} == wanted


def test_a_moment_without_a_zone_is_refused_where_it_would_be_lost() -> None:
    from allting.kernel.rows import _naive

    with pytest.raises(ValueError, match="without a time zone"):
        _naive(MOMENT.replace(tzinfo=None))


def test_one_row_is_the_object_that_django_would_have_read() -> None:
    made = AuditEntry.objects.create(
        at=MOMENT, actor="Åsa", verb="publish", what="edition 1", details={"list": [1, None]}
    )
    read = one(AuditEntry, made.pk)
    assert read is not None
    assert not read._state.adding
    expected = AuditEntry.objects.get(pk=made.pk)
    for field in AuditEntry._meta.concrete_fields:
        assert getattr(read, field.attname) == getattr(expected, field.attname)
    assert one(AuditEntry, made.pk + 1) is None
