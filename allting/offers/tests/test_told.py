"""Named handlers are told of what comes to them: in the inbox, and by a mail that says nothing."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from allting.identity.api import ensure_account, grant_role
from allting.kernel.api import clock_at, now, work_off, write
from allting.notifications.models import Message
from allting.notifications.staff import tell_of_yesterday
from allting.offers.by_hand import finish
from allting.offers.making import make
from allting.offers.models import ByHand
from allting.offers.tests.making import DAY, families, situation, to_family
from allting.offers.tests.test_shielding import protect
from allting.packages.api import Edition
from allting.placements.models import ByHand as PlacedByHand
from allting.placements.models import Place, Round
from allting.placements.tasks import put_by_hand
from allting.register.models import Person
from allting.register.testing import Family, actor, person

pytestmark = pytest.mark.django_db(transaction=True)
HANDLER = ("protected-people", "education")


def employee(name: str, role: str, board: str = "education", language: str = "sv") -> Person:
    """Somebody who works here, with an address of their own."""
    someone = person(name, date(1975, 1, 1), email=f"{name.lower()}@vik.example", language=language)
    number = someone.identity_number
    account = ensure_account(kind="personal", identifier=number, name=name, person=someone.id)
    grant_role(account, role, board, by="test")
    return someone


def told(whom: Person) -> list[str]:
    found = Message.objects.filter(to_person=whom.id, kind="task").order_by("id")
    return list(found.values_list("subject", flat=True))


def protected(edition: Edition, number: int = 1) -> None:
    for child in families(number, protection="mark", surname="Hemlig"):
        make(edition, situation(edition), child.id, as_of=DAY, seen="")


def test_told_once_of_several_and_nobody_else_is(
    vik: Edition, people: Family, mails: list[Any]
) -> None:
    ulla, english = employee("Ulla", HANDLER[0]), employee("Ann", HANDLER[0], language="en")
    other = employee("Bo", HANDLER[0], "executive")
    keeper, worker = employee("Kim", "offers"), employee("Eva", "administrator")
    protected(vik, 3)
    work_off()
    assert told(ulla) == ["Det finns någon som du behöver nå"]
    assert told(english) == ["There is somebody for you to reach"]
    assert [told(it) for it in (other, keeper, worker)] == [[], [], []]
    assert {mail["To"] for mail in mails} == {"ulla@vik.example", "ann@vik.example"}


def test_the_message_names_nobody_and_the_mail_not_even_the_service(
    vik: Edition, people: Family, mails: list[Any]
) -> None:
    ulla = employee("Ulla", HANDLER[0])
    protected(vik)
    work_off()
    message = Message.objects.get(to_person=ulla.id)
    assert "/sv/desk/offers/by-hand/" in message.body
    mail = mails[0].get_body(("plain",)).get_content() + mails[0]["Subject"]
    for said in (message.subject + message.body, mail):
        for secret in ("Hemlig", "C0", "förskola", "ett år", "999"):
            assert secret not in said, (secret, said)


def test_more_the_same_day_waits_for_the_morning(
    vik: Edition, people: Family, mails: list[Any]
) -> None:
    ulla = employee("Ulla", HANDLER[0])
    protected(vik)
    work_off()
    protected(vik)
    work_off()
    assert len(told(ulla)) == 1
    with clock_at(datetime(2026, 11, 3, 6, 45, tzinfo=UTC)):
        tell_of_yesterday.call()
        work_off()
        tell_of_yesterday.call()
        work_off()
    assert len(told(ulla)) == 2
    with clock_at(datetime(2026, 11, 4, 6, 45, tzinfo=UTC)):
        tell_of_yesterday.call()
        work_off()
    assert len(told(ulla)) == 2  # known since the day before: nobody is nagged


def test_done_before_the_message_none_is_sent(vik: Edition, people: Family) -> None:
    ulla = employee("Ulla", HANDLER[0])
    protected(vik)
    finish(actor(ulla, HANDLER), ByHand.objects.get().id, "Pratat")
    work_off()
    assert told(ulla) == []


def test_told_of_an_offer_that_protection_ended(vik: Edition, people: Family) -> None:
    ulla = employee("Ulla", HANDLER[0])
    to_family(vik, people)
    protect(people.baby)
    work_off()
    assert len(told(ulla)) == 1


def test_told_of_a_child_to_place(vik: Edition, people: Family) -> None:
    ulla = employee("Ulla", HANDLER[0])
    round = Round.objects.create(
        service="preschool", kind="preschool", board="education", edition=vik.id, as_of=DAY,
        start=date(2027, 1, 11), seed="s", opened_at=now(), opened_by="test",
    )  # fmt: skip
    place = Place(round=round, subject=people.baby.id, source="x", changed_at=now())
    with write():
        put_by_hand(place)
        put_by_hand(place)
    work_off()
    assert told(ulla) == ["Det finns någon som du behöver placera"]
    assert PlacedByHand.objects.count() == 1
