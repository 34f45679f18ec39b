"""Home, the list of services and the life events: what they say to everyone."""

from collections.abc import Mapping
from typing import Any

from allting.catalogue.api import (
    Service,
    audiences,
    contact_of,
    given_by,
    life_event,
    life_events,
    organisation,
    service,
    services,
    services_of,
    topics,
)
from allting.packages.api import Edition
from allting.portal.service_page import service_url
from allting.portal.words import hours_in_words
from allting.ui.api import plain

ON_HOME = 6
LONGEST_EXAMPLE = 8


def home_context(edition: Edition, language: str, wanted: tuple[str, ...]) -> dict[str, Any]:
    """The home page; `wanted` are the services that others look at most, if that is known."""
    known = open_services(edition)
    chosen = [id for id in wanted if id in known][:ON_HOME]
    return {
        "events": list(life_events(edition).items()),
        "services": [(id, known[id]) for id in chosen] or _by_name(known, language)[:ON_HOME],
        "by_others": bool(chosen),
        "examples": _search_examples(known, language),
        "title": organisation(edition).name,
    }


def list_context(edition: Edition, language: str) -> dict[str, Any]:
    """Every service, by topic and from A to Z."""
    known = open_services(edition)
    groups = [(g.topic, _by_name(_only(known, g.services), language)) for g in topics(edition)]
    return {
        "groups": [(topic, found) for topic, found in groups if found],
        "letters": _letters(_by_name(known, language), language),
        "events": list(life_events(edition).items()),
    }


def audience_context(edition: Edition, language: str) -> dict[str, Any]:
    """Every service, by whom it is for."""
    known = open_services(edition)
    groups = (
        (it.audience, _by_name(_only(known, it.services), language)) for it in audiences(edition)
    )
    return {"groups": [(those, found) for those, found in groups if found]}


def board_context(edition: Edition, language: str) -> dict[str, Any]:
    """Every service, by the board that answers for it, and those that others do."""
    found = _by_name(open_services(edition), language)
    boards = [
        {
            "it": board,
            "services": [(id, it) for id, it in found if it.board == board.id],
            "contact": contact_of(edition, board.id),
            "hours": hours_in_words(contact_of(edition, board.id).hours, language),
        }
        for board in organisation(edition).boards
    ]
    return {
        "boards": [board for board in boards if board["services"]],
        "others": [(id, it) for id, it in found if it.done_by],
    }


def event_context(edition: Edition, language: str, id: str) -> dict[str, Any]:
    """A life event: its services as a path, in an order that can be walked."""
    event = life_event(edition, id)
    known = open_services(edition)
    steps = walkable(edition, tuple(it for it in services_of(edition, id) if it in known))
    return {
        "id": id,
        "event": event,
        "stations": [
            {
                "title": known[it].title,
                "text": known[it].summary,
                "state": "next",
                "href": service_url(language, it),
            }
            for it in steps
        ],
        "others": [it for it in life_events(edition).items() if it[0] != id],
        "contacts": _contacts(edition, language, steps),
    }


def open_services(edition: Edition) -> dict[str, Service]:
    """Services that are shown: closed ones are not."""
    return edition.memo(
        "portal.open",
        lambda: {id: it for id, it in services(edition).items() if it.status != "closed"},
    )


def about_context(edition: Edition, language: str) -> dict[str, Any]:
    """Who stands behind the pages."""
    town = organisation(edition)
    return {
        "town": town,
        "hours": hours_in_words(town.contact.hours, language),
        "version": edition.definition.version,
        "published": edition.published_at,
    }


def walkable(edition: Edition, ids: tuple[str, ...]) -> list[str]:
    """The services in their own order, but none before one that gives what it asks for."""
    found: list[str] = []
    waiting = list(ids)
    while waiting:
        # a checked package has no circles, so one of those that wait is always ready
        ready = next((it for it in waiting if not _needs_one_of(edition, it, waiting)), waiting[0])
        waiting.remove(ready)
        found.append(ready)
    return found


def _needs_one_of(edition: Edition, id: str, others: list[str]) -> bool:
    givers = {
        giver
        for need in service(edition, id).requires
        for giver in given_by(edition).get(need.evidence, ())
    }
    return any(other in givers for other in others if other != id)


def _contacts(edition: Edition, language: str, ids: list[str]) -> list[dict[str, Any]]:
    boards = dict.fromkeys(service(edition, id).board for id in ids if service(edition, id).board)
    names = {it.id: it.name for it in organisation(edition).boards}
    found = ((board, contact_of(edition, board)) for board in boards)
    return [
        {"name": names[board], "contact": it, "hours": hours_in_words(it.hours, language)}
        for board, it in found
    ]


def _only(known: Mapping[str, Service], ids: tuple[str, ...]) -> dict[str, Service]:
    return {id: known[id] for id in ids if id in known}


def _by_name(known: Mapping[str, Service], language: str) -> list[tuple[str, Service]]:
    return sorted(known.items(), key=lambda item: alphabetical(plain(item[1].title, language)))


def _letters(
    found: list[tuple[str, Service]], language: str
) -> list[tuple[str, list[tuple[str, Service]]]]:
    groups: dict[str, list[tuple[str, Service]]] = {}
    for id, it in found:
        groups.setdefault(plain(it.title, language)[:1].upper(), []).append((id, it))
    return list(groups.items())


def _search_examples(known: Mapping[str, Service], language: str) -> list[str]:
    """Words that people use, one each from a few services, short enough for the search box."""
    words = (
        next((word for word in it.keywords.get(language, ()) if len(word) <= LONGEST_EXAMPLE), "")
        for it in known.values()
    )
    return [word for word in words if word][:3]


def alphabetical(text: str) -> tuple[int, ...]:
    """Swedish order: å, ä and ö come after z.

    >>> sorted(["Öppen förskola", "Ansökan", "Äldre", "Zon", "Ålder"], key=alphabetical)
    ['Ansökan', 'Zon', 'Ålder', 'Äldre', 'Öppen förskola']
    """
    order = {"å": 0x7B, "ä": 0x7C, "ö": 0x7D}
    return tuple(order.get(letter, ord(letter)) for letter in text.lower())
