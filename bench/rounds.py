"""A round of places for a whole city: `python -m bench.rounds`, on both databases.

100,000 children who have applied for places at 3,000 units, through all that a real round goes
through: who waits is gathered from open cases and the register, the round is settled with every
family's explanation stored, worked out otherwise (what if), and read: the desk's pages of the
round, and a family's. Times are of the processor, beside those of the clock; statements and memory
are counted. It takes some minutes, so it is no part of `make bench`; `--children 10000 --units 300`
shows in one how it grows.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

ROOT = Path(__file__).resolve().parent.parent
SERVICE = "preschool-place"
DAY, START = date(2026, 11, 2), date(2027, 8, 16)
APPLIED = datetime(2026, 10, 1, 8, tzinfo=UTC)
WISHES = 5
BATCH = 5_000


@dataclass
class Table:
    """What was measured, a line for each step."""

    kind: str
    lines: list[str] = field(default_factory=list)

    @contextmanager
    def line(self, name: str) -> Iterator[None]:
        """Measure what is inside."""
        from django.db import connection

        asked = _Counted()
        processor, clock = time.process_time(), time.perf_counter()
        with connection.execute_wrapper(asked):
            yield
        used = time.process_time() - processor
        print(
            f"| {self.kind} | {name} | {used:.2f} | {time.perf_counter() - clock:.2f} |"
            f" {asked.number:,} | {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:,} |",
            flush=True,
        )


class _Counted:
    number = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.number += 1
        return execute(sql, params, many, context)


# ---- the city


def package(folder: Path, units: int, children: int, chance: Random) -> Path:
    """Solvik with other preschools: a place for all but some."""
    import json

    shutil.copytree(ROOT / "packages", folder / "packages")
    places = [children // units] * units
    listed = [
        {
            "id": f"unit-{n}",
            "name": f"Förskola {n}",
            "capacity": max(1, places[n] + chance.randint(-places[n] // 2, places[n] // 2) - 1),
            "position": {
                "lat": round(58.0 + chance.random() * 0.4, 5),
                "lon": round(16.0 + chance.random() * 0.8, 5),
            },
        }
        for n in range(units)
    ]
    listed.append({"id": "solrosen", "name": "Solrosen", "capacity": 0})  # of Solvik's examples
    # JSON is YAML too
    (folder / "packages/solvik/units/preschools.yaml").write_text(json.dumps({"units": listed}))
    return folder / "packages/solvik"


def people(number: int, chance: Random) -> list[UUID]:
    """As many children with a guardian each; the children's ids."""
    from allting.kernel.api import new_id, write
    from allting.register.bulk import insert
    from allting.register.generator.load import PERSON
    from allting.register.models import Guardianship, Household, Membership, Person

    children, guardians = [new_id() for _ in range(number)], [new_id() for _ in range(number)]
    homes = [new_id() for _ in range((number + 1) // 2)]  # two children in each
    born = [date(2022 + chance.randrange(4), 1 + chance.randrange(12), 5) for _ in children]
    at = [(58.0 + chance.random() * 0.4, 16.0 + chance.random() * 0.8) for _ in homes]
    with write():
        insert(
            Person,
            PERSON,
            [
                _person(i, n, b, at[n // 2])
                for n, (i, b) in enumerate(zip(children, born, strict=True))
            ],
        )
        insert(
            Person,
            PERSON,
            [_person(i, n + number, date(1990, 1, 1), at[n // 2]) for n, i in enumerate(guardians)],
        )
        insert(Household, ("id",), [(home,) for home in homes])
        lives = [
            (who, homes[n % number // 2], date(2021, 1, 1), None)
            for n, who in enumerate([*children, *guardians])
        ]
        insert(Membership, ("person", "household", "since", "until"), lives)
        guards = [
            (child, guardian, day, day.replace(year=day.year + 18))
            for child, guardian, day in zip(children, guardians, born, strict=True)
        ]
        insert(Guardianship, ("child", "guardian", "since", "until"), guards)
    return children  # fmt: skip


def _person(id: UUID, n: int, born: date, at: tuple[float, float]) -> tuple[object, ...]:
    protection, name = "mark" if n % 1000 == 7 else "none", ("Någon", "Provsson")
    home = ("Storgatan 1", "999 01", "Solvik", "2599")
    days = (date(2021, 1, 1), None, None)
    number = f"{n:012d}"
    return (id, number, *name, born, "f", "unmarried", *home, protection, "", "", "sv", *days, *at)


def applied(children: list[UUID], units: int, edition: int, chance: Random) -> None:
    """An open case for each, with wishes: a few units are wanted by many."""
    from allting.cases.models import Case
    from allting.forms.models import Submission
    from allting.kernel.api import new_id, write

    for at in range(0, len(children), BATCH):
        some = children[at : at + BATCH]
        told = [
            Submission(
                id=new_id(), source=f"bench:{at + n}", service=SERVICE, edition=edition,
                applicant=child, subject=child, language="sv", submitted_at=APPLIED,
                answers={"wishes": _wishes(chance, units), "start": START.isoformat()},
            )
            for n, child in enumerate(some)
        ]  # fmt: skip
        cases = [
            Case(
                number=f"BUN-2026-{at + n + 1:06d}", edition=edition, service=SERVICE,
                board="education", applicant=child, subject=child, language="sv",
                submission=told[n].id, stage="received", received_at=APPLIED, due=START,
            )
            for n, child in enumerate(some)
        ]  # fmt: skip
        with write():
            Submission.objects.bulk_create(told, batch_size=500)
            Case.objects.bulk_create(cases, batch_size=500)


def _wishes(chance: Random, units: int) -> list[str]:
    wanted = {int(units * chance.random() ** 2) for _ in range(WISHES)}
    return [f"unit-{n}" for n in wanted]


# ---- what is measured


def measure(children: int, units: int) -> int:
    """On the database of ALLTING_DATABASE."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from allting.kernel.api import clock_at
    from allting.packages.api import publish

    chance, table = Random(1), Table(connection.vendor)
    call_command("migrate", verbosity=0)
    print(f"\n{connection.vendor}: {children:,} children, {units:,} units\n")
    print("| database | what | processor, s | clock, s | statements | memory so far, MB |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="allting-rounds-") as folder:
        made = package(Path(folder), units, children, chance)
        with table.line("the package checked and published"):
            edition = publish(made, by="bench", why="rounds")
    applied(people(children, chance), units, edition.id, chance)
    _analyse()
    with clock_at(datetime(2026, 11, 2, 8, tzinfo=UTC)):
        return 0 if _round(table) else 1


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _round(table: Table) -> bool:
    from allting.placements.api import Changes, open_round, settle, what_if
    from allting.placements.models import Place

    with table.line("the round opened: gathered and written down"):
        id = open_round(service=SERVICE, start=START, by=None, as_of=DAY, seed="bench")
    with table.line("what if: a unit closed, thirty places more"):
        compared = what_if(id, Changes(frozenset({"unit-1"}), {"unit-2": 30}), by=None)
    with table.line("settled, explanations and seats stored"):
        round = settle(id, by=None)
    with table.line("settled again: nothing to do"):
        again = settle(id, by=None)
    with table.line("what if, of a settled round"):
        what_if(id, Changes(frozenset({"unit-1"})), by=None)
    _pages(table, id)
    placed = Place.objects.filter(round=id).exclude(unit="").count()
    first = Place.objects.filter(round=id, rank=0).count()
    print(f"\n{placed:,} placed, {first:,} by their first wish; {compared.worse:,} worse off if")
    return round.digest == again.digest and placed > 0


def _pages(table: Table, id: UUID) -> None:
    """Each page once to warm what is kept, and once to measure."""
    from allting.identity.testing import signed_in_client
    from allting.placements.models import Place
    from allting.register.models import Guardianship, Person

    place = Place.objects.filter(round=id).exclude(unit="").order_by("-id")[0]
    guardian = Guardianship.objects.get(child=place.subject).guardian
    clerk = Person.objects.exclude(id=guardian.id).filter(birth_date=date(1990, 1, 1))[0]
    roles = (("administrator", "education"), ("decision-maker", "education"))
    desk = signed_in_client(clerk.identity_number, "Anna", person=clerk.id, roles=roles)[0]
    home = signed_in_client(guardian.identity_number, "Maja", person=guardian.id)[0]
    base = f"/sv/desk/rounds/{id}/"
    after = Place.objects.filter(round=id).order_by("id").values_list("id")[50_000:50_001]
    last = f"&after={after[0][0]}" if after else ""
    for name, visitor, address in (
        ("the list of rounds", desk, "/sv/desk/rounds/"),
        ("the desk's page of the round", desk, base),
        ("its last page of units", desk, f"{base}?page=74"),
        ("its children", desk, f"{base}children/"),
        ("its children, far on", desk, f"{base}children/?unit={last}"),
        ("the children of a unit", desk, f"{base}children/?unit={place.unit}"),
        ("a family's page", home, f"/sv/my/places/{place.id}/"),
    ):
        _page(table, name, partial(visitor.get, address))


def _page(table: Table, name: str, get: Callable[[], Any]) -> None:
    assert get().status_code == 200, name
    with table.line(name):
        get()


def main() -> int:
    """Both databases, one after the other."""
    asked = argparse.ArgumentParser(prog="python -m bench.rounds", description=__doc__)
    asked.add_argument("--children", type=int, default=100_000)
    asked.add_argument("--units", type=int, default=3_000)
    asked.add_argument("--on", default="sqlite,postgres", help="sqlite, postgres or both")
    asked.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.here:
        return measure(given.children, given.units)
    return max(_on(kind, given) for kind in given.on.split(","))


def _on(kind: str, given: argparse.Namespace) -> int:
    from tests.postgres import postgres

    with (
        tempfile.TemporaryDirectory(prefix="allting-rounds-") as folder,
        postgres(durable=True) if kind == "postgres" else nullcontext("") as address,
    ):
        here = {
            "ALLTING_DATABASE": address or f"{folder}/rounds.sqlite3",
            "ALLTING_HOME": folder,
            "ALLTING_LOG_LEVEL": "ERROR",
        }
        size = ["--children", str(given.children), "--units", str(given.units)]
        command = [sys.executable, "-m", "bench.rounds", "--here", *size]
        return subprocess.run(command, cwd=ROOT, env={**os.environ, **here}).returncode


if __name__ == "__main__":
    sys.exit(main())
