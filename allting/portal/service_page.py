"""A service as a product: what its page says to everyone. Drawn once per edition and language."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from allting.cases.api import (
    NOT_ALWAYS,
    PROCESS,
    Measured,
    send_at,
    takes_questions,
    usual_way,
)
from allting.catalogue.api import (
    FAQ,
    PAGE,
    Service,
    board,
    contact_of,
    costs,
    evidence,
    given_by,
    life_event,
    service,
    services,
    topics,
)
from allting.forms.api import apply_at
from allting.packages.api import Edition, Text
from allting.portal.costs import cost_lines
from allting.portal.few_questions import NOTHING, Field, fields
from allting.portal.for_you import Asker, for_anyone
from allting.portal.law import law_links
from allting.portal.nearby import places_context
from allting.portal.needs import needs_of
from allting.portal.structured import structured
from allting.portal.times import taken_in_words
from allting.portal.ways import open_in_words, ways_of
from allting.portal.words import hours_in_words
from allting.ui.api import translator, url


def service_context(
    edition: Edition, language: str, id: str, at: datetime, taken: Measured | None = None
) -> dict[str, Any]:
    """All that the page of a service says to everyone; `taken` is what its cases have taken."""
    it = service(edition, id)
    contact = contact_of(edition, it.board)
    time = it.processing_time
    return {
        "id": id,
        "structured": structured(edition, language, id),
        "service": it,
        "page": edition.definition.markdown(PAGE, id, None, language),
        "board": board(edition, it.board) if it.board else None,
        "done_by": it.done_by,
        "contact": contact,
        "hours": hours_in_words(contact.hours, language),
        "open_now": open_in_words(contact.hours, at, language),
        "conditions": it.conditions,
        "questions": _first_questions(edition, language, id, at.date()),
        "errors": {},
        "known": False,
        "needs": needs_of(edition, language, id),
        "held": {},
        "gives": [evidence(edition)[each] for each in it.produces],
        "costs": cost_lines(edition, language, costs(edition, id, {}, at.date())),
        "taken": taken_in_words(taken, language),
        "legal": time.legal.words(language) if time and time.legal else "",
        "typical": time.typical.words(language) if time and time.typical else "",
        "time_laws": law_links(edition, language, time.law if time else ()),
        "dates": [each for each in it.dates if each.on >= at.date()],
        "ways": ways_of(edition, language, it, at),
        **places_context(edition, language, id),
        "asked_before": asked_before(edition, language, id),
        "takes_questions": bool(takes_questions(edition)),
        "starts_here": starts_here(it),
        "begin": begin_at(language, id, it),
        "then": then(edition, language, id),
        "stations": stations(edition, language, id),
        "events": [(each, life_event(edition, each)) for each in it.life_events],
        "topic": next((g.topic for g in topics(edition) if id in g.services), None),
        "laws": law_links(edition, language, it.law),
        "law_lines": [
            (says, law_links(edition, language, references))
            for says, references in (
                *((each.says, each.law) for each in it.conditions),
                *((each.title, each.law) for each in it.costs),
            )
            if references
        ],
    }


def _first_questions(edition: Edition, language: str, id: str, day: date) -> list[Field]:
    """What is asked of a reader of whom nothing is known."""
    missing = for_anyone(Asker(edition, language, id, day), {}).missing
    return fields(edition, language, id, missing, NOTHING)


def asked_before(edition: Edition, language: str, id: str) -> list[dict[str, Any]]:
    """Questions that others have asked, with the municipality's answers in Markdown."""
    found = edition.definition.find(FAQ, id)
    return [
        {"id": it.id, "question": it.question, "spoken": spoken, "answer": answer}
        for it in (found.questions if found else ())
        for spoken, answer in (it.answer.pick(language),)
    ]


def then(edition: Edition, language: str, id: str) -> list[dict[str, Any]]:
    """What happens when someone has applied: the usual way of a case."""
    process = edition.definition.find(PROCESS, id)
    if process is None:
        return []
    return [
        {
            "title": it.stage.title,
            "text": it.stage.says,
            "state": "next",
            "date": None if it.always else translator(language)(NOT_ALWAYS),
        }
        for it in usual_way(process)
    ]


def starts_here(it: Service) -> bool:
    """Whether the service can be applied for on these pages."""
    here = any(each.kind == "e-service" and not each.web for each in it.channels)
    return here and it.status == "active" and it.done_by is None


def begin_at(language: str, id: str, it: Service) -> str:
    """Where one begins: without signing in, where that is not needed."""
    return send_at(language, id) if it.open_to_all else apply_at(language, id)


def service_url(language: str, id: str) -> str:
    """The address of a service's page."""
    return url(language, "portal:service", id=id)


def stations(edition: Edition, language: str, id: str) -> list[dict[str, Any]]:
    """The path that this service is a station of; empty when it stands alone."""
    before = list(_before(edition, language, id, {id}))
    after = [station(edition, language, it) for it in _after(edition, id)]
    if not before and not after:
        return []
    here = {"title": service(edition, id).title, "state": "now"}
    return [*before, here, *after]


def _before(edition: Edition, language: str, id: str, seen: set[str]) -> Iterator[dict[str, Any]]:
    """What must be had first, the first step first, each once."""
    for asked in service(edition, id).requires:
        kind = evidence(edition)[asked.evidence]
        if kind.held_as:
            continue
        if kind.issued_by and kind.issued_by.authority:
            yield _elsewhere(kind.title, kind.issued_by.authority, kind.issued_by.web)
        for giver in given_by(edition)[kind.id]:
            if giver not in seen:
                seen.add(giver)
                yield from _before(edition, language, giver, seen)
                yield station(edition, language, giver)


def _elsewhere(title: Text, authority: Text, web: str | None) -> dict[str, Any]:
    return {"title": title, "state": "next", "text": authority, "href": web}


def station(edition: Edition, language: str, id: str) -> dict[str, Any]:
    """A service as a station; one of others says who does it."""
    it = service(edition, id)
    who = {"text": it.done_by.authority} if it.done_by else {}
    return {"title": it.title, "state": "next", "href": service_url(language, id), **who}


def _after(edition: Edition, id: str) -> list[str]:
    produced = set(service(edition, id).produces)
    return [
        other
        for other, it in services(edition).items()
        if other != id and produced & {each.evidence for each in it.requires}
    ]
