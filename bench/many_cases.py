"""Open cases by the hundred thousand, put in by the database itself."""

import sys
import time
from datetime import timedelta

BATCH = 50_000
DAYS = 150  # how far apart the first and the last due day lie
SERVICE, BOARD = "preschool-place", "education"

_INSERT = """
    WITH RECURSIVE
        n(i) AS (SELECT CAST({first} AS bigint) UNION ALL SELECT i + 1 FROM n WHERE i < {last}),
        people(k, id) AS (
            SELECT row_number() OVER (ORDER BY id) - 1, id FROM register_person
            WHERE protection = 'none'
        ),
        days(k, due) AS (VALUES {days}),
        stages(k, stage, waits_for, handled) AS (VALUES {stages})
    INSERT INTO cases_case (number, edition, service, board, applicant, subject, language,
        submission, stage, version, waits_for, received_at, due, clocks, handler, handler_name,
        open, to_decide, offer)
    SELECT {number}, {edition}, '{service}', '{board}', people.id, people.id, 'sv',
        {submission}, stages.stage, 1, stages.waits_for, {received}, {due}, '{{}}',
        CASE WHEN handled = 1 THEN {handler} END, CASE WHEN handled = 1 THEN 'Anna' ELSE '' END,
        {true}, stages.stage = 'proposed', ''
    FROM n
    JOIN people ON people.k = n.i % (SELECT count(*) FROM people)
    JOIN days ON days.k = n.i * 7919 % {span}
    JOIN stages ON stages.k = n.i % 4
"""
_STAGES = (  # how the work of a board is spread
    ("received", "administrator", 0),
    ("investigation", "administrator", 1),
    ("waiting", "applicant", 1),
    ("proposed", "decision-maker", 1),
)


def fill(upto: int, handler: str) -> None:
    """Let there be `upto` open cases of one board; `handler` is the account of its caseworker."""
    from django.db import connection

    from allting.kernel.api import write

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_case WHERE board = %s", [BOARD])
        there = int(cursor.fetchone()[0])
    began = time.monotonic()
    for first in range(there + 1, upto + 1, BATCH):
        last = min(first + BATCH - 1, upto)
        with write(), connection.cursor() as cursor:
            cursor.execute(_sql(first, last, handler))
        print(
            f"\r    {last:,} of {upto:,} cases, {time.monotonic() - began:.0f} s",
            end="\n" if last == upto else "",
            file=sys.stderr,
            flush=True,
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_case")


def settle() -> None:
    """Let PostgreSQL do now what it would do in its own time, in the midst of the measuring."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE cases_case")
            cursor.execute("CHECKPOINT")


def _sql(first: int, last: int, handler: str) -> str:
    from django.db import connection

    from allting.kernel.api import today
    from allting.packages.api import current

    start = today() - timedelta(days=10)
    days = ", ".join(f"({k}, '{start + timedelta(days=k)}')" for k in range(DAYS))
    stages = ", ".join(f"({k}, '{a}', '{b}', {c})" for k, (a, b, c) in enumerate(_STAGES))
    return _INSERT.format(
        first=first,
        last=last,
        days=days,
        stages=stages,
        span=DAYS,
        edition=current().id,
        service=SERVICE,
        board=BOARD,
        **(_postgres(handler) if connection.vendor == "postgresql" else _sqlite(handler)),
    )


def _postgres(handler: str) -> dict[str, str]:
    return {
        "number": "'MANY-2026-' || lpad(n.i::text, 7, '0')",
        "submission": "lpad(to_hex(n.i), 32, '0')::uuid",
        "received": "now()",
        "due": "days.due::date",
        "handler": f"'{handler}'::uuid",
        "true": "true",
    }


def _sqlite(handler: str) -> dict[str, str]:
    return {
        "number": "printf('MANY-2026-%07d', n.i)",
        "submission": "printf('%032x', n.i)",
        "received": "datetime('now')",
        "due": "days.due",
        "handler": f"'{handler.replace('-', '')}'",
        "true": "1",
    }
