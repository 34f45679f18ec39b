"""The same draft on two devices: the later save destroys nothing unseen."""

import pytest

from allting.forms.actions import Changed, Save, delete, save
from allting.forms.models import Draft
from allting.forms.queries import drafts_of
from allting.forms.tests.walking import (
    START,
    answer,
    answered,
    begun,
    client_of,
    filled,
    hidden,
    send,
)
from allting.packages.api import Edition
from allting.register.testing import Family, actor


def test_a_later_save_asks_first(vik: Edition, people: Family) -> None:
    phone, computer = client_of(people.mother), client_of(people.mother)
    base = answered(phone, people.baby.id)
    old = filled(computer, base + "start/", **{**START, "start_day": "20"})
    answer(phone, base + "start/", **{**START, "start_day": "15"})
    told = computer.post(base + "start/", old)
    assert told.status_code == 409
    page = told.content.decode()
    assert "Den här sidan har ändrats någon annanstans" in page
    assert "15 januari 2027" in page  # what was saved
    assert 'value="20"' in page  # what was typed
    assert Draft.objects.get().answers["start"] == "2027-01-15"
    # having seen it, the person may go on: the page now knows what it replaces
    form = {"seen": hidden(page, "seen"), "shown": "start", **START, "start_day": "20"}
    assert computer.post(base + "start/", form).status_code == 302
    assert Draft.objects.get().answers["start"] == "2027-01-20"


def test_the_same_answer_twice_is_no_conflict(vik: Edition, people: Family) -> None:
    phone, computer = client_of(people.mother), client_of(people.mother)
    base = answered(phone, people.baby.id)
    old = filled(computer, base + "start/", **{**START, "start_day": "15"})
    answer(phone, base + "start/", **{**START, "start_day": "15"})
    assert computer.post(base + "start/", old).status_code == 302


def test_different_pages_do_not_disturb_each_other(vik: Edition, people: Family) -> None:
    phone, computer = client_of(people.mother), client_of(people.mother)
    base = answered(phone, people.baby.id)
    old = filled(computer, base + "start/", **{**START, "start_day": "20"})
    answer(phone, base + "places/", places_1="solrosen")
    assert computer.post(base + "start/", old).status_code == 302
    answers = Draft.objects.get().answers
    assert (answers["start"], answers["places"]) == ("2027-01-20", ["solrosen"])


def test_a_save_over_a_newer_version_is_refused(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    answered(client, people.baby.id)
    [first] = drafts_of(actor(people.mother))
    save(first, Save({**first.answers, "start": "2027-02-01"}))
    with pytest.raises(Changed):
        save(first, Save({**first.answers, "start": "2027-03-01"}))
    assert Draft.objects.get().answers["start"] == "2027-02-01"


def test_removed_on_one_device_and_saved_on_the_other(vik: Edition, people: Family) -> None:
    phone, computer = client_of(people.mother), client_of(people.mother)
    base = answered(phone, people.baby.id)
    old = filled(computer, base + "start/", **START)
    phone.post(base + "delete/")
    gone = computer.post(base + "start/", old)
    assert gone.status_code == 404
    assert "Det finns inte här" in gone.content.decode()


def test_sent_on_one_device_and_saved_on_the_other(vik: Edition, people: Family) -> None:
    phone, computer = client_of(people.mother), client_of(people.mother)
    base = answered(phone, people.baby.id)
    old = filled(computer, base + "start/", **START)
    receipt = send(phone, base)
    assert computer.post(base + "start/", old)["Location"] == receipt
    assert computer.get(base + "start/")["Location"] == receipt
    assert computer.post(base + "delete/")["Location"] == receipt
    assert computer.get(base + "delete/")["Location"] == receipt


@pytest.mark.django_db(transaction=True)
def test_a_submitted_draft_cannot_be_removed(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    base = answered(client, people.baby.id)
    [read] = drafts_of(actor(people.mother))
    send(client, base)
    with pytest.raises(Changed):
        delete(read)
    assert drafts_of(actor(people.mother)) == []


def test_another_child_forgets_what_was_known_of_the_first(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    base = begun(client)
    answer(client, base + "child/", child=people.baby.id)
    Draft.objects.update(told=["one-year-old"])
    answer(client, base + "child/", child=people.sister.id)
    assert Draft.objects.get().told == []
