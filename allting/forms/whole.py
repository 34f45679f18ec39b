"""A whole form on one page: for an employee who enters what came on paper, by phone or in person,
and for whoever sends something in without signing in.

The same questions, conditions and checks as for whoever applies online. The child is chosen before;
files lie with the paper. No draft is kept: what was typed stands in the answer to the request.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.http import QueryDict
from markupsafe import Markup

from allting.forms.behalf import Behalf, seat
from allting.forms.drawing import Field, drawer
from allting.forms.fields import as_saved, as_typed
from allting.forms.plan import PlannedPage, plan_of
from allting.forms.reading import Reading, read_page
from allting.forms.rules import AskedPage, to_ask
from allting.forms.sitting import Sitting
from allting.packages.api import Edition, Text

BESIDE = ("child", "file")
REACHED = ("applicant.email", "applicant.phone")  # asked apart of whoever is not known


@dataclass(frozen=True)
class Section:
    """One page of the form, as a part of the whole."""

    id: str
    title: Text
    fields: Markup


@dataclass
class WholeForm:
    """The form as it stands: its parts, the answers read, and what is wrong."""

    sections: list[Section] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)  # ids, to be sent back with the answers
    answers: dict[str, Any] = field(default_factory=dict)
    errors: list[dict[str, str]] = field(default_factory=list)  # href, text
    more: bool = False  # an answer has led to another question

    @property
    def whole(self) -> bool:
        """Whether all that is asked has been answered."""
        return not self.errors and not self.more


def on_paper(edition: Edition, service_id: str) -> frozenset[str]:
    """The questions whose answers are files: they stay with the paper."""
    plan = plan_of(edition, service_id)
    questions = plan.questions.items() if plan else ()
    return frozenset(id for id, it in questions if it.question.kind == "file")


def whole_form(behalf: Behalf, as_of: date, posted: QueryDict | None = None) -> WholeForm:
    """The form with what the register knows, or as it was filled in in `posted`."""
    sitting, found = seat(behalf, as_of), WholeForm()
    seen = posted.get("shown", "").split() if posted is not None else []
    for page in sitting.plan.pages:
        asked = _asked(sitting, page, unknown=behalf.unknown)
        if not asked.questions or not to_ask(page.asked_if, sitting.values, as_of):
            continue
        if posted is None:
            _draw(found, behalf, asked, as_saved(sitting, asked, behalf.language))
            continue
        read = read_page(sitting, asked.page, posted, seen, {}, behalf.language)
        _draw(found, behalf, asked, as_typed(sitting, read, behalf.language, {}))
        _take(found, sitting, read, behalf.language)
        sitting = sitting.answering({**sitting.answers, **read.answers})
    return found


def _asked(sitting: Sitting, page: PlannedPage, *, unknown: bool) -> AskedPage:
    """The questions of a page that are asked here, also those that only its answers lead to."""
    way = {planned.id for planned in sitting.way.questions}
    here = tuple(it for it in page.questions if it.question.kind not in BESIDE)
    if unknown:
        here = tuple(it for it in here if it.question.known_from not in REACHED)
    return AskedPage(replace(page, questions=here), tuple(it for it in here if it.id in way))


def _draw(found: WholeForm, behalf: Behalf, asked: AskedPage, fields: Sequence[Field]) -> None:
    pen = drawer(behalf.edition, behalf.service, behalf.language)
    drawn = Markup("").join(pen.field(it) for it in fields)
    found.sections.append(Section(asked.id, asked.page.page.title, drawn))
    found.shown.extend(it.planned.id for it in fields)


def _take(found: WholeForm, sitting: Sitting, read: Reading, language: str) -> None:
    found.answers |= {id: answer for id, answer in read.answers.items() if answer is not None}
    found.errors += [
        {"href": wrong.href, "text": wrong.named(sitting.plan, language)} for wrong in read.wrong
    ]
    found.more = found.more or bool(read.revealed)
