"""Checks of `accept`: a yes must be able to answer the service's form, whole."""

from datetime import date
from typing import Any

from allting.conditions.api import ConditionFault, bind, compute
from allting.forms.api import Question, answer_from, answer_type, may_lack
from allting.offers.sheet import Sheet
from allting.packages.api import one_of

_SOME_DAY = date(2026, 6, 15)
NOT_IN_ONE_STEP = ("child", "file")


def check_accept(sheet: Sheet) -> None:
    """Report answers to questions that there are not, and questions left without an answer."""
    if sheet.situation.accept is None:
        return
    form = sheet.form
    if form is None:
        if sheet.service not in sheet.definition.ids("form"):
            sheet.wrong(
                ("accept",),
                "there is nothing to accept: the service has no e-service",
                f"services/{sheet.service}/form.yaml, and a channel of kind e-service",
                "write the form, or take accept away: the offer then informs and leads to the page",
            )
        return
    questions = {question.id: question for question in form.questions}
    _answers(sheet, questions)
    _asks(sheet, questions)
    _all_answered(sheet, questions)


def _answers(sheet: Sheet, questions: dict[str, Question]) -> None:
    accept = sheet.situation.accept
    for id, source in (accept.answers if accept else {}).items():
        place = ("accept", "answers", id)
        if not sheet.exists(place, "question", id, questions):
            continue
        kind = questions[id].kind
        expects = answer_type(kind)
        if expects is None:
            what = f"a question of kind {kind} cannot be answered by an expression"
            mend = "the child is the one whom the offer is about" if kind == "child" else None
            sheet.wrong(place, what, "a question of another kind", mend)
            continue
        sheet.expression(place, source, expects, offer=True)
        _is_an_option(sheet, place, source, questions[id])


def _is_an_option(sheet: Sheet, place: tuple[str, ...], source: str, question: Question) -> None:
    options = [option.id for option in question.options]
    text = source.strip()
    quoted = len(text) > 1 and text[0] == text[-1] == "'" and "'" not in text[1:-1]
    if options and quoted and text[1:-1] not in options:
        what = f"'{text[1:-1]}' is not an option of '{question.id}'"
        sheet.wrong(place, what, one_of(options))


def _asks(sheet: Sheet, questions: dict[str, Question]) -> None:
    accept = sheet.situation.accept
    for n, id in enumerate(accept.asks if accept else ()):
        place = ("accept", "asks", n)
        if not sheet.exists(place, "question", id, questions):
            continue
        if accept and id in accept.answers:
            sheet.wrong(place, f"'{id}' is both answered and asked", "one of the two")
        if questions[id].kind in NOT_IN_ONE_STEP:
            what = f"a question of kind {questions[id].kind} cannot be asked with an offer"
            sheet.wrong(place, what, "questions that are answered in one step")


def _fixed(
    sheet: Sheet, questions: dict[str, Question], id: str, source: str, facts: dict[str, str]
) -> Any:
    """The answer, where it is the same whoever says yes and whenever."""
    expects = answer_type(questions[id].kind) if id in questions else None
    if expects is None or "as_of" in source:
        return None
    try:
        bound = bind(source, sheet.words, expects=expects)
    except ConditionFault:
        return None
    return answer_from(questions[id], compute(bound, facts, as_of=_SOME_DAY).value)


def _all_answered(sheet: Sheet, questions: dict[str, Question]) -> None:
    accept = sheet.situation.accept
    if accept is None:
        return
    facts = {"offer.situation": sheet.situation.id}
    given: dict[str, Any] = dict.fromkeys(accept.asks)
    given |= {id: _fixed(sheet, questions, id, it, facts) for id, it in accept.answers.items()}
    for id, always in may_lack(sheet.definition, sheet.service, given, facts):
        mend = (
            f"add '{id}' to answers or to asks, or write asked_if: offer.situation is null "
            "on the question in form.yaml"
        )
        if always:
            sheet.wrong(("accept",), f"a yes leaves the question '{id}' unanswered", None, mend)
        else:
            sheet.odd(
                ("accept",),
                f"a yes can leave the question '{id}' unanswered; who is asked it is led to the "
                "whole form instead",
                None,
                mend,
            )
