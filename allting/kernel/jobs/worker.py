"""A worker: threads that do jobs, and one that minds time (leases, waiting jobs, schedules)."""

import logging
import os
import socket
import threading
import time
from datetime import datetime, timedelta
from multiprocessing.util import Finalize

from django.db import DatabaseError, connection

from allting.kernel.clock import now
from allting.kernel.ids import new_id
from allting.kernel.jobs import schedules, table
from allting.kernel.jobs.bell import Bell, time_is_set, work_is_ready
from allting.kernel.jobs.courtesy import door
from allting.kernel.jobs.perform import perform
from allting.kernel.jobs.table import Taken

log = logging.getLogger(__name__)
PAUSE_AFTER_FAULT = 2.0
PATIENCE_OF_WEB = 10.0


class Worker:
    """Does background work until it is stopped.

    Work enqueued in this process is begun at once; that of other processes within `poll` seconds.
    A job is held for `lease` seconds at a time, so that long after a kill another takes it up.
    """

    def __init__(self, *, threads: int = 2, poll: float = 1.0, lease: float = 30.0) -> None:
        self.name = f"{socket.gethostname()[:60]}/{os.getpid()}/{new_id().hex[-6:]}"
        self._poll = poll
        self._lease = timedelta(seconds=lease)
        self._stopping = threading.Event()
        self._held: dict[int, Taken] = {}
        self._threads = [
            threading.Thread(target=self._work, name=f"work-{n}", daemon=True)
            for n in range(threads)
        ]
        self._minder = threading.Thread(target=self._mind, name="work-minder", daemon=True)

    def start(self) -> "Worker":
        """Begin, in threads of this process."""
        for thread in [*self._threads, self._minder]:
            thread.start()
        return self

    def stop(self, patience: float = 20.0) -> bool:
        """Finish what is in hand and take nothing new; False if it took longer than `patience`."""
        self._stopping.set()
        give_up = time.monotonic() + patience
        work_is_ready.ring()
        for thread in self._threads:
            thread.join(max(0, give_up - time.monotonic()))
        time_is_set.ring()  # the minder renews leases until the last job is done
        self._minder.join(max(0, give_up - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    # ---- the threads that work

    def _work(self) -> None:
        me = threading.get_ident()
        while not self._stopping.is_set():
            mark = work_is_ready.heard()
            try:
                job = table.take(self.name, self._lease) if table.anything_ready() else None
                while job is not None:
                    self._held[me] = job
                    door.after_you()
                    job = perform(job, self._lease, lambda: not self._stopping.is_set())
                    self._held.pop(me, None)
            except Exception:
                self._recover()
                continue
            finally:
                self._held.pop(me, None)
            work_is_ready.wait(mark, self._poll)
        connection.close()

    # ---- the thread that minds time

    def _mind(self) -> None:
        written_down = False
        while any(thread.is_alive() for thread in self._threads):
            mark = time_is_set.heard()
            try:
                if not written_down:
                    schedules.write_down()
                    written_down = True
                self._look_at_the_clock()
                pause = self._until_next()
            except Exception:
                self._recover()
                continue
            time_is_set.wait(mark, pause)
        connection.close()

    def _look_at_the_clock(self) -> None:
        table.renew(list(self._held.values()), self._lease)
        if self._stopping.is_set():
            return
        if table.wake_due():
            work_is_ready.ring()
        schedules.enqueue_due()

    def _until_next(self) -> float:
        dues = [table.next_due(), schedules.next_occurrence()]
        soon = min((_seconds_to(due) for due in dues if due), default=self._poll)
        return max(0.01, min(soon, self._poll, self._lease.total_seconds() / 3))

    def _recover(self) -> None:
        """The database may be away for a while: wait, and begin again with a fresh connection."""
        log.exception("background work was interrupted; trying again")
        try:
            connection.close_if_unusable_or_obsolete()
        except DatabaseError:
            connection.close()
        self._stopping.wait(PAUSE_AFTER_FAULT)


def _seconds_to(moment: datetime) -> float:
    return (moment - now()).total_seconds()


def work_off() -> int:
    """Do, in this thread and now, all that is ready or due; how many attempts were made.

    For tests and for `allting work --once`. Failed work waits for its next time as always.
    """
    me = f"here/{os.getpid()}/{new_id().hex[-6:]}"
    lease = timedelta(minutes=10)
    table.wake_due()
    job = table.take(me, lease)
    attempts = 0
    while job is not None:
        attempts += 1
        job = perform(job, lease, lambda: True)
    return attempts


_embedded: list[Worker] = []


def start_embedded_worker(*, threads: int = 2) -> Worker:
    """The worker inside a web process: started once, stopped when the process ends."""
    if not _embedded:
        worker = Worker(threads=threads, poll=5).start()  # our own requests wake it at once
        _embedded.append(worker)
        # not atexit: a web server's worker is a child of multiprocessing, which passes atexit by
        Finalize(None, worker.stop, args=(PATIENCE_OF_WEB,), exitpriority=10)
    return _embedded[0]


__all__ = ["Bell", "Worker", "start_embedded_worker", "work_off"]
