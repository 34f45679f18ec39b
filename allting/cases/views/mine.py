"""The applicant's own case: where it is, what we ask, what was decided."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from allting.cases import showing
from allting.cases.definitions import SUPPLEMENT, WITHDRAW
from allting.cases.queries import (
    Opened,
    case_for_applicant,
    letter_in,
    number_of,
    supplement_file,
)
from allting.cases.rules import may_ask_for_decision
from allting.cases.taking_in import taken_in
from allting.cases.views.common import file_response, letter_response
from allting.cases.words import button_of
from allting.catalogue.api import board, contact_of
from allting.forms.api import AnswerRow, answers_for_reading, attachment, download
from allting.identity.api import Request, resident, who
from allting.kernel.api import SWEDEN, today
from allting.register.api import people_cards
from allting.ui.api import render, translator


@require_safe
@resident
def case(request: Request, number: str) -> HttpResponse:
    """The page of one case."""
    opened = case_for_applicant(who(request), number)
    return render(request, "cases/case.html", _page(request, opened))


def _page(request: Request, opened: Opened) -> dict[str, Any]:
    language, day = request.language, today()
    speak = translator(language)
    decision = opened.decision
    moves = {move.do: move for move in opened.moves}
    received = opened.case.received_at.astimezone(SWEDEN).date()
    return {
        "case": opened.case,
        "service": opened.service,
        "stage": opened.process.stage(opened.case.stage),
        "mine": bool(opened.parts),
        "thanks": "answered" in request.GET,
        "name": _whom(request, opened),
        "stations": showing.stations_of(opened, language),
        "due": showing.due_of(opened, day),
        "late": may_ask_for_decision(received, day, opened.case.open),
        "question": opened.question if SUPPLEMENT in moves else None,
        "withdraw": button_of(moves[WITHDRAW], speak) if WITHDRAW in moves else "",
        "decision": showing.judgement(opened, decision, speak) if decision else None,
        "appeal": showing.appeal_of(opened) if decision else None,
        "board": board(opened.edition, opened.case.board),
        "contact": contact_of(opened.edition, opened.case.board),
        **(_private(request, opened) if opened.parts else _NOT_SHOWN),
    }


_NOT_SHOWN: dict[str, Any] = {"letters": [], "answered": [], "answers": [], "taken_in": None}


def _private(request: Request, opened: Opened) -> dict[str, Any]:
    """What is between the applicant and the municipality: the other guardian does not see it."""
    sent = opened.submission
    answers: tuple[AnswerRow, ...] = ()
    if sent is not None:
        people = {str(opened.case.subject): _whom(request, opened)}
        answers = answers_for_reading(
            opened.edition,
            opened.case.service,
            sent.answers,
            request.language,
            known=sent.known,
            people=people,
            as_of=opened.case.received_at.astimezone(SWEDEN).date(),
        )
    return {
        "letters": list(reversed(opened.letters)),
        "answered": [s for s in opened.supplements if s.answered_at is not None],
        "answers": answers,
        "taken_in": taken_in(sent),
    }


def _whom(request: Request, opened: Opened) -> str:
    """The name of whom the case concerns, where that is not the reader."""
    if opened.case.subject == opened.case.applicant:
        return ""
    id = opened.case.subject
    return people_cards(who(request), [id], purpose="own case")[id].name


@require_safe
@resident
def letter(request: Request, number: str, letter: UUID) -> HttpResponseBase:
    """A letter as a document."""
    opened = _own(request, number)
    found = letter_in(opened, letter)
    if found is None or not found.digest:
        raise Http404
    return letter_response(found)


@require_safe
@resident
def sent_file(request: Request, number: str, file: int) -> HttpResponseBase:
    """A file that came with an answer."""
    found = supplement_file(_own(request, number), file)
    if found is None:
        raise Http404
    return file_response(found)


@require_safe
@resident
def submitted_file(request: Request, number: str, file: UUID) -> HttpResponseBase:
    """A file that came with the application."""
    opened = _own(request, number)
    found = attachment(file)
    if found is None or opened.submission is None or found.draft_id != opened.submission.draft_id:
        raise Http404
    return download(found)


def _own(request: Request, number: str) -> Opened:
    opened = case_for_applicant(who(request), number)
    if not opened.parts:
        raise Http404  # the other guardian follows the case, and has no letters in it
    return opened


@require_safe
@resident
def submitted(request: Request, submission: UUID) -> HttpResponse:
    """The receipt: it has come in, this is its number, and this happens now."""
    number = number_of(who(request), submission)
    if number is None:
        raise Http404
    opened = case_for_applicant(who(request), number)
    context = _page(request, opened)
    return render(request, "cases/submitted.html", context)
