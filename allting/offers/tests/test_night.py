"""A run at night: texts are put off, and then come once in the morning."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time
from typing import Any

import pytest

from allting.kernel.api import clock_at, work_off
from allting.notifications import ports
from allting.notifications.models import Delivery
from allting.notifications.ports import Manners, TemporaryFailure
from allting.offers.jobs import close_and_remind
from allting.offers.models import Offer
from allting.offers.running import start_run
from allting.offers.tests.making import DAY
from allting.offers.tests.test_texting import MOTHERS
from allting.packages.api import Edition
from allting.register.testing import Family

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "preschool/soon-one"


class Gateway:
    """Keeps every text it is handed, twice if it comes twice, or fails as it is told to."""

    def __init__(self) -> None:
        self.got: list[tuple[str, str]] = []
        self.trouble: list[Exception] = []

    def send(self, *, id: str, to: str, text: str) -> None:
        if self.trouble:
            raise self.trouble.pop(0)
        self.got.append((id, to))


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    before, found = ports.sms_gateway(), Gateway()
    ports.texts_through(found)
    yield found
    ports.texts_through(before)


@pytest.fixture(autouse=True)
def quiet() -> Iterator[Callable[[Manners], None]]:
    """From nine in the evening to seven in the morning, in Sweden; or as a test says."""
    before = ports._manners
    ports.manners_from(lambda: Manners(time(21), time(7)))
    yield lambda manners: ports.manners_from(lambda: manners)
    ports.manners_from(before)


def at(day: int, hour: int, minute: int = 0) -> None:
    """The clock is moved (UTC: an hour less than in Sweden), and all that is due is done, twice."""
    with clock_at(datetime(2026, 11, day, hour, minute, tzinfo=UTC)):
        for _ in range(3):
            work_off()


def run_at_night() -> None:
    with clock_at(datetime(2026, 11, 2, 22, 30, tzinfo=UTC)):
        start_run("test", [KEY], as_of=DAY)
    at(2, 22, 31)


def test_put_off_at_night_a_text_comes_once_in_the_morning(
    vik: Edition, people: Family, gateway: Gateway, mails: list[Any]
) -> None:
    run_at_night()
    assert Offer.objects.get().state == "sent"
    assert gateway.got == []
    told = len(mails)
    assert told == 1  # an e-mail wakes nobody
    for hour in (0, 3, 5):
        at(3, hour)
    at(3, 5, 59)
    assert gateway.got == []
    at(3, 6)  # seven in Sweden
    [(_, to)] = gateway.got
    assert to == MOTHERS
    for day, hour in ((3, 7), (3, 12), (3, 21), (4, 6), (4, 12)):
        at(day, hour)
    assert len(gateway.got) == 1 and len(mails) == told
    assert Delivery.objects.get(channel="sms", message__to_person=people.mother.id).state == "sent"


def test_the_same_run_again_at_night_makes_no_second_text(
    vik: Edition, people: Family, gateway: Gateway
) -> None:
    run_at_night()
    run_at_night()
    at(3, 6)
    at(3, 8)
    assert len(gateway.got) == 1


def test_a_longer_night_is_kept_by_what_waits_already(
    vik: Edition, people: Family, gateway: Gateway, quiet: Callable[[Manners], None]
) -> None:
    run_at_night()
    quiet(Manners(time(21), time(9)))
    at(3, 6)
    assert gateway.got == []
    at(3, 8)
    at(3, 9)
    assert len(gateway.got) == 1


def test_a_gateway_in_trouble_in_the_morning_is_tried_again(
    vik: Edition, people: Family, gateway: Gateway
) -> None:
    run_at_night()
    gateway.trouble = [TemporaryFailure("busy")]
    at(3, 6)
    assert gateway.got == []
    at(3, 7)
    at(3, 9)
    assert len(gateway.got) == 1


def test_a_failure_late_in_the_evening_waits_for_the_morning_too(
    vik: Edition, people: Family, gateway: Gateway
) -> None:
    gateway.trouble = [TemporaryFailure("busy")]
    with clock_at(datetime(2026, 11, 2, 19, 59, tzinfo=UTC)):
        start_run("test", [KEY], as_of=DAY)
        work_off()
    at(2, 20, 30)
    at(3, 2)
    assert gateway.got == []
    at(3, 6)
    at(3, 8)
    assert len(gateway.got) == 1


def test_reminders_keep_the_night_too(vik: Edition, people: Family, gateway: Gateway) -> None:
    run_at_night()
    at(3, 6)
    with clock_at(datetime(2026, 11, 13, 23, 0, tzinfo=UTC)):  # a worker that came late to it
        close_and_remind.call()
        close_and_remind.call()
        for _ in range(3):
            work_off()
    assert len(gateway.got) == 1
    at(14, 6)
    at(14, 12)
    assert len(gateway.got) == 2
