"""Rows added leanly are the rows that Django would have made."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from allting.kernel.api import add, add_once, new_id, write
from allting.kernel.models import AuditEntry, Job, Schedule

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 11, 23, 8, 30, 0, 123456, tzinfo=UTC)


def _as_read(row: models.Model) -> dict[str, Any]:
    found = type(row).objects.filter(pk=row.pk).values().get()  # type: ignore[attr-defined]
    return {name: value for name, value in found.items() if name != "id"}


def test_a_row_is_what_django_would_have_made() -> None:
    values = {
        "at": MOMENT,
        "actor": "Åsa",
        "verb": "publish",
        "what": "edition 1",
        "details": {"why": "för att", "list": [1, None, True]},
    }
    ordinary, lean = AuditEntry.objects.create(**values), AuditEntry(**values)
    with write():
        add(lean)
    assert lean.pk == ordinary.pk + 1
    assert _as_read(lean) == _as_read(ordinary)


def test_empty_values_and_defaults() -> None:
    job = Job(
        task="a.b", arguments={}, state="ready", due_at=MOMENT, max_attempts=1, enqueued_at=MOMENT
    )
    with write():
        add(job)
    kept = Job.objects.get(pk=job.pk)
    assert (kept.result, kept.errors, kept.schedule, kept.started_at) == (None, [], None, None)


def test_the_same_twice_is_once() -> None:
    with write():
        assert add_once(Schedule(name="nightly", every="day", next_at=MOMENT), "name")
        assert not add_once(Schedule(name="nightly", every="week", next_at=MOMENT), "name")
    assert Schedule.objects.get(name="nightly").every == "day"


def test_ids_and_days() -> None:
    """Every kind of column that a room has, in a table of the house that has them."""
    table = apps.get_model("cases", "Case")
    key = new_id()
    case = table(
        number="A-1", edition=1, service="s", board="b", applicant=key, subject=key, language="sv",
        submission=key, stage="received", received_at=MOMENT, due=date(2027, 3, 2),
    )  # fmt: skip
    with write():
        add(case)
    kept = table.objects.get(submission=key)
    assert (kept.pk, kept.due, kept.received_at, kept.handler, kept.open) == (
        case.pk, date(2027, 3, 2), MOMENT, None, True,
    )  # fmt: skip
