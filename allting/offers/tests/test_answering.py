"""Answering: the first answer counts; a yes sends the form and is decided; minds may change."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from allting.cases.models import Case, CaseEvent, Decision
from allting.forms.api import NotComplete
from allting.forms.models import Submission
from allting.kernel.api import clock_at, work_off
from allting.notifications.models import Message
from allting.offers.answering import Answer, NotOpen, accept, decline, give_back, reopen
from allting.offers.ending import expire, withdraw_fallen
from allting.offers.jobs import close_and_remind
from allting.offers.keys import find_key, link_of
from allting.offers.models import ByHand, Offer, OfferKey
from allting.offers.tests.making import made, refused, to_family
from allting.packages.api import Edition
from allting.register.models import Guardianship, Person
from allting.register.testing import Family, actor

LAST_DAY = datetime(2026, 11, 16, 22, 0, tzinfo=UTC)  # 23:00 in Sweden
TOO_LATE = datetime(2026, 11, 16, 23, 30, tzinfo=UTC)


def by(person: Person, **more: Any) -> Answer:
    return Answer(person.id, "sv", **more)


def inbox(person: Person) -> list[str]:
    return list(Message.objects.filter(to_person=person.id).order_by("id").values_list(
        "subject", flat=True))  # fmt: skip


def test_a_yes_is_decided_at_once_and_both_are_told(vik: Edition, people: Family) -> None:
    offer = to_family(vik, people)
    answered = accept(offer.id, by(people.father))
    work_off()
    case, decision = Case.objects.get(), Decision.objects.get()
    assert (answered.state, answered.case) == ("accepted", case.number)
    assert (decision.outcome, decision.account, decision.values) == (
        "placed",
        None,
        {"start": "2027-01-02"},
    )
    assert (case.applicant, case.subject) == (people.father.id, people.baby.id)
    sent = Submission.objects.get()
    assert sent.source == f"offer:{offer.id}"
    assert sent.context == {"offer.situation": "soon-one"}
    assert inbox(people.father)[1:] == ["Nils Berg har fått plats"]
    assert "Ni har tackat ja: Ditt barn fyller snart ett år" in inbox(people.mother)


def test_pressing_twice_is_one_yes(vik: Edition, people: Family) -> None:
    offer = to_family(vik, people)
    first = accept(offer.id, by(people.mother))
    again = accept(offer.id, by(people.mother))
    assert (again.state, again.case, again.repeated) == ("accepted", first.case, True)
    assert (Case.objects.count(), Submission.objects.count()) == (1, 1)


@pytest.mark.parametrize("second", [accept, decline])
def test_the_first_answer_counts(vik: Edition, people: Family, second: Any) -> None:
    offer = to_family(vik, people)
    decline(offer.id, by(people.mother))
    with refused(NotOpen) as why:
        second(offer.id, by(people.father))
    assert why.value.state == "declined"
    assert not Case.objects.exists()


def test_only_those_it_is_made_to_can_answer(vik: Edition, people: Family) -> None:
    offer = to_family(vik, people)
    for verb in (accept, decline):
        with refused(PermissionDenied):
            verb(offer.id, by(people.stranger))
    assert Offer.objects.get().state == "sent"


def test_one_who_is_no_longer_a_guardian_cannot_accept(vik: Edition, people: Family) -> None:
    offer = to_family(vik, people)
    Guardianship.objects.filter(guardian=people.father).delete()
    with refused(PermissionDenied):
        accept(offer.id, by(people.father))
    assert Offer.objects.get().state == "sent"
    assert accept(offer.id, by(people.mother)).state == "accepted"


def test_it_can_be_answered_until_the_last_day_has_passed(vik: Edition, people: Family) -> None:
    offer = to_family(vik, people)
    with clock_at(TOO_LATE):
        for verb in (accept, decline):
            with refused(NotOpen) as why:
                verb(offer.id, by(people.mother))
            assert why.value.state == "expired"
    with clock_at(LAST_DAY):
        assert accept(offer.id, by(people.mother)).state == "accepted"


def test_what_only_the_person_can_tell_is_asked_and_checked(vik: Edition, people: Family) -> None:
    offer = made(vik, people.sister.id, "preschool/three")
    with refused(NotComplete) as lacking:
        accept(offer.id, by(people.mother))
    assert [one.question for one in lacking.value.wrong] == ["extent"]
    with refused(NotComplete) as wrong:
        accept(offer.id, by(people.mother, told={"extent": "part-time", "hours": "60"}))
    assert [one.question for one in wrong.value.wrong] == ["hours"]
    assert (Offer.objects.get().state, Submission.objects.count()) == ("sent", 0)
    told = {"extent": "part-time", "hours": "25"}
    answered = accept(offer.id, by(people.mother, told=told))
    assert Case.objects.get().number == answered.case
    assert not Decision.objects.exists()  # the package leaves this one to a person


def test_an_offer_that_only_informs_cannot_be_accepted(vik: Edition, people: Family) -> None:
    offer = made(vik, people.stranger.id, "welcome/new-here")
    with refused(PermissionDenied):
        accept(offer.id, by(people.stranger))
    assert decline(offer.id, by(people.stranger)).state == "declined"


def test_a_yes_can_be_taken_back_until_it_closes(vik: Edition, people: Family) -> None:
    offer = to_family(vik, people)
    accept(offer.id, by(people.mother))
    back = give_back(offer.id, actor(people.mother))
    again = give_back(offer.id, actor(people.mother))
    assert (back.state, again.repeated) == ("declined", True)
    noted = CaseEvent.objects.filter(move="renounced")
    assert [(event.name, event.part) for event in noted] == [("Maja Berg", "applicant")]
    with refused(NotOpen):
        reopen(offer.id, actor(people.mother))


def test_taking_back_withdraws_a_case_that_is_still_open(vik: Edition, people: Family) -> None:
    offer = made(vik, people.sister.id, "preschool/three")
    accept(offer.id, by(people.mother, told={"extent": "full-time"}))
    give_back(offer.id, actor(people.mother))
    assert Case.objects.get().stage == "withdrawn"


def test_a_no_can_be_taken_back_until_it_closes(vik: Edition, people: Family) -> None:
    offer = to_family(vik, people)
    decline(offer.id, by(people.mother))
    with clock_at(TOO_LATE), refused(NotOpen):
        reopen(offer.id, actor(people.father))
    assert reopen(offer.id, actor(people.father)).state == "sent"
    assert accept(offer.id, by(people.father)).state == "accepted"
    with refused(PermissionDenied):
        reopen(offer.id, actor(people.stranger))


def test_a_key_answers_once_and_says_so_after(vik: Edition, people: Family) -> None:
    offer = to_family(vik, people)
    token = link_of(str(OfferKey.objects.get(person=people.mother.id).id)).rpartition("/")[2]
    key = find_key(token)
    assert key is not None and key.offer_id == offer.id
    decline(offer.id, by(people.mother, key=key.id))
    reopen(offer.id, actor(people.mother))
    with refused(PermissionDenied):
        accept(offer.id, by(people.mother, key=key.id))
    assert Offer.objects.get().state == "sent"
    assert find_key(token) is not None
    with clock_at(datetime(2026, 12, 17, tzinfo=UTC)):
        assert find_key(token) is None
    for strange in ("", "x", token[:-1], token + "A", token.swapcase(), "A" * 28, "ö" * 28):
        assert find_key(strange) is None


def test_it_closes_by_itself_and_reminds_before(vik: Edition, people: Family) -> None:
    to_family(vik, people)
    for day, state, told in ((12, "sent", 1), (13, "sent", 2), (14, "sent", 2), (17, "expired", 2)):
        with clock_at(datetime(2026, 11, day, 8, tzinfo=UTC)):
            close_and_remind.call()
            work_off()
            assert Offer.objects.get().state == state
            assert len(inbox(people.mother)) == told, day
    assert inbox(people.mother)[1] == ("Erbjudandet stänger snart: Ditt barn fyller snart ett år")


def test_an_answered_offer_reminds_nobody(vik: Edition, people: Family) -> None:
    offer = to_family(vik, people)
    decline(offer.id, by(people.mother))
    with clock_at(datetime(2026, 11, 13, 8, tzinfo=UTC)):
        close_and_remind.call()
        work_off()
    assert len(inbox(people.mother)) == 1
    assert expire(date(2027, 1, 1)) == 0


@pytest.mark.parametrize(
    ("changed", "why", "told"),
    [
        ({"municipality_code": "0180"}, "ended", 2),
        ({"died": date(2026, 11, 1)}, "died", 1),
        ({"protection": "mark"}, "protected", 1),
    ],
)
def test_it_is_withdrawn_when_the_situation_ends(
    vik: Edition, people: Family, changed: dict[str, Any], why: str, told: int
) -> None:
    offer = to_family(vik, people)
    assert withdraw_fallen() == 0
    Person.objects.filter(id=people.baby.id).update(**changed)
    assert withdraw_fallen([people.stranger.id]) == 0
    assert withdraw_fallen([people.baby.id]) == 1
    work_off()
    offer.refresh_from_db()
    assert (offer.state, offer.why) == ("withdrawn", why)
    assert len(inbox(people.mother)) == told
    assert ByHand.objects.count() == (why == "protected")
    assert withdraw_fallen() == 0


def test_turning_one_meanwhile_does_not_end_it(vik: Edition, people: Family) -> None:
    Person.objects.filter(id=people.baby.id).update(birth_date=date(2024, 11, 10))
    to_family(vik, people)
    with clock_at(datetime(2026, 11, 12, 8, tzinfo=UTC)):  # two years old: no longer found
        assert withdraw_fallen() == 0


def test_a_yes_to_what_has_fallen_withdraws_it(vik: Edition, people: Family) -> None:
    offer = to_family(vik, people)
    Person.objects.filter(id=people.baby.id).update(municipality_code="0180")
    assert accept(offer.id, by(people.mother)).state == "withdrawn"
    assert not Case.objects.exists()
    assert OfferKey.objects.filter(revoked_at=None).count() == 0
