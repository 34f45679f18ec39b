"""Background work: one worker, in this process."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django_tasks import TaskResultStatus
from django_tasks.exceptions import InvalidTaskError, TaskResultDoesNotExist

from allting.kernel.api import (
    clock_at,
    counts,
    dead_letters,
    now,
    put_aside,
    requeue,
    schedule,
    work_off,
    write,
)
from allting.kernel.jobs import housekeeping, schedules, table
from allting.kernel.models import READY, WAITING, AuditEntry, Job, Schedule
from allting.kernel.tests import chores

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


def test_work_is_enqueued_done_and_its_result_kept(tmp_path: Path) -> None:
    result = chores.note.enqueue(str(tmp_path / "said"), "hello")
    assert result.status == TaskResultStatus.READY
    assert work_off() == 1
    result.refresh()
    assert (result.status, result.return_value, result.attempts) == ("SUCCESSFUL", "hello", 1)
    assert chores.said(tmp_path / "said") == ["hello"]


def test_work_vanishes_with_the_transaction_that_wanted_it(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), write():
        chores.note.enqueue(str(tmp_path / "said"), "hello")
        _ = 1 / 0
    assert work_off() == 0
    assert not Job.objects.exists()


def test_higher_priority_first_then_first_come(tmp_path: Path) -> None:
    said = tmp_path / "said"
    for line, priority in [("b", 0), ("d", -5), ("a", 50), ("c", 0)]:
        chores.note.using(priority=priority).enqueue(str(said), line)
    work_off()
    assert chores.said(said) == ["a", "b", "c", "d"]


def test_work_for_later_waits_for_its_time(tmp_path: Path) -> None:
    with clock_at(NOON):
        chores.note.using(run_after=NOON + timedelta(hours=1)).enqueue(str(tmp_path / "said"), "x")
        assert work_off() == 0
        assert table.next_due() == NOON + timedelta(hours=1)
    with clock_at(NOON + timedelta(hours=1)):
        assert work_off() == 1


def test_failed_work_waits_longer_each_time_and_is_given_up_at_last() -> None:
    moment = NOON
    with clock_at(moment):
        chores.fail.enqueue("the first page is missing")
    for longest in (100, 150):
        with clock_at(moment):
            assert work_off() == 1
            wait = (Job.objects.get().due_at - moment).total_seconds()
        assert longest / 2 <= wait <= longest
        moment += timedelta(seconds=longest)
    with clock_at(moment):
        assert work_off() == 1
    [letter] = dead_letters()
    assert letter.why == "RuntimeError: the first page is missing"
    assert (letter.attempts, letter.given_up_at) == (3, moment)
    assert len(Job.objects.get().errors) == 3


def test_a_task_may_say_that_trying_again_is_useless_or_when() -> None:
    chores.refuse.enqueue()
    with clock_at(NOON):
        chores.later.enqueue()
    with clock_at(NOON):
        assert work_off() == 2
    assert [letter.why for letter in dead_letters()] == [
        "allting.kernel.jobs.perform.GiveUp: nobody lives there"
    ]
    assert Job.objects.get(state="later").due_at == NOON + timedelta(minutes=7)


def test_a_person_requeues_or_puts_aside_a_dead_letter() -> None:
    chores.refuse.enqueue()
    chores.refuse.enqueue()
    work_off()
    first, second = dead_letters()
    assert [letter.id for letter in dead_letters(after=first.id)] == [second.id]
    assert requeue(first.id, by="anna") and not requeue(first.id, by="anna")
    assert work_off() == 1
    assert put_aside(second.id, by="anna", why="sent by post")
    assert not put_aside(second.id, by="anna", why="again")
    assert counts()["dead"] == 1
    acts = AuditEntry.objects.order_by("id").values_list("actor", "verb", "what")
    assert list(acts) == [
        ("anna", "requeue", f"job {first.id}"),
        ("anna", "put aside", f"job {second.id}"),
    ]


def test_work_whose_code_is_gone_is_tried_again_for_a_release_under_way() -> None:
    chores.nothing.enqueue()
    Job.objects.update(task="allting.kernel.tests.chores.renamed")
    work_off()
    job = Job.objects.get()
    assert (job.state, job.errors[0]["class"]) == ("later", "builtins.ImportError")


def test_atomic_work_commits_with_its_completion_or_not_at_all() -> None:
    chores.count.enqueue("S")
    chores.count_then_fail.enqueue("S")
    assert work_off() == 2
    assert work_off() == 1  # no wait: the second and last attempt
    chores.count.enqueue("S")
    work_off()
    results = Job.objects.filter(state="done").order_by("id").values_list("result", flat=True)
    assert list(results) == [1, 2]


def test_the_context_tells_which_attempt_it_is() -> None:
    result = chores.attempt.enqueue()
    work_off()
    result.refresh()
    assert result.return_value == 1


def test_arguments_that_are_not_plain_are_refused_with_advice() -> None:
    with pytest.raises(InvalidTaskError, match=r"argument 0 is a UUID.*str\(id\)"):
        chores.note.enqueue(uuid4(), "x")  # type: ignore[arg-type]  # the mistake


def test_an_unknown_result_says_so() -> None:
    for unknown in ("77", "x"):
        with pytest.raises(TaskResultDoesNotExist):
            chores.note.get_result(unknown)


# ---- leases


def test_a_lease_that_runs_out_lets_another_take_over_and_shuts_out_the_first() -> None:
    chores.nothing.enqueue()
    with clock_at(NOON):
        Job.objects.update(due_at=NOON)
        first = table.take("first", timedelta(seconds=30))
        assert first and table.take("second", timedelta(seconds=30)) is None
    with clock_at(NOON + timedelta(seconds=20)):
        table.renew([first], timedelta(seconds=30))
    with clock_at(NOON + timedelta(seconds=49)):
        assert table.wake_due() == 0
    with clock_at(NOON + timedelta(seconds=50)):
        assert table.wake_due() == 1
        second = table.take("second", timedelta(seconds=30))
        assert second and second.attempt == 2
        assert not table.settle(first, table.Outcome(Job.State.DONE))
        table.renew([first], timedelta(days=1))
        assert table.next_due() == NOON + timedelta(seconds=80)
        assert table.settle(second, table.Outcome(Job.State.DONE))


def test_work_that_takes_its_workers_down_is_given_up() -> None:
    with clock_at(NOON):
        chores.kill_the_worker.enqueue()
        table.take("first", timedelta(seconds=30))
    with clock_at(NOON + timedelta(minutes=1)):
        table.wake_due()
        table.take("second", timedelta(seconds=30))
    with clock_at(NOON + timedelta(minutes=2)):
        assert table.wake_due() == 0
    [letter] = dead_letters()
    assert letter.why == "The worker vanished, time and again."


# ---- recurring work


@pytest.fixture
def only_mine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedules, "_known", {})


def test_recurring_work_is_enqueued_once_and_not_while_it_is_open(only_mine: None) -> None:
    schedule("test.tidy", chores.nothing, every="10 minutes")
    with clock_at(NOON):
        schedules.write_down()
        schedules.enqueue_due()
        assert not Job.objects.exists()
    with clock_at(NOON + timedelta(hours=3)):
        schedules.enqueue_due()
        schedules.enqueue_due()
        assert Job.objects.count() == 1
        assert schedules.next_occurrence() == NOON + timedelta(hours=3, minutes=10)
    with clock_at(NOON + timedelta(hours=4)):
        schedules.enqueue_due()
        assert Job.objects.count() == 1  # the first is not done yet
        work_off()
    with clock_at(NOON + timedelta(hours=5)):
        schedules.enqueue_due()
        assert Job.objects.count() == 2


def test_a_changed_recurrence_starts_over(only_mine: None) -> None:
    schedule("test.tidy", chores.nothing, every="10 minutes")
    with clock_at(NOON):
        schedules.write_down()
        schedule("test.tidy", chores.nothing, every="day at 04:00")
        schedules.write_down()
    assert Schedule.objects.get().next_at == datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def test_mistaken_schedules_are_refused(only_mine: None) -> None:
    for text in ("often", "0 minutes", "day at 25:00", "monday", "1.5 hours"):
        with pytest.raises(ValueError, match="is not a recurrence; expected such as"):
            schedule("test.tidy", chores.nothing, every=text)
    schedule("test.tidy", chores.nothing, every="1 hour")
    with pytest.raises(ValueError, match=r"already allting\.kernel\.tests\.chores\.nothing"):
        schedule("test.tidy", chores.refuse, every="1 hour")


def test_finished_work_is_removed_after_a_week_and_dead_work_stays() -> None:
    with clock_at(NOON):
        chores.nothing.enqueue()
        chores.refuse.enqueue()
        work_off()
    with clock_at(NOON + timedelta(days=6)):
        assert housekeeping.prune.func() == 0
    with clock_at(NOON + timedelta(days=8)):
        assert housekeeping.prune.func() == 1
    assert counts()["dead"] == 1


# ---- speed that does not fade


def test_finished_work_does_not_slow_the_questions_asked_of_the_table() -> None:
    looks = [
        Job.objects.filter(READY),
        Job.objects.filter(WAITING, due_at__lte=now()),
        Job.objects.filter(WAITING).order_by("due_at"),
    ]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # so few rows are read faster without an index
            cursor.execute("SET enable_seqscan = off")
        plans = [look[:1].explain() for look in looks]
        if connection.vendor == "postgresql":
            cursor.execute("SET enable_seqscan = on")
    for plan, index in zip(plans, ("jobs_to_take", "jobs_to_wake", "jobs_to_wake"), strict=True):
        assert index in plan
