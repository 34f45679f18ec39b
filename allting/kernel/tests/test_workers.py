"""Workers: several threads and processes, waking, stopping, and being killed."""

import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from allting.kernel.api import Worker, counts, dead_letters, write
from allting.kernel.models import Job
from allting.kernel.tests import chores
from tests.databases import line_with, start

pytestmark = pytest.mark.django_db(transaction=True)


def wait_until(holds: Callable[[], bool], seconds: float = 180) -> None:
    give_up = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < give_up, f"waited {seconds} s in vain; jobs: {counts()}"
        time.sleep(0.02)


@contextmanager
def working(**how: float) -> Iterator[Worker]:
    worker = Worker(**how).start()  # type: ignore[arg-type]
    try:
        yield worker
    finally:
        assert worker.stop()


@contextmanager
def processes(number: int, *options: str) -> Iterator[list["subprocess.Popen[str]"]]:
    """Workers as processes of their own, killed at the end where the test has not."""
    started = [start("allting", "work", *options) for _ in range(number)]
    try:
        for process in started:
            line_with("Working as", process.stdout)
        yield started
    finally:
        for process in started:
            process.kill()
            process.communicate()


def test_work_enqueued_in_the_same_process_begins_at_once(tmp_path: Path) -> None:
    with working(threads=1, poll=600):
        time.sleep(0.3)  # the worker sleeps by now
        chores.note.enqueue(str(tmp_path / "said"), "x")
        # it would be ten minutes if it only polled
        wait_until(lambda: chores.said(tmp_path / "said") == ["x"])


def test_work_begins_after_the_commit_and_not_before(tmp_path: Path) -> None:
    with working(threads=1, poll=600):
        with write():
            chores.note.enqueue(str(tmp_path / "said"), "x")
            time.sleep(0.3)
            assert chores.said(tmp_path / "said") == []
        wait_until(lambda: chores.said(tmp_path / "said") == ["x"])


def test_work_for_soon_is_not_left_until_the_next_look(tmp_path: Path) -> None:
    from datetime import timedelta

    from allting.kernel.api import now

    with working(threads=1, poll=600):
        time.sleep(0.3)
        soon = now() + timedelta(seconds=0.5)
        chores.note.using(run_after=soon).enqueue(str(tmp_path / "said"), "x")
        wait_until(lambda: chores.said(tmp_path / "said") == ["x"])
        assert now() >= soon


def test_long_work_keeps_its_lease(tmp_path: Path) -> None:
    said, enough = tmp_path / "said", tmp_path / "enough"
    chores.held_note.enqueue(str(said), "x", str(enough))
    with working(threads=2, poll=0.1, lease=3):
        wait_until(lambda: chores.said(said) == ["begin x"])
        time.sleep(4)  # longer than the lease, and time for the other thread to take it
        enough.touch()
        wait_until(lambda: counts()["done"] == 1)
    assert chores.said(said) == ["begin x", "end x"]


def test_threads_that_fetch_together_do_each_job_once(tmp_path: Path) -> None:
    for n in range(200):
        chores.note.enqueue(str(tmp_path / "said"), str(n))
    with working(threads=6):
        wait_until(lambda: counts()["done"] == 200)
    assert Counter(chores.said(tmp_path / "said")) == Counter(str(n) for n in range(200))


@pytest.mark.slow
def test_processes_that_fetch_together_do_each_job_once(tmp_path: Path) -> None:
    with processes(3, "--threads", "2", "--poll", "0.1"):
        for n in range(300):
            chores.note.enqueue(str(tmp_path / "said"), str(n))
        wait_until(lambda: counts()["done"] == 300)
    assert Counter(chores.said(tmp_path / "said")) == Counter(str(n) for n in range(300))
    workers = set(Job.objects.filter(worker__contains="/").values_list("worker", flat=True))
    assert len(workers) > 1


@pytest.mark.slow
def test_sigterm_finishes_what_is_in_hand_and_takes_nothing_new(tmp_path: Path) -> None:
    said, enough = tmp_path / "said", tmp_path / "enough"
    for line in ("x", "y"):
        chores.held_note.enqueue(str(said), line, str(enough))
    with processes(1, "--threads", "1") as [process]:
        wait_until(lambda: chores.said(said) == ["begin x"])
        process.send_signal(signal.SIGTERM)
        time.sleep(1)  # it has heard it by now
        enough.touch()
        out, _ = process.communicate(timeout=60)
        assert (process.returncode, "Stopped" in out) == (0, True)
    assert chores.said(said) == ["begin x", "end x"]
    assert (counts()["done"], counts()["ready"], counts()["running"]) == (1, 1, 0)


@pytest.mark.slow
def test_killed_workers_lose_nothing_and_repeat_at_most_what_was_in_flight(tmp_path: Path) -> None:
    said = tmp_path / "said"
    for n in range(120):
        chores.slow_note.enqueue(str(said), str(n), 0.02)
    kills = 3
    for round_ in range(1, kills + 1):
        with processes(1, "--threads", "1", "--lease", "1") as [process]:
            # kill in the midst of work, a different number of jobs in each time
            wait_until(lambda n=round_: len(chores.said(said)) > 40 * n)  # type: ignore[misc]
            process.kill()
            process.wait()
    with processes(1, "--threads", "1", "--poll", "0.1", "--lease", "1"):
        wait_until(lambda: counts()["done"] == 120)
    begun = Counter(line for line in chores.said(said) if line.startswith("begin"))
    assert len(begun) == 120
    assert sum(begun.values()) - 120 <= kills
    assert max(begun.values()) <= 2
    assert set(Job.objects.values_list("attempts", flat=True)) <= {1, 2}


@pytest.mark.slow
def test_killed_in_the_midst_of_atomic_work_it_is_still_done_exactly_once() -> None:
    for _ in range(400):
        chores.count.enqueue("K")
    for so_far in (50, 150, 250):
        with processes(2, "--threads", "1", "--poll", "0.1", "--lease", "1") as both:
            wait_until(lambda n=so_far: counts()["done"] >= n)  # type: ignore[misc]
            for process in both:
                process.kill()
                process.wait()
    with processes(1, "--poll", "0.1", "--lease", "1"):
        wait_until(lambda: counts()["done"] == 400)
    results = set(Job.objects.values_list("result", flat=True))
    assert results == set(range(1, 401))


@pytest.mark.slow
def test_work_that_kills_its_worker_does_not_do_so_for_ever(tmp_path: Path) -> None:
    chores.kill_the_worker.enqueue()
    chores.note.enqueue(str(tmp_path / "said"), "x")
    for _ in range(2):
        with processes(1, "--threads", "1", "--poll", "0.1", "--lease", "0.5") as [process]:
            assert process.wait(timeout=60) == -signal.SIGKILL
    with processes(1, "--threads", "1", "--poll", "0.1", "--lease", "0.5"):
        wait_until(lambda: counts()["dead"] == 1 and counts()["done"] >= 1)
    assert dead_letters()[0].why == "The worker vanished, time and again."
    assert chores.said(tmp_path / "said") == ["x"]


def test_jobs_are_shown_and_requeued_from_the_command_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    from django.core.management import CommandError, call_command

    chores.refuse.enqueue()
    call_command("work", "--once")
    call_command("jobs")
    shown = capsys.readouterr().out
    assert "1 jobs attempted" in shown and "dead 1" in shown and "nobody lives there" in shown
    call_command("jobs", requeue="all")
    assert "1 of 1 requeued" in capsys.readouterr().out
    for wrong in ({"requeue": "first"}, {"put_aside": 7}, {"put_aside": 7, "why": "x"}):
        with pytest.raises(CommandError):
            call_command("jobs", **wrong)
