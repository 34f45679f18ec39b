"""What is one's own: drafts, cases, messages. Each list is one query, however long it has grown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from allting.cases.api import CaseRow, case_at, cases_of
from allting.catalogue.api import NotInCatalogue, service
from allting.forms.api import DraftRow, draft_at, drafts_of, goes_on
from allting.identity.api import Actor
from allting.notifications.api import InboxRow, inbox, unread_count
from allting.offers.api import OfferRow, open_offers
from allting.packages.api import NoSuchEdition, Text, edition
from allting.placements.api import place_at, places_of_family
from allting.ui.api import short_date

MESSAGES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """An application that has been begun."""

    title: Text
    href: str
    changed_at: datetime
    goes: date


@dataclass(frozen=True, slots=True)
class OwnCase:
    """A case, with its path as the component draws it."""

    row: CaseRow
    href: str
    stations: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """What a round of places came to for one's child: a page explains it."""

    name: str
    start: date
    href: str


@dataclass(frozen=True, slots=True)
class Mine:
    """What my pages show."""

    offers: list[OfferRow]
    drafts: list[OpenDraft]
    cases: list[OwnCase]
    closed: list[OwnCase]
    messages: tuple[InboxRow, ...]
    unread: int
    places: list[OwnPlace]


def mine(actor: Actor, language: str) -> Mine:
    """Everything that is under way for the actor."""
    cases = [own_case(row, language) for row in cases_of(actor)]
    return Mine(
        open_offers(actor, language),
        list(open_drafts(drafts_of(actor), language)),
        [it for it in cases if it.row.open],
        [it for it in cases if not it.row.open],
        inbox(actor, limit=MESSAGES_SHOWN).rows,
        unread_count(actor),
        [
            OwnPlace(name, it.start, place_at(language, it.id))
            for it, name in places_of_family(actor)
        ],
    )


def own_case(row: CaseRow, language: str) -> OwnCase:
    """A case of one's own, ready to be drawn."""
    drawn = [
        {"title": it.stage.title, "state": it.state, "date": short_date(language, it.since)}
        for it in row.stations
    ]
    return OwnCase(row, case_at(language, row.number), drawn)


def open_drafts(rows: list[DraftRow], language: str) -> Iterator[OpenDraft]:
    """Drafts with the names of their services, as the edition that each follows has them."""
    for row in rows:
        try:
            title = service(edition(row.edition), row.service).title
        except (NoSuchEdition, NotInCatalogue):
            continue  # the service is gone; the draft's own page says so
        yield OpenDraft(title, draft_at(language, row.id), row.changed_at, goes_on(row))


def start_context(language: str, id: str, actor: Actor) -> dict[str, Any]:
    """Where the start button of a service leads: to a draft that is under way, or to a new one."""
    drafts = drafts_of(actor, id)
    return {"draft": draft_at(language, drafts[0].id) if drafts else None, "id": id}
