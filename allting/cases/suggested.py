"""Questions that whoever answers them has marked as worth an answer on the service's page.

The mark is a move of the process: `suggest-for-the-page`. Who asked is nobody's business here, and
what a protected person has written stays with the named handler.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from allting.cases.models import CaseEvent, Decision
from allting.cases.questions import QUESTION
from allting.cases.receive import ABOUT
from allting.forms.api import submissions
from allting.register.api import shielded

MARK = "suggest-for-the-page"
MOST = 50


@dataclass(frozen=True, slots=True)
class Suggested:
    """A marked question, with its answer if there is one by now."""

    mark: int
    service: str  # that it is about
    language: str
    question: str
    answer: str
    at: datetime
    by: str


def suggested(boards: Collection[str], *, without: Collection[int] = ()) -> list[Suggested]:
    """Those of the boards, the latest first, each question once."""
    marks = CaseEvent.objects.filter(move=MARK, case__board__in=list(boards))
    marks = marks.exclude(id__in=list(without)).select_related("case").order_by("-id")[:MOST]
    found = {mark.case_id: mark for mark in reversed(marks)}
    hidden = shielded({mark.case.applicant.hex for mark in found.values()})
    sent = submissions(mark.case.submission for mark in found.values())
    answers = dict(Decision.objects.filter(case__in=found).values_list("case", "reason"))
    return [
        Suggested(
            mark.id,
            str((sent[mark.case.submission].context or {}).get(ABOUT, "")),
            mark.case.language,
            str(sent[mark.case.submission].answers.get(QUESTION, "")),
            answers.get(mark.case_id, ""),
            mark.at,
            mark.name,
        )
        for mark in sorted(found.values(), key=lambda one: -one.id)
        if mark.case.applicant.hex not in hidden and mark.case.submission in sent
    ]
