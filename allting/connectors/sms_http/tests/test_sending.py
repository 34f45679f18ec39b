"""Five hundred messages, and a worker killed three times on the way: the bench in small."""

import os

import pytest

from allting.register.models import Person
from bench import sending
from tests.databases import address

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_nothing_is_lost_and_nobody_gets_a_text_twice() -> None:
    number, kills = 500, 3
    with sending.peers() as receiving:
        environment = {
            **os.environ,
            **receiving.settings(),
            "ALLTING_DATABASE": address(),
            "ALLTING_LOG_LEVEL": "ERROR",
        }
        sending.put(number)
        # one thread: of the mails only the one in flight at each kill may come twice
        run = sending.send_all(number, kills, 1, receiving, environment)
    assert Person.objects.count() == number
    assert run.wrong() == []
    assert len(run.in_flight) == kills and all(len(it) <= 1 for it in run.in_flight)
