"""All the ways to have a service, as equals: how, where, and whether somebody is there now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from allting.cases.api import is_holiday
from allting.catalogue.api import (
    Channel,
    Contact,
    Hours,
    Opening,
    Service,
    Unit,
    contact_of,
    opening,
    service,
    units,
)
from allting.forms.api import FORM
from allting.packages.api import Edition
from allting.portal.words import hours_in_words, opening_in_words
from allting.ui.api import later, translator

Moment = tuple[str, date]
KINDS = {
    "e-service": (later("Online"), "monitor-smartphone"),
    "phone": (later("By telephone"), "phone"),
    "visit": (later("Visit us"), "map-pin"),
    "email": (later("By email"), "mail"),
    "paper": (later("On paper"), "file-text"),
}
MOST_PLACES = 60
MANNED = ("phone", "visit")  # ways that somebody must be there for


@dataclass(frozen=True, slots=True)
class Way:
    """One way to have the service. `open_now` and `hours` are empty where nobody need be there."""

    channel: Channel
    title: str
    icon: str
    contact: Contact
    open_now: str
    hours: str


@dataclass(frozen=True, slots=True)
class Spell:
    """A time during which a moment is the same."""

    since: datetime
    until: datetime
    moment: Moment


def ways_of(edition: Edition, language: str, it: Service, at: datetime) -> list[Way]:
    """Every channel of a service, in the order of the package."""
    return [_way(language, each, _contact(edition, it, each), at) for each in it.channels]


def _way(language: str, channel: Channel, contact: Contact, at: datetime) -> Way:
    title, icon = KINDS[channel.kind]
    manned = channel.kind in MANNED
    now = open_in_words(contact.hours, at, language) if manned else ""
    hours = hours_in_words(contact.hours, language) if manned else ""
    if channel.kind == "e-service":
        now = translator(language)(later("Always open"))
    return Way(channel, title, icon, contact, now, hours)


def _contact(edition: Edition, it: Service, channel: Channel) -> Contact:
    return channel.contact or contact_of(edition, it.board)


def places_of(edition: Edition, id: str) -> list[Unit]:
    """Where the service is to be had: the units that its form lets one choose between, if they
    are few enough to read through."""
    form = edition.definition.find(FORM, id)
    kinds = dict.fromkeys(it.units for it in form.questions if it.units) if form else {}
    found = [unit for kind in kinds for unit in units(edition, kind).values()]
    return found if len(found) <= MOST_PLACES else []


def open_in_words(hours: tuple[Hours, ...], at: datetime, language: str) -> str:
    """Whether it is open at the moment, and when that changes; empty without hours."""
    return opening_in_words(_opening(hours, at), language)


_opening = partial(opening, holiday=is_holiday)


def moment_of(edition: Edition, id: str, at: datetime) -> Moment:
    """What a service's page depends on besides edition and language: open or not, and the day."""
    hours = edition.memo(
        f"portal.hours.{id}", lambda: tuple(dict.fromkeys(_hours_of(edition, service(edition, id))))
    )
    known: dict[tuple[tuple[Hours, ...], ...], Spell] = edition.memo("portal.moments", dict)
    held = known.get(hours)
    # kept until it changes: the same is asked for thousands of times
    if held is None or not held.since <= at < held.until:
        held = known[hours] = _spell(hours, at)
    return held.moment


def _hours_of(edition: Edition, it: Service) -> Iterator[tuple[Hours, ...]]:
    yield contact_of(edition, it.board).hours
    for channel in it.channels:
        if channel.contact:
            yield channel.contact.hours


def _spell(several: tuple[tuple[Hours, ...], ...], at: datetime) -> Spell:
    states = [_opening(hours, at) for hours in several]
    midnight = datetime.combine(at.date() + timedelta(days=1), time(), tzinfo=at.tzinfo)
    changes = [state.until for state in states if state and state.until]
    said = " ".join(_said(state) for state in states)
    return Spell(at, min([midnight, *changes]), (said, at.date()))


def _said(state: Opening | None) -> str:
    return f"{state.open} {state.until} {state.in_days} {state.holiday}" if state else ""
