"""Background work waits for people, but not for ever."""

import threading
import time
from typing import Any

import pytest

from allting.kernel.jobs.courtesy import Door, door, served


def test_with_nobody_at_the_door_work_begins_at_once() -> None:
    started = time.monotonic()
    Door().after_you(60)
    assert time.monotonic() - started < 30


def test_work_waits_until_everybody_has_been_served() -> None:
    house, done = Door(), threading.Event()

    def work() -> None:
        house.after_you(60)
        done.set()

    with house:
        with house:
            thread = threading.Thread(target=work)
            thread.start()
            assert not done.wait(0.05)
        assert not done.wait(0.05)  # one has left, one is still there
    assert done.wait(30)
    thread.join()


def test_work_goes_on_when_there_is_never_a_pause() -> None:
    house = Door()
    with house:
        house.after_you(0.01)


def test_an_application_that_fails_leaves_nobody_behind() -> None:
    def broken(environ: Any, start_response: Any) -> list[bytes]:
        raise ValueError

    with pytest.raises(ValueError):
        served(broken)({}, lambda *_: lambda data: None)
    assert door._served == 0
