"""An application made in one step: the same rules, nothing stored when wrong, once."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict

from allting.forms.asking import few_questions
from allting.forms.behalf import Behalf, NotComplete, submit_for, telling
from allting.forms.events import FormSubmitted
from allting.forms.models import Draft, Submission
from allting.forms.tests.municipality import PRESCHOOL_FORM, published
from allting.identity.api import Actor, Role
from allting.kernel.api import new_id, subscribe, today
from allting.packages.api import Edition
from allting.register.api import Errand
from allting.register.testing import Family

HEARD: list[FormSubmitted] = []


@pytest.fixture(autouse=True)
def _heard() -> None:
    subscribe(FormSubmitted)(_hear)
    HEARD.clear()


def _hear(event: FormSubmitted) -> None:
    HEARD.append(event)


def house() -> Actor:
    return Actor(new_id(), None, "Offer", None, "", (Role("system", "education"),))


def behalf(edition: Edition, people: Family, **more: Any) -> Behalf:
    values: dict[str, Any] = {
        "edition": edition,
        "service": "preschool",
        "applicant": people.mother.id,
        "subject": people.baby.id,
        "told": {"start": "2027-01-11", "extent": "full-time", "places": ["solrosen"]},
        "context": {},
        "language": "sv",
        "reader": house(),
        "errand": Errand("education"),
    }
    return Behalf(**(values | more))


def test_it_is_sent_with_what_is_known_and_heard_of(vik: Edition, people: Family) -> None:
    made = submit_for(behalf(vik, people), source="offer:1", as_of=today())
    stored = Submission.objects.get(id=made)
    assert stored.answers == {
        "child": str(people.baby.id),
        "start": "2027-01-11",
        "extent": "full-time",
        "places": ["solrosen"],
        "phone": "+46701740605",
        "email": "maja@epost.example",
    }
    assert stored.known == {"phone": "+46701740605", "email": "maja@epost.example"}
    assert (stored.draft_id, stored.source, Draft.objects.count()) == (None, "offer:1", 0)
    assert [event.submission for event in HEARD] == [made]


def test_the_same_source_is_sent_once(vik: Edition, people: Family) -> None:
    first = submit_for(behalf(vik, people), source="offer:1", as_of=today())
    again = submit_for(behalf(vik, people), source="offer:1", as_of=today())
    assert first == again
    assert submit_for(behalf(vik, people), source="offer:2", as_of=today()) != first
    assert (Submission.objects.count(), len(HEARD)) == (2, 2)


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({"extent": "full-time", "places": ["solrosen"]}, ["start"]),
        ({"start": "2026-01-11", "extent": "full-time", "places": ["solrosen"]}, ["start"]),
        ({"start": "2027-01-11", "extent": "always", "places": ["solrosen"]}, ["extent"]),
        (
            {"start": "2027-01-11", "extent": "part-time", "places": ["no-such"]},
            ["hours", "places"],
        ),
        ({"start": "2029-01-11"}, ["start", "extent", "places"]),
    ],
)
def test_wrong_and_missing_answers_are_told_and_nothing_is_stored(
    vik: Edition, people: Family, told: dict[str, Any], wrong: list[str]
) -> None:
    with pytest.raises(NotComplete) as found:
        submit_for(behalf(vik, people, told=told), source="offer:1", as_of=today())
    assert [one.question for one in found.value.wrong] == wrong
    assert all(one.text for one in found.value.wrong)
    assert (Submission.objects.count(), HEARD) == (0, [])


def test_only_a_guardian_can_have_it_made(vik: Edition, people: Family) -> None:
    with pytest.raises(NotComplete) as found:
        submit_for(behalf(vik, people, applicant=people.stranger.id), source="1", as_of=today())
    assert "child" in [one.question for one in found.value.wrong]


def test_an_answer_not_asked_for_is_left_out(vik: Edition, people: Family) -> None:
    given = telling(behalf(vik, people), {"hours": "20", "reason": "x"})
    made = submit_for(given, source="offer:1", as_of=today())
    assert not {"hours", "reason"} & set(Submission.objects.get(id=made).answers)


def test_what_is_asked_follows_what_was_told(vik: Edition, people: Family) -> None:
    ids = ("extent", "hours")
    open_ = behalf(vik, people, told={"start": "2027-01-11", "places": ["solrosen"]})
    empty = few_questions(open_, ids, today())
    assert empty.shown == "extent"
    part = QueryDict("shown=extent&extent=part-time")
    more = few_questions(open_, ids, today(), part)
    assert (more.shown, more.more, more.whole) == ("extent hours", True, False)
    assert 'value="part-time" checked' in more.fields
    wrong = few_questions(
        open_, ids, today(), QueryDict("shown=extent+hours&extent=part-time&hours=60")
    )
    assert [one["href"] for one in wrong.errors] == ["#hours"]
    right = few_questions(
        open_, ids, today(), QueryDict("shown=extent+hours&extent=part-time&hours=20")
    )
    assert (right.whole, right.answers) == (True, {"extent": "part-time", "hours": "20"})
    full = few_questions(open_, ids, today(), QueryDict("shown=extent&extent=full-time"))
    assert (full.whole, full.answers) == (True, {"extent": "full-time"})


def test_who_comes_by_a_link_is_shown_nothing_of_what_is_known(
    vik: Edition, people: Family
) -> None:
    own = behalf(vik, people)
    assert 'value="070-174 06 05"' in few_questions(own, ("phone",), today()).fields
    strange = few_questions(own, ("phone",), today(), known=False)
    assert 'name="phone"' in strange.fields and 'value=""' in strange.fields
    wrong = few_questions(own, ("phone",), today(), QueryDict("shown=phone"), known=False)
    assert [one["href"] for one in wrong.errors] == ["#phone"]
    assert 'value=""' in wrong.fields


OFFER = """\
situations:
  - id: soon-one
    title: {sv: Snart ett, en: Soon one}
    about: child
    holds: age_months(birth_date) > 8
    because: {sv: Snart ett år, en: Soon one}
    law: SFS 2010:800
    accept: {states: {sv: Ja, en: Yes}, answers: {start: as_of, places: "'solrosen'"}}
    open_for: 14 days
    sms: {sv: "Svara {link}", en: "Answer {link}"}
"""


def test_a_question_may_be_for_those_who_apply_on_their_own(
    db: None, tmp_path: Any, people: Family
) -> None:
    form = PRESCHOOL_FORM.replace(
        "  - id: hours\n    title",
        "  - id: hours\n    asked_if: offer.situation is null\n    title",
    )
    more = {"services__preschool__form": form, "services__preschool__offer": OFFER}
    root = tmp_path / "vik" / "services" / "preschool" / "offers"
    root.mkdir(parents=True)
    for language in ("sv", "en"):
        (root / f"soon-one.{language}.md").write_text("# Hej\n")
    edition = published(tmp_path, **more)
    told = {"start": "2027-01-11", "places": ["solrosen"]}
    accepted = behalf(edition, people, told=told, context={"offer.situation": "soon-one"})
    made = submit_for(accepted, source="offer:1", as_of=today())
    assert Submission.objects.get(id=made).context == {"offer.situation": "soon-one"}
    assert "extent" not in Submission.objects.get(id=made).answers
    with pytest.raises(NotComplete):
        submit_for(behalf(edition, people, told=told), source="offer:2", as_of=today())


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_is_stored(tmp_path: Any, people: Family) -> None:
    edition = published(tmp_path)
    found: list[Any] = []
    gate = threading.Barrier(6)
    threads = [threading.Thread(target=_send, args=(edition, people, gate, found.append))
               for _ in range(6)]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(found) == 6
    assert len(set(found)) == 1
    assert Submission.objects.count() == 1


def _send(
    edition: Edition, people: Family, gate: threading.Barrier, done: Callable[[Any], None]
) -> None:
    try:
        gate.wait(30)
        done(submit_for(behalf(edition, people), source="offer:1", as_of=today()))
    finally:
        connection.close()
