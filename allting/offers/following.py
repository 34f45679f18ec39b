"""Following the register: who has changed is looked at again, and nobody else."""

from datetime import date
from uuid import UUID

from allting.kernel.api import write
from allting.offers.ending import withdraw_fallen
from allting.offers.models import Follow
from allting.offers.running import make_for, runnable
from allting.packages.api import current
from allting.placements.api import leave_all
from allting.register.api import changed_since, latest_mark, reachable, touched

AT_A_TIME = 2_000


def follow(today: date) -> int:
    """Withdraw what fell and make what is found by itself, for those whose facts may have changed
    since last, and free the places of those who have died; how many changes were followed.

    The mark moves when the work is done: cut off in the midst, the same is done again, and comes
    to nothing the second time.
    """
    mark = _mark()
    if mark is None:
        return 0
    done = 0
    while True:
        people, further = changed_since(mark, AT_A_TIME)
        if further == mark:
            return done
        _look_at(frozenset(people), today)
        _move(mark, further)
        done, mark = done + len(people), further


def _look_at(people: frozenset[UUID], today: date) -> None:
    around = touched(people)
    withdraw_fallen(around)
    for gone in set(people) - reachable(people).keys():  # they have died
        leave_all(gone, until=today)
    keys = [key for key, it in runnable(current()).items() if it.situation.found == "daily"]
    if keys:
        make_for(around, keys, as_of=today)


def _mark() -> int | None:
    """Where to go on; None, and the mark set, the first time: what was before is for a run."""
    found = Follow.objects.filter(id=1).values_list("mark", flat=True).first()
    if found is None:
        with write():
            Follow.objects.get_or_create(id=1, defaults={"mark": latest_mark()})
    return found


def _move(before: int, after: int) -> None:
    with write():
        Follow.objects.filter(id=1, mark=before).update(mark=after)
