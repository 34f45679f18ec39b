"""What a page of the queue reads: as much as it shows, however many cases are open.

Counted, not timed: rows visited on PostgreSQL, steps of the database's machine on SQLite. Most
cases are due on one day and of one service, as when everyone applies at once; a few are of a stage
and of a service that come last, where a walk along another filter's index would pass all others.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from allting.cases.api import MOST, PAGE, VIEWS, Filters, Place, counts, queue
from allting.cases.models import Case
from allting.cases.tests.people import MORNING, People
from allting.identity.api import Actor
from allting.kernel.api import clock_at
from allting.register.testing import actor, person
from bench.many_cases import fill

CASES = 12_000
RARE = 40
TODAY = MORNING.date()
CROWDED = TODAY - timedelta(days=1)  # a day on which half of all cases are due
LAST = date(2031, 1, 1)
STEPS = 9_000  # SQLite's work for a page, in four walks; passing by the crowded day takes 35,000
ROWS = 4 * PAGE  # on PostgreSQL
SERVICE = "preschool-place"
NARROWED = (
    ("", ""),
    (SERVICE, ""),
    ("childcare-fee", ""),
    (SERVICE, "proposed"),
    (SERVICE, "rare"),
)
BY = tuple(
    Filters(service=service, stage=stage, view=view)
    for service, stage in NARROWED
    for view in ("", *VIEWS)
)

KNOWN = {  # of the values in columns: SQLite is told nothing, for in service nobody asks it to look
    "sqlite": ("DELETE FROM sqlite_stat1", "ANALYZE sqlite_schema"),
    "postgresql": ("ANALYZE cases_case",),
}


def number(n: int) -> str:
    """The number of the nth case."""
    return f"MANY-2026-{n:07d}"


@pytest.fixture
def worker(cast: People) -> Iterator[Actor]:
    """Someone who works and decides, and has taken most of the cases."""
    roles = [(role, "education") for role in ("administrator", "decision-maker")]
    someone = actor(person("Eva", date(1970, 1, 1)), *roles)
    with clock_at(MORNING):
        fill(CASES, str(someone.account))
        Case.objects.filter(number__lte=number(CASES // 2)).update(due=CROWDED)
        few = Case.objects.filter(number__gt=number(CASES - 2 * RARE))
        few.update(due=LAST, service="childcare-fee")
        few.filter(number__gt=number(CASES - RARE)).update(service=SERVICE, stage="rare")
        with connection.cursor() as cursor:
            for words in KNOWN[connection.vendor]:
                cursor.execute(words)
        yield someone


def places() -> list[tuple[Place | None, Place | None]]:
    """After and before what: the top; in the middle of the crowded day and outside of it."""
    middle = Case.objects.filter(due=CROWDED).order_by("id")[CASES // 4].id
    found = [Place(CROWDED, middle), Place(TODAY - timedelta(days=5), middle), Place(TODAY, 0)]
    return [(None, None), *((place, None) for place in found), *((None, place) for place in found)]


def statement(asked: CaptureQueriesContext) -> str:
    """The one about cases; beside it may be one that looks for a newer edition."""
    return next(str(q["sql"]) for q in asked.captured_queries if "cases_case" in q["sql"])


def too_much(sql: str, rows: int = ROWS) -> str:
    """How much more than a page, or than `rows`, the statement reads; nothing if it does not."""
    embedded = connection.vendor == "sqlite"
    read, plan = on_sqlite(sql) if embedded else on_postgres(sql)
    most = STEPS if embedded else rows
    held = read <= most and "SCAN cases_case" not in plan and "Seq Scan" not in plan
    return "" if held else f"{read} > {most}: {plan}"


def on_sqlite(sql: str) -> tuple[int, str]:
    """Steps of SQLite's machine, and the plan."""
    steps = []
    with connection.cursor() as cursor:
        connection.connection.set_progress_handler(lambda: steps.append(1), 1)
        cursor.execute(sql)
        cursor.fetchall()
        connection.connection.set_progress_handler(None, 1)
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return len(steps), "; ".join(str(row[3]) for row in cursor.fetchall())


def on_postgres(sql: str) -> tuple[int, str]:
    """Rows that PostgreSQL visited, and the plan."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
        told = cursor.fetchone()[0]
    nodes = list(scans((json.loads(told) if isinstance(told, str) else told)[0]["Plan"]))
    visited = sum(
        (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
        for node in nodes
    )
    plan = "; ".join(f"{node['Node Type']} {node.get('Index Name', '')}" for node in nodes)
    return int(visited), plan


def scans(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The parts of a plan that read the table or an index."""
    if "Relation Name" in node or "Index Name" in node:
        yield node
    for inner in node.get("Plans", ()):
        yield from scans(inner)


def test_a_page_reads_what_it_shows(worker: Actor) -> None:
    wrong = {}
    for filters in BY:
        for after, before in places():
            with CaptureQueriesContext(connection) as asked:
                queue(worker, filters, as_of=TODAY, after=after, before=before)
            wrong[str(filters), str((after, before))] = too_much(statement(asked))
    assert {case: why for case, why in wrong.items() if why} == {}


def test_the_counts_read_no_further_than_they_count(worker: Actor) -> None:
    with CaptureQueriesContext(connection) as asked:
        found = counts(worker, as_of=TODAY)
    assert set(found.values()) == {MOST}
    assert too_much(statement(asked), rows=MOST * len(found)) == ""


def test_a_place_outside_the_days_of_a_view(worker: Actor) -> None:
    late = Case.objects.filter(due__lt=TODAY).count()
    assert late > PAGE
    ahead = queue(worker, Filters(view="overdue"), as_of=TODAY, after=Place(LAST, 1))
    assert not ahead.rows
    back = queue(worker, Filters(view="overdue"), as_of=TODAY, before=Place(LAST, 1), limit=late)
    assert len(back.rows) == late and back.before is None
    soon = queue(worker, Filters(view="soon"), as_of=TODAY, after=Place(date.min, 1))
    assert soon.rows[0].due == TODAY
