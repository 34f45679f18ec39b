"""One case at the desk: everything that is needed to handle it, on one page."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from allting.cases.api import (
    DECIDE,
    PROPOSE,
    TAKE,
    Asker,
    Opened,
    asker_of,
    button_of,
    case_for_employee,
    done_of,
    due_of,
    file_response,
    judgement,
    law_of,
    letter_in,
    letter_response,
    stations_of,
    supplement_file,
    taken_in,
)
from allting.catalogue.api import organisation
from allting.forms.api import answers_for_reading, attachment, download
from allting.identity.api import Actor, Request, employee, who
from allting.kernel.api import SWEDEN, today
from allting.notifications.api import deliveries_about, delivery_in_words
from allting.offers.api import situation_title
from allting.register.api import Errand, PersonCard, people_cards
from allting.ui.api import Translator, later, plain, render, translator
from allting.ui.api import date as in_words
from allting.workplace.judged import judged
from allting.workplace.places import place_in

# access keys: the browser asks for a modifier, which differs from one to another
KEYS = {"take": "t", "ask-for-supplement": "a", "propose": "p", "send-back": "s", "decide": "d",
        "note": "n"}  # fmt: skip
FIRST = (DECIDE, TAKE, PROPOSE)
CAME = {
    "paper": later("Came on paper"),
    "phone": later("Came by phone"),
    "visit": later("Came in person"),
}


@require_safe
@employee()
def case(request: Request, number: str) -> HttpResponse:
    """The page of one case."""
    actor = who(request)
    opened = case_for_employee(actor, number)
    return render(request, "workplace/case.html", page_of(request, actor, opened))


def page_of(request: Request, actor: Actor, opened: Opened) -> dict[str, Any]:
    """Everything on the page."""
    language, day = request.language, today()
    speak = translator(language)
    people = people_in(actor, opened)
    decision, proposal = opened.decision, opened.proposal
    held = opened.case
    return {
        "case": held,
        "service": opened.service,
        "stage": opened.process.stage(held.stage),
        "stations": stations_of(opened, language),
        "due": due_of(opened, day),
        "applicant": people[held.applicant],
        "taken_in": _taken_in(opened, speak),
        "offered": situation_title(opened.edition, held.service, held.offer, language),
        "place": place_in(opened, language),
        "subject": people[held.subject] if held.subject != held.applicant else None,
        "mine": held.handler == actor.account,
        "moves": list(_moves(opened, speak, mine=held.handler == actor.account)),
        "tasks": list(_tasks(opened, language)),
        "conditions": list(judged(actor, opened, speak, day)),
        "answers": _answers(opened, people, language),
        "supplements": opened.supplements,
        "proposal": judgement(opened, proposal, speak) if proposal and not decision else None,
        "decision": judgement(opened, decision, speak) if decision else None,
        "letters": opened.letters,
        "told": [(it, delivery_in_words(it, language)) for it in deliveries_about(held.number)],
        "history": list(_history(opened, speak)),
    }


def _taken_in(opened: Opened, speak: Translator) -> str:
    """How it came, where an employee has entered it."""
    it = taken_in(opened.submission)
    if it is None:
        return ""
    how = speak(CAME[it.channel])
    return speak("{how} on {day}, entered by {name}").format(
        how=how, day=in_words(speak.language, it.on), name=it.by
    )


def people_in(actor: Actor, opened: Opened) -> dict[UUID, PersonCard]:
    """The applicant and whom it concerns; the access log says that they were read."""
    held = opened.case
    asker = asker_of(held)
    if asker is not None:
        return {asker.id: _card_of(asker, opened.edition.definition.languages[0])}
    errand = Errand(held.board, held.number)
    return people_cards(actor, [held.applicant, held.subject], purpose="case", errand=errand)


def _card_of(asker: Asker, language: str) -> PersonCard:
    """Somebody who has not signed in: only what they told."""
    name = translator(language)(later("Somebody who has not signed in"))
    card = PersonCard(asker.id, name, name, "", "", date.min, protected=False, withheld=False)
    return replace(card, email=asker.email or None, phone=asker.phone or None)


def _moves(opened: Opened, speak: Translator, *, mine: bool) -> Iterator[dict[str, Any]]:
    undone = {task.kind for task in opened.tasks if task.done_at is None}
    # a case that somebody has is taken over, but not from oneself
    moves = [move for move in opened.moves if not (mine and move.do == TAKE and not move.to)]
    # what one came for stands first: to decide what can be decided, else to go on
    onward = {move.do for move in moves if move.do != TAKE or move.to}
    first = next((do for do in FIRST if do in onward), "")
    for move in sorted(moves, key=lambda move: move.do != first):
        waits = [t for t in opened.process.tasks if t.id in undone and move.do in t.before]
        yield {
            "do": move.do,
            "title": button_of(move, speak),
            "first": move.do == first,
            "at_once": move.do == TAKE,
            "waits": [task.title for task in waits],
            "key": KEYS.get(move.do),
        }


def _tasks(opened: Opened, language: str) -> Iterator[dict[str, Any]]:
    for task in opened.tasks:
        kind = opened.process.task(task.kind)
        yield {
            "id": task.kind,
            "title": kind.title,
            "says": kind.says,
            "law": law_of(opened.edition, kind.law),
            "done_at": task.done_at,
            "done_by": task.done_by,
            "mine": kind.who in opened.parts and opened.case.open,
        }


def _answers(opened: Opened, people: dict[UUID, PersonCard], language: str) -> Any:
    sent = opened.submission
    if sent is None:
        return ()
    return answers_for_reading(
        opened.edition,
        opened.case.service,
        sent.answers,
        language,
        known=sent.known,
        people={str(id): card.name for id, card in people.items()},
        as_of=opened.case.received_at.astimezone(SWEDEN).date(),
    )


def _history(opened: Opened, speak: Translator) -> Iterator[dict[str, Any]]:
    """What has been done, the latest first."""
    roles = {role.id: role.name for role in organisation(opened.edition).roles}
    for event in reversed(opened.events):
        part = plain(roles[event.part], speak.language).lower() if event.part in roles else ""
        name = event.name or (speak(later("automatically")) if event.part == "system" else "")
        yield {
            "when": event.at,
            "who": f"{name}, {part}" if name and part else name or None,
            "what": done_of(opened.process, event.move, speak),
            "text": event.text or None,
        }


@require_safe
@employee()
def letter(request: Request, number: str, letter: UUID) -> HttpResponseBase:
    """A letter as a document."""
    found = letter_in(case_for_employee(who(request), number), letter)
    if found is None or not found.digest:
        raise Http404
    return letter_response(found)


@require_safe
@employee()
def sent_file(request: Request, number: str, file: int) -> HttpResponseBase:
    """A file that came with an answer."""
    found = supplement_file(case_for_employee(who(request), number), file)
    if found is None:
        raise Http404
    return file_response(found)


@require_safe
@employee()
def submitted_file(request: Request, number: str, file: UUID) -> HttpResponseBase:
    """A file that came with the application."""
    opened = case_for_employee(who(request), number)
    found = attachment(file)
    if found is None or opened.submission is None or found.draft_id != opened.submission.draft_id:
        raise Http404
    return download(found)
