"""Situations found in a database: `python -m bench.searched PEOPLE`, as `allting offers` does.

People from the generator are put into the database; all are searched, with nothing in memory and
then with the city in memory; then 1,000 change, and they and whom that touches are searched, by
what is read of them alone. In ALLTING_HOME, which `bench.situations` makes and takes away.
"""

import random
import resource
import sys
import time
from collections.abc import Callable
from typing import Any, TypeVar
from unittest import mock
from uuid import UUID

import bench.solvik as solvik  # before the rooms
from allting.kernel.api import write
from allting.offers.finding import Found, find
from allting.register.api import changed_since, note_changes, touched
from allting.register.changes import latest_mark
from allting.register.everyone import reading
from allting.register.everyone.raw import Raw
from allting.register.generator.load import load
from allting.register.generator.population import Population, generate
from allting.register.models import Person

T = TypeVar("T")
CHANGED, TOWN, ROUNDS = 1_000, 50_000, 5


def main(size: int) -> None:
    """Fill a database, change some, and tell the times."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    timed(f"{size:,} people made and put into the database", lambda: _fill(size))
    with Counting() as counted:
        whole = timed("everyone searched: read, laid out, found", search)
    print(f"    {_hits(whole):,} found in {len(whole)} situations; {counted.rows:,} rows read")
    for _ in range(2):
        timed("everyone searched again, the city in memory", search)
    _change(size)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"    {peak:,.0f} MB at most, the making of the people included")


def search() -> dict[str, Found]:
    """Everyone, in all situations."""
    return find(solvik.PLANNED.values(), as_of=solvik.ON)


def _change(size: int) -> None:
    mark, step = latest_mark(), max(size // CHANGED, 1)
    every = list(Person.objects.order_by("identity_number").values_list("id", flat=True))
    ids = random.Random(1).sample(every[::step], min(CHANGED, len(every)))
    with write():
        note_changes(ids, "bench")
    near = touched(ids)
    for _ in range(ROUNDS):
        with Counting() as counted:
            timed(f"{len(ids):,} changed people searched", lambda: few(ids))
    print(f"    {counted.rows:,} rows read")
    for _ in range(ROUNDS):
        with Counting() as counted:
            found = timed(
                f"… and all {len(near):,} whom that touches, looked up", lambda: few(_touched(mark))
            )
    print(f"    {_hits(found):,} found; {counted.rows:,} rows read")
    timed("everyone searched, the city in memory following the changes", search)


def few(people: Any) -> dict[str, Found]:
    """These people, in all situations."""
    return find(solvik.PLANNED.values(), as_of=solvik.ON, only=people)


def _touched(mark: int) -> frozenset[UUID]:
    return touched(changed_since(mark)[0])


def _hits(found: dict[str, Found]) -> int:
    return sum(len(it.hits) + len(it.by_hand) for it in found.values())


def _fill(size: int) -> None:
    for town in range(max(size // TOWN, 1)):
        load(_town(town, min(size, TOWN)))


def _town(number: int, size: int) -> Population:
    """Some of the people; there are not test numbers for all, so they are numbered here."""
    made = generate(size, seed=number, municipality=solvik.HERE, city="Solvik", on=solvik.ON)
    made.people = [
        (person[0], f"{number * size + n:012}", *person[2:]) for n, person in enumerate(made.people)
    ]
    return made


class Counting:
    """Counts the rows that are read for columns."""

    def __enter__(self) -> "Counting":
        self.rows = 0
        self._patch = mock.patch.object(reading, "read", side_effect=self._count(reading.read))
        self._patch.start()
        return self

    def _count(self, read: Callable[..., Raw]) -> Callable[..., Raw]:
        def counting(*asked: Any) -> Raw:
            raw = read(*asked)
            self.rows += raw.rows
            return raw

        return counting

    def __exit__(self, *_: object) -> None:
        self._patch.stop()


def timed(what: str, work: Callable[[], T]) -> T:
    """Do it, and tell how long it took."""
    began, spent = time.perf_counter(), time.process_time()
    found = work()
    took, spent = time.perf_counter() - began, time.process_time() - spent
    print(f"{what:62}{took:8.3f} s, {spent:.3f} s of the processor", flush=True)
    return found


if __name__ == "__main__":
    main(int(sys.argv[1]))
