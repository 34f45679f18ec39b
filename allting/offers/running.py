"""A run: everyone is searched through once, and offers are made slice by slice.

It can be stopped, killed and taken up anywhere: who was found is kept, how far it has come is kept
with the offers of the slice, and an offer is made once whoever makes it.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from allting.identity.api import Actor
from allting.kernel.api import now, record, write
from allting.offers.finding import Hit, find
from allting.offers.making import Came, make
from allting.offers.models import Candidate, Run
from allting.offers.plan import Planned, planned_of
from allting.packages.api import Edition, current, edition

SLICE = 25  # offers in a transaction: others wait to write no longer than that takes
State = Run.State
OVER = (State.DONE, State.STOPPED)


def runnable(held: Edition) -> dict[str, Planned]:
    """The situations that a run may look for; places are offered in rounds, fairly."""
    return {key: one for key, one in planned_of(held).items() if one.situation.place is None}


def start_run(by: Actor | str, keys: Collection[str], *, as_of: date) -> Run:
    """Begin a run of these situations, by background work. Raises KeyError for one unknown."""
    from allting.offers.jobs import go_on

    held = current()
    known = runnable(held)
    wanted = sorted({known[key].key for key in keys})
    name, account = (by, by) if isinstance(by, str) else (by.name, str(by.account))
    with write():
        run = Run.objects.create(
            edition=held.id,
            as_of=as_of,
            situations=wanted,
            by=name,
            started_at=now(),
            changed_at=now(),
        )
        record(account, "offers:run", str(run.id), situations=wanted, as_of=as_of.isoformat())
        go_on.enqueue(run.id)
    return run


def stop_run(actor: Actor, run_id: int) -> None:
    """Stop a run; what it has made stands."""
    with write():
        run = Run.objects.select_for_update().get(id=run_id)
        if run.state not in OVER:
            _become(run, State.STOPPED)
            record(str(actor.account), "offers:stop", str(run.id))


def advance(run_id: int) -> bool:
    """One step of a run: the search, or a slice of offers. False when there is nothing left."""
    run = Run.objects.get(id=run_id)
    if run.state == State.FINDING:
        _search(run)
        return True
    return run.state == State.MAKING and _make_some(run_id)


def _search(run: Run) -> None:
    """Write down who is found. Of two who search at once the first has it."""
    held = edition(run.edition)
    planned = {key: one for key, one in planned_of(held).items() if key in run.situations}
    found = find(planned.values(), as_of=run.as_of)
    hits = [(key, hit) for key, it in found.items() for hit in it.hits]
    with write():
        here = Run.objects.select_for_update().get(id=run.id)
        if here.state != State.FINDING:
            return
        Candidate.objects.bulk_create(
            [_candidate(run, n, key, hit) for n, (key, hit) in enumerate(hits)], batch_size=500
        )
        # protected people are in no list, count or time of the run: their tasks are made with it
        for it in found.values():
            for hit in it.by_hand:
                make(held, it.planned, hit.person, as_of=run.as_of, seen=hit.occasion)
        here.found = len(hits)
        _become(here, State.MAKING)


def _candidate(run: Run, number: int, key: str, hit: Hit) -> Candidate:
    return Candidate(run=run, number=number, key=key, person=hit.person, occasion=hit.occasion)


def _make_some(run_id: int) -> bool:
    with write():
        run = Run.objects.select_for_update().get(id=run_id)
        if run.state != State.MAKING:
            return False
        held = edition(run.edition)
        planned = planned_of(held)
        some = Candidate.objects.filter(run=run, number__gte=run.tried).order_by("number")[:SLICE]
        came: Counter[tuple[str, str]] = Counter()
        for one in some:
            result = make(held, planned[one.key], one.person, as_of=run.as_of, seen=one.occasion)
            # who has got protected data since the search is told of as one who is not in it
            result = Came.NOT_IN_IT if result is Came.BY_HAND else result
            came[one.key, result.value] += 1
            run.tried = one.number + 1
        run.counts = _added(run.counts, came)
        if run.tried >= run.found:
            _finish(run)
            return False
        _become(run, State.MAKING)
    return True


def _added(
    counts: Mapping[str, Mapping[str, int]], came: Mapping[tuple[str, str], int]
) -> dict[str, dict[str, int]]:
    total = {key: dict(values) for key, values in counts.items()}
    for (key, result), number in came.items():
        of_key = total.setdefault(key, {})
        of_key[result] = of_key.get(result, 0) + number
    return total


def _finish(run: Run) -> None:
    """The list of those found has done its work: the offers say what was done and why."""
    _become(run, State.DONE)
    Candidate.objects.filter(run=run).delete()


def _become(run: Run, state: Run.State) -> None:
    run.state, run.changed_at = state, now()
    run.save()


def make_for(people: Collection[UUID], keys: Collection[str], *, as_of: date) -> int:
    """Make offers of these situations to some people who may be in them; how many were made."""
    held = current()
    planned = [one for key, one in runnable(held).items() if key in keys]
    made = 0
    for one in find(planned, as_of=as_of, only=people).values():
        for hit in (*one.by_hand, *one.hits):
            came = make(held, one.planned, hit.person, as_of=as_of, seen=hit.occasion)
            made += came is Came.MADE
    return made
