"""One offer for each situation, person and occasion; to the right people, never the protected."""

from datetime import date, timedelta
from typing import Any

import pytest

from allting.kernel.api import now, work_off
from allting.notifications.models import Delivery, Message
from allting.offers.making import Came, make
from allting.offers.models import Addressee, ByHand, Offer, OfferKey, OptOut
from allting.offers.tests.making import DAY, link_in, made, situation, to_family
from allting.offers.wishes import turn_off
from allting.packages.api import Edition
from allting.register.models import AccessLog, Guardianship, Mandate, Person
from allting.register.testing import Family, family, person


def test_both_guardians_are_told_once_with_a_key_each(
    vik: Edition, people: Family, mails: list[Any]
) -> None:
    offer = to_family(vik, people)
    assert (offer.state, offer.closes, offer.remind_on) == (
        "sent",
        date(2026, 11, 16),
        date(2026, 11, 13),
    )
    told = set(Addressee.objects.values_list("person", flat=True))
    assert told == {people.mother.id, people.father.id}
    assert set(Message.objects.values_list("to_person", flat=True)) == told
    keys = list(OfferKey.objects.all())
    assert len({key.digest for key in keys}) == 2
    assert [str(mail["To"]) for mail in mails] == ["maja@epost.example"]
    assert link_in(mails[0]) not in str(list(OfferKey.objects.values()))


def test_the_offer_keeps_the_data_it_was_made_by_and_no_more(vik: Edition, people: Family) -> None:
    assert to_family(vik, people).data == {
        "birth_date": "2025-05-20",
        "municipality_code": "2599",
    }
    read = AccessLog.objects.filter(person=people.baby.id, purpose="offer")
    assert read.get().board == "education"


def test_the_letter_stands_in_the_inbox_and_not_in_the_mail(
    vik: Edition, people: Family, mails: list[Any]
) -> None:
    to_family(vik, people)
    letter = Message.objects.get(to_person=people.mother.id)
    assert letter.subject == "Ett erbjudande till Nils Berg"
    assert "Hej Maja Berg" in letter.body and "20 maj 2025" in letter.body
    assert "/o/" not in letter.body and "{link}" in (letter.sms or "")
    text = mails[0].get_body(("plain",)).get_content()
    assert "Svara senast 16 november 2026" in text
    assert "Nils" not in mails[0].as_string()


def test_again_makes_nothing_new(vik: Edition, people: Family) -> None:
    to_family(vik, people)
    again = make(vik, situation(vik), people.baby.id, as_of=DAY + timedelta(days=9))
    work_off()
    assert again is Came.ALREADY
    assert (Offer.objects.count(), Message.objects.count()) == (1, 2)


def test_another_occasion_is_another_offer(vik: Edition, people: Family) -> None:
    made(vik, people.sister.id, "preschool/three")
    three = situation(vik, "preschool/three")
    assert Offer.objects.get().occasion == "2022"
    assert make(vik, three, people.sister.id, as_of=DAY) is Came.ALREADY
    Person.objects.filter(id=people.sister.id).update(birth_date=date(2023, 2, 11))
    assert make(vik, three, people.sister.id, as_of=DAY) is Came.MADE


@pytest.mark.parametrize(
    "changed",
    [{"municipality_code": "0180"}, {"birth_date": date(2026, 8, 1)}, {"municipality_code": ""}],
)
def test_who_is_not_in_the_situation_is_offered_nothing(
    vik: Edition, people: Family, changed: dict[str, Any]
) -> None:
    Person.objects.filter(id=people.baby.id).update(**changed)
    assert make(vik, situation(vik), people.baby.id, as_of=DAY) is Came.NOT_IN_IT
    assert not Offer.objects.exists()


def test_someone_who_has_turned_it_off_is_not_told_and_the_other_is(
    vik: Edition, people: Family
) -> None:
    OptOut.objects.create(person=people.mother.id, situation="preschool/soon-one", at=now())
    to_family(vik, people)
    assert [one.person for one in Addressee.objects.all()] == [people.father.id]
    made(vik, people.sister.id, "preschool/three")
    assert Addressee.objects.filter(person=people.mother.id).count() == 1


def test_when_all_have_turned_it_off_nothing_is_made(vik: Edition, people: Family) -> None:
    turn_off(people.mother.id)
    OptOut.objects.create(person=people.father.id, situation="preschool/soon-one", at=now())
    assert make(vik, situation(vik), people.baby.id, as_of=DAY) is Came.TURNED_OFF


def test_nobody_to_turn_to(vik: Edition, people: Family) -> None:
    Guardianship.objects.all().delete()
    assert make(vik, situation(vik), people.baby.id, as_of=DAY) is Came.NOBODY


def test_a_guardian_who_has_died_is_not_told(vik: Edition, people: Family) -> None:
    Person.objects.filter(id=people.father.id).update(died=date(2026, 10, 1))
    to_family(vik, people)
    assert [one.person for one in Addressee.objects.all()] == [people.mother.id]


@pytest.mark.parametrize("protection", ["mark", "registration", "new-identity"])
@pytest.mark.parametrize("who", ["baby", "mother", "father"])
def test_with_a_protected_person_a_task_is_made_and_nobody_is_told(
    vik: Edition, who: str, protection: str, mails: list[Any]
) -> None:
    people = family()
    Person.objects.filter(id=getattr(people, who).id).update(protection=protection)
    came = make(vik, situation(vik), people.baby.id, as_of=DAY, seen="")
    work_off()
    assert came is Came.BY_HAND
    task = ByHand.objects.get()
    assert (task.person, task.board, task.done_at) == (people.baby.id, "education", None)
    assert make(vik, situation(vik), people.baby.id, as_of=DAY, seen="") is Came.ALREADY
    assert not (Offer.objects.exists() or Message.objects.exists() or mails)
    assert not (Delivery.objects.exists() or AccessLog.objects.exists())


def test_a_mandate_holder_is_turned_to_and_else_the_person(vik: Edition, tmp_path: Any) -> None:
    from allting.offers.tests.town import WELCOME_OFFER, published

    edition = published(
        tmp_path / "other",
        services__welcome__offer=WELCOME_OFFER.replace(
            "about: person", "about: person\n    to: mandate"
        ),
    )
    old, helper = person("Gun", date(1940, 1, 1)), person("Siv", date(1970, 1, 1))
    alone = person("Olle", date(1941, 1, 1), sex="m")
    Mandate.objects.create(principal=old, holder=helper, scope="rights", since=date(2020, 1, 1))
    made(edition, old.id, "welcome/new-here")
    assert [one.person for one in Addressee.objects.all()] == [helper.id]
    made(edition, alone.id, "welcome/new-here")
    assert Addressee.objects.filter(person=alone.id).exists()


def test_an_offer_is_told_in_the_addressees_language(
    vik: Edition, people: Family, mails: list[Any]
) -> None:
    Person.objects.filter(id=people.mother.id).update(language="en")
    Person.objects.filter(id=people.father.id).update(language="fi")
    to_family(vik, people)
    assert Addressee.objects.get(person=people.mother.id).language == "en"
    assert Addressee.objects.get(person=people.father.id).language == "sv"
    assert "Answer by 16 November 2026" in mails[0].get_body(("plain",)).get_content()


def test_what_was_offered_before_the_protection_is_no_task(vik: Edition, people: Family) -> None:
    offer = to_family(vik, people)
    Offer.objects.filter(id=offer.id).update(state="accepted")
    Person.objects.filter(id=people.baby.id).update(protection="mark")
    assert make(vik, situation(vik), people.baby.id, as_of=DAY, seen="") is Came.ALREADY
    assert not ByHand.objects.exists()


def test_what_the_named_handler_has_is_not_offered_by_a_machine_when_protection_ends(
    vik: Edition, people: Family
) -> None:
    Person.objects.filter(id=people.baby.id).update(protection="mark")
    assert make(vik, situation(vik), people.baby.id, as_of=DAY, seen="") is Came.BY_HAND
    Person.objects.filter(id=people.baby.id).update(protection="none")
    assert make(vik, situation(vik), people.baby.id, as_of=DAY, seen="") is Came.ALREADY
    assert (Offer.objects.count(), ByHand.objects.count()) == (0, 1)
