"""Facts about the people of a case, for an employee on that case's errand."""

from collections.abc import Collection
from datetime import date
from typing import Any

from allting.cases.api import Opened, brought, values_in
from allting.identity.api import Actor
from allting.register.api import Errand


def known_values(
    actor: Actor, opened: Opened, names: Collection[str], as_of: date
) -> dict[str, Any]:
    """Values for the case's conditions: parameters, answers, and the register's facts `names`."""
    held = opened.case
    return values_in(
        actor,
        opened.edition,
        service=held.service,
        errand=Errand(held.board, held.number),
        applicant=held.applicant,
        subject=held.subject,
        answers=opened.submission.answers if opened.submission else {},
        names=names,
        as_of=as_of,
        purpose="case",
        context=brought(opened.edition, held.service, opened.submission),
    )
