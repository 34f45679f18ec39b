"""What the benchmark needs in a municipality's database, made inside Django.

`python -m bench.prepare NAME …` with ALLTING_HOME and ALLTING_DATABASE set; the answer is JSON.
"""

import json
import os
import re
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import django

from bench.many_cases import fill, settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
PEOPLE = 30_000
AT_MY_PAGES = 100
QUIETLY = 5  # messages in each inbox

Family = tuple[UUID, str, str, UUID]  # guardian, name, identity number; child


def opened() -> dict[str, Any]:
    """Tables, the package and its people."""
    from config.prepare import prepare

    for step in prepare(Path("packages/solvik"), people=PEOPLE):
        print(f"    {step}", file=sys.stderr, flush=True)
    return {}


def _families(*, youngest: bool) -> list[Family]:
    """Guardians with one child each, of an age for which the form asks the same of everyone.

    The youngest are those of one to two years; the others go to school.
    """
    from allting.kernel.api import today
    from allting.register.models import Guardianship

    day = today()
    born = (day.replace(year=day.year - 2), day.replace(year=day.year - 1))
    if not youngest:
        born = (day.replace(year=day.year - 15), day.replace(year=day.year - 8))
    found = Guardianship.objects.filter(
        child__birth_date__range=born,
        child__municipality_code="2599",
        child__protection="none",
        guardian__protection="none",
        until__gt=day + timedelta(days=1),
    ).order_by("id")
    columns = ("guardian__given_name", "guardian__surname", "guardian__identity_number")
    seen: dict[UUID, Family] = {}
    for id, given, surname, number, child in found.values_list("guardian_id", *columns, "child_id"):
        seen.setdefault(id, (id, f"{given} {surname}", number, child))
    return list(seen.values())


def drafts(address: str, number: str) -> dict[str, Any]:
    """`number` drafts ready to be sent: one filled in at `address`, and copies for other families.

    Gives (cookie, draft, version) of each, and the pages of the form.
    """
    from allting.forms.models import Draft
    from allting.kernel.api import new_id, write

    families = _families(youngest=True)
    template, pages = _filled_in(address, families[0])
    tokens = [_session(person, name, known) for person, name, known, _ in families]
    columns = {f.attname: getattr(template, f.attname) for f in Draft._meta.concrete_fields}
    made: list[Draft] = []
    for n in range(int(number)):
        person, _, _, child = families[n % len(families)]
        answers = {**template.answers, "child": str(child)}
        made.append(Draft(**{**columns, "id": new_id(), "person": person, "answers": answers}))
    with write():
        Draft.objects.bulk_create(made, batch_size=500)
    ready = [[tokens[n % len(tokens)], str(d.id), d.version] for n, d in enumerate(made)]
    return {"ready": ready, "people": len(families), "pages": pages}


def _filled_in(address: str, family: Family) -> tuple[Any, list[str]]:
    """The draft of an application that has come to its last page, and the pages before that."""
    from allting.forms.models import Draft
    from tests.journeys.preschool import answers, to_the_check_page
    from tests.visitor import Visitor

    _, _, number, child = family
    visitor = Visitor(address)
    visitor.sign_in(number)
    check = to_the_check_page(visitor, answers(str(child)))
    draft = check.url.path.split("/")[3]
    pages = re.findall(rf"{draft}/([a-z-]+)/\?back=check", check.text)
    return Draft.objects.get(id=draft), list(dict.fromkeys(pages))


def _session(person: UUID, name: str, number: str) -> str:
    """A cookie of someone who has signed in."""
    from allting.identity.api import ensure_account
    from allting.identity.sessions import open_session
    from allting.identity.testing import LOA3

    account = ensure_account(kind="personal", identifier=number, name=name, person=person)
    return open_session(account, assurance=LOA3)


def residents() -> dict[str, Any]:
    """People with a draft, two cases and some messages each: what my pages show."""
    from allting.notifications.api import send

    people = _families(youngest=False)[:AT_MY_PAGES]
    tokens = [_session(person, name, number) for person, name, number, _ in people]
    _drafts_and_cases(people)
    for person, *_ in people:
        for n in range(QUIETLY):
            send(
                to_person=person,
                kind="case",
                subject=f"Meddelande {n}",
                body_markdown="Hej!",
                language="sv",
                occasion=f"bench/{person}/{n}",
            )
    return {"tokens": tokens}


def _drafts_and_cases(people: list[Family]) -> None:
    from allting.forms.models import Draft
    from allting.kernel.api import new_id, now, today, write
    from allting.packages.api import current

    service, edition, moment = "preschool-place", current().id, now()
    common = {"service": service, "edition": edition, "language": "sv"}
    with write():
        Draft.objects.bulk_create(
            Draft(person=person, created_at=moment, changed_at=moment, **common)
            for person, *_ in people
        )
        for n in range(2):
            _insert_cases(
                [(new_id(), person, child) for person, _, _, child in people],
                f"MY{n}",
                today() + timedelta(days=60 + n),
            )


def _insert_cases(rows: list[tuple[UUID, UUID, UUID]], series: str, due: Any) -> None:
    from allting.cases.models import Case
    from allting.kernel.api import now
    from allting.packages.api import current

    Case.objects.bulk_create(
        Case(
            number=f"{series}-2026-{n:06d}",
            edition=current().id,
            service="preschool-place",
            board="bench",  # of no board: they are in nobody's queue
            applicant=applicant,
            subject=subject,
            language="sv",
            submission=submission,
            stage="received",
            received_at=now(),
            due=due,
        )
        for n, (submission, applicant, subject) in enumerate(rows, 1)
    )


def desk(cases: str) -> dict[str, Any]:
    """`cases` open cases of the education board, and a cookie of an administrator of it."""
    from allting.identity.models import Account, Assignment
    from allting.identity.sessions import open_session
    from allting.identity.testing import LOA3

    held = Assignment.objects.filter(role="administrator", board="education").order_by("id").first()
    if held is None:
        raise LookupError("the demonstration has no administrator of the education board")
    fill(int(cases), str(held.account_id))
    settle()
    return {"token": open_session(Account.objects.get(id=held.account_id), assurance=LOA3)}


def counted() -> dict[str, Any]:
    """What the submissions came to: cases, numbers, and whether the series is without gaps."""
    from allting.cases.models import Case
    from allting.forms.models import Submission
    from allting.kernel.models import Job, NumberSeries

    own = Case.objects.filter(submission__in=Submission.objects.values("id"))
    numbers = sorted(
        int(number.rpartition("-")[2]) for number in own.values_list("number", flat=True)
    )
    series = NumberSeries.objects.filter(series="BUN").values_list("last", flat=True).first() or 0
    return {
        "submissions": Submission.objects.count(),
        "cases": len(numbers),
        "gapless": numbers == list(range(1, series + 1)),
        "waiting": Job.objects.filter(state__in=["ready", "later", "running"]).count(),
        "dead": Job.objects.filter(state="dead").count(),
    }


COMMANDS: dict[str, Callable[..., dict[str, Any]]] = {
    "opened": opened,
    "drafts": drafts,
    "residents": residents,
    "desk": desk,
    "counted": counted,
}


def main(name: str, *arguments: str) -> None:
    """Run one of the commands."""
    django.setup()
    print(json.dumps(COMMANDS[name](*arguments)))


if __name__ == "__main__":
    main(*sys.argv[1:])
