"""Where all of a plan's drawing stands, in hundredths of its width. Pure: no words, no marks.

A row for each step, in the order of the list. Time runs to the right on one scale. A step that
waits is tied to what it waits for by a line: from the end of the giver, straight down to where the
user begins. Rows are as high as their words; so lines are told row by row, as what passes through.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from allting.journeys.parts import Plan, Step

Kind = Literal["done", "underway", "maybe", "deciding", "sure"]
FIRST, LAST = 1.0, 98.0  # where the first and the last day stand: there is room for what marks them
BEYOND = 100.0  # where a line runs out
NARROWEST = 1.5  # a bar of one day in a year is still seen
MOST_TICKS = 6  # as many as have room for their words on a phone
NEAR = 0.25  # how much longer than the rest the scale grows for a last day to begin
LEAST_DAYS = 14  # a plan of a single day is not drawn as if it were long


@dataclass(frozen=True, slots=True)
class Row:
    """A step: its bar, the last day to begin it, and by how much it is too late."""

    step: Step
    kind: Kind
    at: float
    wide: float
    length_known: bool
    latest: float | None = None
    late: float | None = None  # how wide the time is that is missing; it ends where the bar begins
    late_days: int = 0
    flag: bool = False  # the last day to begin has a place
    through: tuple[float, ...] = ()  # lines that come from above
    reaches: tuple[float, ...] = ()  # where the lines that leave it turn down


@dataclass(frozen=True, slots=True)
class Drawing:
    """A plan, drawn: the scale, the marked days, and the rows."""

    first: date
    last: date
    ticks: tuple[tuple[date, float], ...]
    today: float
    event: float | None
    rows: tuple[Row, ...]

    @property
    def kinds(self) -> frozenset[str]:
        """What there is in the drawing, for what explains it."""
        found: set[str] = {row.kind for row in self.rows}
        found |= {"latest" for row in self.rows if row.flag}
        found |= {"late" for row in self.rows if row.late}
        found |= {"waits" for row in self.rows if row.reaches}
        return frozenset(found | {"unknown" for row in self.rows if not row.length_known})


@dataclass(slots=True)
class _Scale:
    """From days to places."""

    first: int
    last: int

    def at(self, day: date) -> float:
        if day.toordinal() > self.last:
            return BEYOND
        wide = LAST - FIRST
        return round(FIRST + wide * (day.toordinal() - self.first) / (self.last - self.first), 2)


def drawing(made: Plan) -> Drawing | None:
    """The drawing of a plan; None where there is nothing to see: one step whose days hold."""
    if len(made.steps) < 2 and not made.clashes:
        return None
    first, last = _ends(made)
    scale = _Scale(first.toordinal(), last.toordinal())
    ties = _ties(made)
    rows = tuple(_row(made, step, scale, ties, n) for n, step in enumerate(made.steps))
    return Drawing(
        first,
        last,
        tuple((day, scale.at(day)) for day in _ticks(first, last)),
        scale.at(made.as_of),
        scale.at(made.event) if made.event else None,
        rows,
    )


def _ends(made: Plan) -> tuple[date, date]:
    """The first and the last day that have a place.

    What is too late reaches back to when it was in time. A last day long after all else is no
    reason to make the rest small: it is said in words, and its line runs out of the drawing.
    """
    latest = [it.latest for it in made.steps if it.latest and _marks_latest(it)]
    done = [it.ready for it in made.steps if it.ready]
    first = min([made.as_of, *latest])
    last = max([made.as_of, *done, *([made.event] if made.event else [])])
    near = last + (last - first) * NEAR
    last = max([last, *(it for it in latest if it <= near)])
    return first, max(last, first + timedelta(LEAST_DAYS))


@dataclass(slots=True)
class _Ties:
    """Lines by row: those that pass or end there, and those that leave."""

    through: dict[int, set[date]] = field(default_factory=dict)
    reaches: dict[int, set[date]] = field(default_factory=dict)


def _ties(made: Plan) -> _Ties:
    rows = {step.id: n for n, step in enumerate(made.steps)}
    ties = _Ties()
    for n, step in enumerate(made.steps):
        for giver in step.waits_for:
            above = rows.get(giver, n)
            # what is certain does not wait for what only may be needed, and such may stand below it
            doubt = made.steps[above].state == "maybe" and step.state != "maybe"
            if above >= n or doubt or step.earliest is None or made.steps[above].earliest is None:
                continue
            ties.reaches.setdefault(above, set()).add(step.earliest)
            for row in range(above + 1, n + 1):
                ties.through.setdefault(row, set()).add(step.earliest)
    return ties


def _row(made: Plan, step: Step, scale: _Scale, ties: _Ties, n: int) -> Row:
    begins = step.earliest or made.as_of
    at = scale.at(begins)
    wide = scale.at(step.ready) - at if step.ready else 0.0
    latest = scale.at(step.latest) if step.latest and _marks_latest(step) else None
    late = max(-(step.slack or 0), 0) if latest is not None else 0
    return Row(
        step,
        _kind(made, step),
        at,
        round(max(wide, NARROWEST), 2),
        step.state == "done" or (step.length_known and wide > 0),
        latest,
        round(at - latest, 2) if late and latest is not None else None,
        late,
        latest is not None and latest < BEYOND,
        tuple(sorted(map(scale.at, ties.through.get(n, ())))),
        tuple(sorted(map(scale.at, ties.reaches.get(n, ())))),
    )


def _marks_latest(step: Step) -> bool:
    return step.state not in ("done", "underway")


def _kind(made: Plan, step: Step) -> Kind:
    if step.state in ("done", "underway", "maybe"):
        return step.state
    return "deciding" if step.id in made.critical else "sure"


def _ticks(first: date, last: date) -> list[date]:
    """The days that the scale names: as many as there is room for."""
    for rule in _RULES:
        found = [day for day in rule(first, last) if first <= day <= last]
        if len(found) <= MOST_TICKS:
            return found
    return []


def _weeks(weeks: int) -> Callable[[date, date], list[date]]:
    def mondays(first: date, last: date) -> list[date]:
        monday = first + timedelta(-first.weekday() % 7)
        return [monday + timedelta(n) for n in range(0, (last - monday).days + 1, 7 * weeks)]

    return mondays


def _months(months: int) -> Callable[[date, date], list[date]]:
    def firsts(first: date, last: date) -> list[date]:
        begin, end = first.year * 12, last.year * 12 + last.month
        return [date(n // 12, n % 12 + 1, 1) for n in range(begin, end, months)]

    return firsts


_RULES = (
    *(_weeks(n) for n in (1, 2)),
    *(_months(n) for n in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)),
)
