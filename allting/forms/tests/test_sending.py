"""Exactly one submission, whatever happens around it."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from allting.forms import actions
from allting.forms.events import FormSubmitted
from allting.forms.models import Draft, Submission
from allting.forms.tests.walking import START, answer, answered, begun, client_of, hidden, send
from allting.kernel.api import Event, clock_at, new_id, now
from allting.packages.api import Edition
from allting.register.looks import forget_looks
from allting.register.models import AccessLog
from allting.register.testing import Family


def test_pressed_twice_leads_to_the_same_receipt(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    base = answered(client, people.baby.id)
    version = hidden(client.get(base + "check/").content.decode(), "version")
    first = client.post(base + "submit/", {"version": version})
    second = client.post(base + "submit/", {"version": version})
    assert first["Location"] == second["Location"]
    assert Submission.objects.count() == 1
    assert client.get(base)["Location"] == first["Location"]


def test_the_database_itself_holds_one_submission_for_a_draft(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    send(client, answered(client, people.baby.id))
    made = Submission.objects.get()
    made.id = new_id()
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save(force_insert=True)


def test_answers_changed_after_the_check_are_not_sent_unseen(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    base = answered(client, people.baby.id)
    version = hidden(client.get(base + "check/").content.decode(), "version")
    answer(client, base + "start/", **{**START, "start_day": "11"})
    told = client.post(base + "submit/", {"version": version})
    assert told.status_code == 409
    assert "Svaren har ändrats sedan du såg dem" in told.content.decode()
    assert not Submission.objects.exists()
    fresh = hidden(told.content.decode(), "version")
    assert client.post(base + "submit/", {"version": fresh}).status_code == 302
    assert Submission.objects.get().answers["start"] == "2027-01-11"


def test_an_answer_that_no_longer_holds_is_told(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    base = answered(client, people.baby.id)
    with clock_at(datetime(2027, 2, 1, tzinfo=UTC)):
        client = client_of(people.mother)
        page = client.get(base + "check/").content.decode()
        assert "Välj en dag som inte har varit" in page
        assert f"{base}start/?back=check#start" in page
        sent = client.post(base + "submit/", {"version": hidden(page, "version")})
    assert sent.status_code == 422
    assert not Submission.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_failing_subscriber_undoes_the_whole(
    vik: Edition, people: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(people.mother)
    client.raise_request_exception = False
    base = answered(client, people.baby.id)
    version = hidden(client.get(base + "check/").content.decode(), "version")

    def fail(event: Event) -> None:
        raise RuntimeError("the case could not be opened")

    monkeypatch.setattr(actions, "announce", fail)
    forget_looks()
    AccessLog.objects.all().delete()
    assert client.post(base + "submit/", {"version": version}).status_code == 500
    assert not Submission.objects.exists()
    assert AccessLog.objects.exists()  # what was read about the child has been read
    draft = Draft.objects.get()
    assert draft.submitted_at is None
    assert draft.answers["start"] == "2027-01-10"
    monkeypatch.undo()
    assert client.post(base + "submit/", {"version": version}).status_code == 302


def test_the_event_is_announced_within_the_transaction(
    vik: Edition, people: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []

    def look(event: FormSubmitted) -> None:
        seen.append(Submission.objects.filter(id=event.submission).exists())
        assert transaction.get_connection().in_atomic_block
        assert event.submitted_at == now()

    monkeypatch.setattr(actions, "announce", look)
    client = client_of(people.mother)
    send(client, answered(client, people.baby.id))
    assert seen == [True]


def test_an_unfinished_draft_is_not_sent(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    base = begun(client)
    sent = client.post(base + "submit/", {"version": "1"})
    assert sent["Location"] == base + "child/"
    assert not Submission.objects.exists()


def test_a_room_above_may_have_its_own_receipt(
    vik: Edition, people: Family, settings: object
) -> None:
    settings.AFTER_SUBMIT_URL = "forms:received"  # type: ignore[attr-defined]
    client = client_of(people.mother)
    assert send(client, answered(client, people.baby.id)).startswith("/sv/submissions/")


def test_the_language_of_the_page_is_the_language_of_the_submission(
    vik: Edition, people: Family
) -> None:
    client = client_of(people.mother)
    base = answered(client, people.baby.id).replace("/sv/", "/en/")
    assert send(client, base).startswith("/en/")
    assert Submission.objects.get().language == "en"
