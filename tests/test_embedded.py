"""Background work inside a real web server process: it starts, and stops without losing hold."""

import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from allting.kernel.api import counts
from allting.kernel.tests import chores
from tests.databases import start
from tests.ports import free_port

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@contextmanager
def web_server() -> Iterator["subprocess.Popen[str]"]:
    port = free_port()
    process = start(
        "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1",
        "--no-ws", "config.wsgi:application",
        ALLTING_EMBEDDED="1", ALLTING_DEMO_MAIL_PORT=str(free_port()),
        ALLTING_DEMO_SMS_PORT=str(free_port()),
        DJANGO_SETTINGS_MODULE="config.settings",
    )  # fmt: skip
    try:
        _wait_for_answer(port, process)
        yield process
    finally:
        process.terminate()  # to the main process, which takes its workers along
        process.communicate(timeout=60)


def _wait_for_answer(port: int, process: "subprocess.Popen[str]") -> None:
    for _ in range(1200):
        assert process.poll() is None, process.communicate()[0]
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/demo-mail/", timeout=5)
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the web server never answered")


def _wait_for(line: str, said: Path) -> None:
    for _ in range(1200):
        if line in chores.said(said):
            return
        time.sleep(0.05)
    raise AssertionError(f"waited in vain for {line!r}: {chores.said(said)}, {counts()}")


def test_stopping_the_web_server_finishes_the_work_in_hand(tmp_path: Path) -> None:
    said = tmp_path / "said"
    chores.slow_note.enqueue(str(said), "x", 2.0)
    with web_server() as process:
        _wait_for("begin x", said)
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
    assert chores.said(said) == ["begin x", "end x"]
    assert (counts()["done"] >= 1, counts()["running"]) == (True, 0)
