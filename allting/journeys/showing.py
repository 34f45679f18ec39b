"""A plan's drawing in words and numbers, as its template draws it."""

from datetime import date
from typing import Any

from allting.journeys.drawing import Drawing, Row, drawing
from allting.journeys.parts import Plan
from allting.journeys.telling import Teller, anchor
from allting.ui.api import later, short_date, translator

EXPLAINED = (
    ("deciding", later("Decides when all is done")),
    ("sure", later("Another step")),
    ("underway", later("Under way")),
    ("done", later("Done")),
    ("maybe", later("May be needed")),
    ("unknown", later("How long is not known")),
    ("waits", later("The step below waits")),
    ("latest", later("Last day to begin")),
    ("late", later("Days that are missing")),
)
MIDDLE = 50.0  # beyond it words stand before what they name, so that none are cut


def shown(made: Plan, teller: Teller, language: str) -> dict[str, Any] | None:
    """All that the template needs; None where there is nothing to draw."""
    found = drawing(made)
    if found is None:
        return None
    _, days = translator(language), _Days(language, made.as_of)
    return {
        "first": teller.day(found.first),
        "last": teller.day(found.last),
        "ticks": [(days.tick(day), at) for day, at in found.ticks],
        "flags": _flags(found, made, language),
        "rows": [_row(row, made, teller, language, days) for row in found.rows],
        "explained": [(kind, _(said)) for kind, said in EXPLAINED if kind in found.kinds],
    }


class _Days:
    """Days in few letters; the year only where it is another."""

    def __init__(self, language: str, as_of: date) -> None:
        self._language, self._as_of = language, as_of

    def tick(self, day: date) -> str:
        return str(day.year) if (day.month, day.day) == (1, 1) else self.few(day, year=False)

    def few(self, day: date, *, year: bool = True) -> str:
        few = short_date(self._language, day)
        return f"{few} {day.year}" if year and day.year != self._as_of.year else few

    def between(self, first: date, last: date) -> str:
        return f"{self.few(first, year=first.year != last.year)}–{self.few(last)}"


def _flags(found: Drawing, made: Plan, language: str) -> list[dict[str, Any]]:
    """Today, and the day of the event: each on a line of its own, for they may be the same."""
    _, days = translator(language), _Days(language, made.as_of)
    flags = [("today", _("Today"), found.today)]
    if made.event and found.event is not None:
        flags.append(("event", _("Your day, {day}", day=days.few(made.event)), found.event))
    return [{"kind": kind, "said": said, "at": at, "end": at > MIDDLE} for kind, said, at in flags]


def _row(row: Row, made: Plan, teller: Teller, language: str, days: _Days) -> dict[str, Any]:
    return {
        "it": row,
        "title": teller.title(row.step.id),
        "href": f"#{anchor(row.step.id)}",
        "when": _when(row, made, language, days),
    }


def _when(row: Row, made: Plan, language: str, days: _Days) -> list[str]:
    """The days of a step in a few words; the list says more."""
    _, step = translator(language), row.step
    if step.state == "done" or step.earliest is None or step.ready is None:
        return [_("Done")]
    if step.state == "underway":
        ready = _("Under way, ready {day}", day=days.few(step.ready))
        return [ready if step.length_known else _("Under way")]
    lasts = row.length_known and step.earliest != step.ready
    said = days.between(step.earliest, step.ready)
    parts = [said if lasts else _("From {day}", day=days.few(step.earliest))]
    if step.state == "maybe":
        parts.insert(0, _("May be needed"))
    if row.late_days:
        parts.append(_.plural("{n} day too late", "{n} days too late", row.late_days))
    elif step.latest:
        parts.append(_("begin by {day}", day=days.few(step.latest)))
    return parts
