"""A few questions of a form asked beside something else: drawn, read, and shown again when wrong.

For whoever says yes to an offer and has one thing to tell. No draft is kept: what was typed stands
in the answer to the request, or nowhere.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import QueryDict
from markupsafe import Markup

from allting.forms.behalf import Behalf, seat
from allting.forms.drawing import Field, drawer
from allting.forms.fields import as_saved, as_typed
from allting.forms.plan import PlannedPage
from allting.forms.reading import Wrong, read_page
from allting.forms.rules import AskedPage
from allting.forms.sitting import Sitting


@dataclass(frozen=True)
class Asked:
    """The questions as they stand: their HTML, the answers read, and what is wrong."""

    fields: Markup
    shown: str  # ids, to be sent back with the answers
    answers: dict[str, Any]
    errors: tuple[dict[str, str], ...]  # href, text: for the error summary
    more: bool  # an answer has led to another question

    @property
    def whole(self) -> bool:
        """Whether all that is asked has been answered."""
        return not self.errors and not self.more


def few_questions(
    behalf: Behalf,
    ids: Collection[str],
    as_of: date,
    posted: QueryDict | None = None,
    *,
    known: bool = True,
) -> Asked:
    """The questions `ids` of the service's form, empty, or as they were answered in `posted`.

    With `known` false nothing is shown of what the register knows: where a link alone leads here.
    """
    sitting, page = _page(behalf, ids, as_of, known)
    if posted is None:
        return _empty(behalf, ids, sitting, page)
    return _read(behalf, sitting, page, posted)


def _empty(behalf: Behalf, ids: Collection[str], sitting: Sitting, page: PlannedPage) -> Asked:
    asked = [q for q in sitting.way.questions if q.id in ids]
    fields = as_saved(sitting, AskedPage(page, tuple(asked)), behalf.language)
    return Asked(_drawn(behalf, fields), " ".join(q.id for q in asked), {}, (), more=False)


def _read(behalf: Behalf, sitting: Sitting, page: PlannedPage, posted: QueryDict) -> Asked:
    shown = posted.get("shown", "").split()
    found = read_page(sitting, page, posted, shown, {}, behalf.language)
    fields = as_typed(sitting, found, behalf.language, {})
    return Asked(
        fields=_drawn(behalf, fields),
        shown=" ".join(planned.id for planned in found.asked),
        answers={id: answer for id, answer in found.answers.items() if answer is not None},
        errors=tuple(_error(sitting, one, behalf.language, len(fields)) for one in found.wrong),
        more=bool(found.revealed),
    )


def _page(
    behalf: Behalf, ids: Collection[str], as_of: date, known: bool
) -> tuple[Sitting, PlannedPage]:
    """The questions as a page of their own, which no form has."""
    sitting = seat(behalf, as_of)
    if not known:
        sitting = _as_a_stranger(sitting, ids)
    questions = tuple(q for id, q in sitting.plan.questions.items() if id in ids)
    first = next(p for p in sitting.plan.pages if p.id == questions[0].page)
    return sitting, PlannedPage(first.page, questions)


def _as_a_stranger(sitting: Sitting, ids: Collection[str]) -> Sitting:
    """The same, without what the register would have answered to these questions."""
    asked = [q.question for id, q in sitting.plan.questions.items() if id in ids]
    held = {question.known_from for question in asked}
    facts = sitting.facts.without(held)
    answers = {id: answer for id, answer in sitting.answers.items() if id not in ids}
    return replace(sitting, facts=facts, draft=replace(sitting.draft, answers=answers))


def _drawn(behalf: Behalf, fields: Sequence[Field]) -> Markup:
    pen = drawer(behalf.edition, behalf.service, behalf.language)
    return Markup("").join(pen.field(field) for field in fields)


def _error(sitting: Sitting, wrong: Wrong, language: str, fields: int) -> dict[str, str]:
    text = wrong.text if fields == 1 else wrong.named(sitting.plan, language)
    return {"href": wrong.href, "text": text}
