"""A case laid out for people to read: the same parts for the applicant and at the desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from allting.cases import asked, deadlines
from allting.cases.definitions import Appeal, OutcomeKind
from allting.cases.models import Decision, Proposal
from allting.cases.processes import unit_names
from allting.cases.queries import Opened
from allting.catalogue.api import act
from allting.packages.api import Edition, Law
from allting.ui.api import Translator, later, short_date, translator

Station = Mapping[str, Any]
NOT_ALWAYS = later("Not every case comes here")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision or a proposal in words."""

    title: Any
    granted: bool
    values: tuple[tuple[Any, str], ...]  # label, value
    reason: str
    by: str  # empty: automatically
    at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """By when the municipality is to be ready, and why then."""

    day: date
    says: Any
    law: list[dict[str, Any]]
    days_left: int


def stations_of(opened: Opened, language: str) -> list[Station]:
    """The path, as the component draws it."""
    drawn: list[Station] = []
    for station in opened.stations:
        one: dict[str, Any] = {"title": station.stage.title, "state": station.state}
        if station.since is not None:
            one["date"] = short_date(language, station.since)
        if station.state == "now" and station.stage.says is not None:
            one["text"] = station.stage.says
        if not station.always:
            one["text"] = translator(language)(NOT_ALWAYS)
        drawn.append(one)
    return drawn


def due_of(opened: Opened, as_of: date) -> Due | None:
    """The deadline that presses; None for a closed case, and where the law gives no time."""
    pressing = opened.pressing
    if pressing is None or not opened.case.open:
        return None
    day = deadlines.last_day(pressing, opened.clocks[pressing.id])
    return Due(day, pressing.says, law_of(opened.edition, pressing.law), (day - as_of).days)


def law_of(held: Edition, law: Law) -> list[dict[str, Any]]:
    """References to law with the act behind each, where `law.yaml` knows it."""
    return [{"reference": str(reference), "act": act(held, reference)} for reference in law]


def judgement(opened: Opened, made: Decision | Proposal, speak: Translator) -> Judgement:
    """A decision or proposal in the reader's language."""
    outcome = opened.process.outcome(made.outcome)
    return Judgement(
        title=outcome.title,
        granted=outcome.granted,
        values=values_of(opened, outcome, made.values, speak),
        reason=made.reason,
        by=made.name,
        at=made.at,
    )


def values_of(
    opened: Opened, outcome: OutcomeKind, values: Mapping[str, Any], speak: Translator
) -> tuple[tuple[Any, str], ...]:
    """What a decision states, with its labels."""
    found = []
    for ask in outcome.asks:
        names = unit_names(opened.case.edition, ask.units, speak.language) if ask.units else {}
        value = asked.worded(ask, values.get(ask.id), speak, names)
        if value:
            found.append((ask.label, value))
    return tuple(found)


def appeal_of(opened: Opened) -> dict[str, Any] | None:
    """How to have the decision tested."""
    appeal: Appeal | None = opened.process.appeal
    if appeal is None:
        return None
    return {
        "says": appeal.says,
        "to": appeal.to,
        "within": appeal.within,
        "law": law_of(opened.edition, appeal.law),
    }
