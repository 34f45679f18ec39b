"""Few queries, and as many of them whatever there is in the tables."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from allting.forms.actions import Ready, submit
from allting.forms.answered import answers_as_values, answers_for_reading
from allting.forms.models import Attachment, Draft, Submission
from allting.forms.queries import draft_of, drafts_of, submission
from allting.forms.tests.walking import answered, client_of, hidden
from allting.kernel.api import new_id
from allting.packages.api import Edition
from allting.register.testing import Family, actor

# session and draft; where the register is read also its people and the access log, and at the
# check the children besides. In service a look is logged once in ten minutes; in a test that is
# rolled back it is logged each time.
BUDGET = {"start/": 2, "hours/": 2, "places/": 2, "contact/": 4, "child/": 4, "check/": 6}


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize("where", BUDGET)
def test_pages_stay_within_their_budget(
    vik: Edition, people: Family, where: str, settings: Any
) -> None:
    settings.ALLTING_EDITION_LOOK = 1000  # once a second a page also looks for a new edition
    client = client_of(people.mother)
    base = answered(client, people.baby.id)
    client.get(base + where)  # the look is logged once, what is the same for everyone drawn once
    few = queries(client, base + where)
    assert few <= BUDGET[where], few
    _many(people)
    assert queries(client, base + where) == few


def _many(people: Family) -> None:
    draft = Draft.objects.get()
    Draft.objects.bulk_create(
        Draft(**{**_values(draft), "id": new_id(), "submitted_at": draft.changed_at})
        for _ in range(500)
    )


def _values(draft: Draft) -> dict[str, object]:
    return {field.attname: getattr(draft, field.attname) for field in Draft._meta.fields}


def test_sending_makes_few_queries(vik: Edition, people: Family, settings: Any) -> None:
    settings.ALLTING_EDITION_LOOK = 1000
    client = client_of(people.mother)
    base = answered(client, people.baby.id)
    version = hidden(client.get(base + "check/").content.decode(), "version")
    draft = draft_of(actor(people.mother), Draft.objects.get().id)
    assert draft is not None
    ready = Ready(draft, people.baby.id, draft.answers, draft.known, "sv")
    with CaptureQueriesContext(connection) as before:
        assert client.get(base + "check/").status_code == 200
    with CaptureQueriesContext(connection) as found:
        assert client.post(base + "submit/", {"version": version}).status_code == 302
    own = [q["sql"] for q in found if "forms_" in q["sql"]]
    assert len(own) == 3, own  # read the draft, take it, put the submission
    assert ready.draft.version == int(version)
    assert len(before) <= 6


def test_my_drafts_is_one_query(vik: Edition, people: Family) -> None:
    answered(client_of(people.mother), people.baby.id)
    with CaptureQueriesContext(connection) as found:
        [draft] = drafts_of(actor(people.mother))
    assert len(found) == 1
    assert draft.service == "preschool"
    assert drafts_of(actor(people.father)) == []


def test_answers_are_read_in_words(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    answered(client, people.baby.id, email="ny@epost.example")
    [draft] = drafts_of(actor(people.mother))
    made = submission(submit(Ready(draft, people.baby.id, draft.answers, draft.known, "sv")))
    assert made is not None
    rows = answers_for_reading(
        vik,
        "preschool",
        made.answers,
        "sv",
        known=made.known,
        people={str(people.baby.id): "Nils Berg"},
    )
    words = {row.question: row.value for row in rows}
    assert words["child"] == "Nils Berg"
    assert words["start"] == "10 januari 2027"
    assert words["places"] == "1. Maskrosen & Co"
    phone = next(row for row in rows if row.question == "phone")
    email = next(row for row in rows if row.question == "email")
    assert (phone.known, phone.known_value) == (True, None)
    assert (email.known, email.known_value) == (False, "maja@epost.example")
    assert [row.label for row in rows][:2] == ["Välj barn", "Önskad start"]
    # without a name for the child nothing is said of who it is
    nameless = answers_for_reading(vik, "preschool", made.answers, "en")
    assert "child" not in {row.question for row in nameless}
    assert answers_for_reading(vik, "nothing", {}, "sv") == ()


def test_submitted_answers_as_conditions_see_them(vik: Edition, people: Family) -> None:
    values = answers_as_values(vik, "preschool", {"start": "2027-01-10", "hours": "22.5"})
    assert json.dumps({k: str(v) for k, v in values.items()}) == (
        '{"answers.start": "2027-01-10", "answers.hours": "22.5"}'
    )
    assert answers_as_values(vik, "nothing", {}) == {}


def test_nothing_is_attached_to_nothing(vik: Edition, people: Family) -> None:
    answered(client_of(people.mother), people.baby.id)
    assert not Attachment.objects.exists()
    assert not Submission.objects.exists()
