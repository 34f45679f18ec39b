"""A case found by what somebody has at hand when the telephone rings: its number, or whose it is.

Also cases that are closed, which no queue holds. What may not be opened is not found either, so
that nobody can tell it from what is not there.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from allting.cases import access, guards
from allting.cases.models import Case
from allting.cases.processes import process_of
from allting.cases.queries import case_for_employee
from allting.catalogue.api import service
from allting.identity.api import Actor
from allting.packages.api import edition
from allting.register.api import find_person, names_for_lists

MOST_FOUND = 50
_NUMBER = re.compile(r"([^\W\d_]+)[\s\-–]*(\d{4})[\s\-–]+(\d{1,6})")


@dataclass(frozen=True, slots=True)
class FoundCase:
    """A case of somebody's, as it stands."""

    number: str
    title: Any
    stage: Any
    received_at: datetime
    open: bool
    handler_name: str
    whom: str


def number_in(written: str) -> str | None:
    """The number of a case as somebody writes it, or None if it is none.

    >>> number_in(" bun 2026-123 "), number_in("BUN-2026-000123"), number_in("19850113-9995")
    ('BUN-2026-000123', 'BUN-2026-000123', None)
    """
    found = _NUMBER.fullmatch(written.strip())
    return f"{found[1].upper()}-{found[2]}-{int(found[3]):06d}" if found else None


def case_numbered(actor: Actor, number: str) -> str | None:
    """The number, if there is such a case and the actor may open it."""
    try:
        return case_for_employee(actor, number).case.number
    except PermissionDenied:
        return None


def cases_of_person(actor: Actor, number: str) -> tuple[FoundCase, ...]:
    """The cases that somebody has applied for or that concern them, the latest first.

    `number`: twelve digits. Only those that the actor may open; each name read is logged.
    """
    person = find_person(number)
    if person is None:
        return ()
    which = Q(applicant=person.person) | Q(subject=person.person)
    cases = Case.objects.filter(which, board__in=actor.boards()).order_by("-id")[:MOST_FOUND]
    return tuple(_told(_open_to(actor, cases), actor))


def _open_to(actor: Actor, cases: Iterable[Case]) -> Iterator[Case]:
    """Those that are the actor's by role, and neither about themselves nor their child."""
    own: dict[UUID, bool] = {}
    for case in cases:
        matter = guards.matter_of(case, process_of(case.edition, case.service))
        if not access.roles_in(actor, matter):
            continue
        if case.subject not in own:
            own[case.subject] = guards.concerns_own_child(actor, case)
        if not own[case.subject]:
            yield case


def _told(cases: Iterable[Case], actor: Actor) -> Iterator[FoundCase]:
    """As they are shown; where anyone in a case is protected, to the named handler alone."""
    held = list(cases)
    of_board: dict[str, set[str]] = defaultdict(set)
    for case in held:
        of_board[case.board] |= {case.subject.hex, case.applicant.hex}
    names = {
        board: names_for_lists(actor, dict.fromkeys(people, board), purpose="search")
        for board, people in of_board.items()
    }
    for case in held:
        known = [names[case.board].get(it.hex) for it in (case.subject, case.applicant)]
        if any(it is not None and it.name is None for it in known):
            continue
        yield FoundCase(
            number=case.number,
            title=service(edition(case.edition), case.service).title,
            stage=process_of(case.edition, case.service).stage(case.stage).title,
            received_at=case.received_at,
            open=case.open,
            handler_name=case.handler_name,
            whom=(known[0].name if known[0] else None) or "–",
        )
