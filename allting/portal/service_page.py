"""A service as a product: what its page says to everyone. Drawn once per edition and language."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from allting.cases.api import PROCESS, usual_way
from allting.catalogue.api import (
    PAGE,
    Channel,
    Contact,
    EvidenceKind,
    Hours,
    Service,
    board,
    contact_of,
    costs,
    evidence,
    given_by,
    life_event,
    opening,
    service,
    services,
    topics,
)
from allting.packages.api import Edition, Text
from allting.portal.costs import cost_lines
from allting.portal.law import law_links
from allting.portal.structured import structured
from allting.portal.words import hours_in_words, opening_in_words
from allting.ui.api import later, url

Moment = tuple[str, date]
WAYS = {
    "e-service": (later("Online"), "monitor-smartphone"),
    "phone": (later("By telephone"), "phone"),
    "visit": (later("Visit us"), "map-pin"),
    "email": (later("By email"), "mail"),
    "paper": (later("On paper"), "file-text"),
}


@dataclass(frozen=True, slots=True)
class Need:
    """Something the service asks for, who gives it, and how long it is good."""

    id: str
    title: Text
    says: Text | None
    optional: bool
    held_as: str | None
    giver: Text | None
    href: str | None
    valid: str


@dataclass(frozen=True, slots=True)
class Way:
    """One way to have the service."""

    channel: Channel
    title: str
    icon: str
    contact: Contact


@dataclass(frozen=True, slots=True)
class Spell:
    """A time during which a moment is the same."""

    since: datetime
    until: datetime
    moment: Moment


def moment_of(edition: Edition, id: str, at: datetime) -> Moment:
    """What a service's page depends on besides edition and language: open or not, and the day."""
    board_id = service(edition, id).board
    known: dict[str, Spell] = edition.memo("portal.moments", dict)
    held = known.get(board_id)
    # kept until it changes: the same is asked for thousands of times
    if held is None or not held.since <= at < held.until:
        held = known[board_id] = _spell(contact_of(edition, board_id).hours, at)
    return held.moment


def _spell(hours: tuple[Hours, ...], at: datetime) -> Spell:
    state = opening(hours, at)
    midnight = datetime.combine(at.date() + timedelta(days=1), time(), tzinfo=at.tzinfo)
    until = min(state.until, midnight) if state and state.until else midnight
    said = f"{state.open} {state.until} {state.in_days}" if state else ""
    return Spell(at, until, (said, at.date()))


def service_context(edition: Edition, language: str, id: str, at: datetime) -> dict[str, Any]:
    """All that the page of a service says to everyone."""
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
        "open_now": opening_in_words(opening(contact.hours, at), language),
        "conditions": it.conditions,
        "needs": [need(edition, language, each.evidence, each) for each in it.requires],
        "gives": [evidence(edition)[each] for each in it.produces],
        "costs": cost_lines(edition, language, costs(edition, id, {}, at.date())),
        "legal": time.legal.words(language) if time and time.legal else "",
        "typical": time.typical.words(language) if time and time.typical else "",
        "time_laws": law_links(edition, language, time.law if time else ()),
        "dates": [each for each in it.dates if each.on >= at.date()],
        "ways": [Way(each, *WAYS[each.kind], each.contact or contact) for each in it.channels],
        "starts_here": starts_here(it),
        "then": then(edition, id),
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


def then(edition: Edition, id: str) -> list[dict[str, Any]]:
    """What happens when someone has applied: the usual way of a case."""
    process = edition.definition.find(PROCESS, id)
    if process is None:
        return []
    return [
        {"title": stage.title, "text": stage.says, "state": "next"} for stage in usual_way(process)
    ]


def starts_here(it: Service) -> bool:
    """Whether the service can be applied for on these pages."""
    here = any(each.kind == "e-service" and not each.web for each in it.channels)
    return here and it.status == "active" and it.done_by is None


def need(edition: Edition, language: str, id: str, asked: Any) -> Need:
    """An evidence that a service asks for, with who gives it."""
    kind: EvidenceKind = evidence(edition)[id]
    giver, href = _giver(edition, language, kind)
    return Need(
        id,
        kind.title,
        asked.says or kind.description,
        asked.optional or asked.needed_if is not None,
        kind.held_as,
        giver,
        href,
        kind.valid_for.words(language) if kind.valid_for else "",
    )


def _giver(edition: Edition, language: str, kind: EvidenceKind) -> tuple[Text | None, str | None]:
    issuer = kind.issued_by
    if issuer and issuer.authority:
        return issuer.authority, issuer.web
    ids = (issuer.service,) if issuer and issuer.service else given_by(edition)[kind.id]
    if not ids:
        return None, None
    return service(edition, ids[0]).title, service_url(language, ids[0])


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
