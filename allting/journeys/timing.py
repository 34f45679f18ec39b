"""The days of a plan: the earliest start of each step, and the latest so that the day holds.

Everything that binds days is one of two kinds: no earlier than (pushed forward from givers to
users) or no later than (pushed back from users to givers). What must still be valid binds the
other way round, so both are repeated until nothing changes: the least days that satisfy all, and
the greatest. Steps that may be needed never move those that are.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from allting.catalogue.api import Offset
from allting.journeys.choosing import Asked, Chosen, Link
from allting.journeys.graph import Graph
from allting.journeys.lengths import Length, done, first_start, latest_start

Kind = Literal[
    "today", "opens", "after", "handed-in", "fresh", "day",
    "closes", "ends", "by", "before", "held",
]  # fmt: skip
CALENDAR = 24  # rounds in which months of different lengths may still settle


class Cause(NamedTuple):
    """Why a step starts no earlier, or no later: by itself, or because of another step."""

    kind: Kind
    step: str
    other: str = ""
    evidence: str = ""


class Expiry(NamedTuple):
    """What must come between giving and using an evidence takes longer than it lives."""

    link: Link
    days: int


@dataclass(slots=True)
class Times:
    """Days by step, as ordinal numbers, with what decided them."""

    start: dict[str, int] = field(default_factory=dict)
    finish: dict[str, int] = field(default_factory=dict)
    latest: dict[str, int] = field(default_factory=dict)
    low: dict[str, Cause] = field(default_factory=dict)
    high: dict[str, Cause] = field(default_factory=dict)
    lengths: dict[str, Length] = field(default_factory=dict)
    expiries: list[Expiry] = field(default_factory=list)


class Timer:
    """Reckons the days of chosen steps."""

    def __init__(self, graph: Graph, asked: Asked, chosen: Chosen) -> None:
        self._graph, self._asked, self._chosen = graph, asked, chosen
        self._today = asked.as_of.toordinal()
        self._goals = frozenset(goal.service for goal in asked.goals)
        self._event = asked.event.toordinal() if asked.event else None
        steps = [*chosen.sure, *chosen.maybe]
        self.order = sorted(steps, key=graph.rank.__getitem__)
        self._into: dict[str, list[Link]] = {}
        self._fresh: list[Link] = []
        self._on_the_day: list[Link] = []
        self._floor: dict[str, tuple[int, Cause]] = {}
        self.times = Times()

    def reckon(self) -> Times:
        """All days."""
        self._sort_links()
        while (over := self._settled()) is not None:
            self.times.expiries.append(over)  # however late it is given, it has expired
            self._fresh.remove(over.link)
        self._doubt_expiries()
        self._own_ceilings()
        for _ in range(len(self._fresh) + CALENDAR):
            self._back()
            if not self._lower_users():
                break
        return self.times

    def _settled(self) -> Expiry | None:
        """Push days forward until nothing changes, or give what never stops changing."""
        self._own_floors()
        for _ in range(len(self._fresh) + CALENDAR):
            self._forward()
            over = self._raise_floors()
            if over is None:
                return None
        return over

    def _doubt_expiries(self) -> None:
        """What was only pushed along by another that expires is not to blame."""
        for it in self.times.expiries[:-1]:
            self._fresh.append(it.link)
            if self._settled() is None:
                self.times.expiries.remove(it)
            else:
                self._fresh.remove(it.link)
        if self.times.expiries:
            self._settled()

    # -- what binds what

    def _sort_links(self) -> None:
        into, asked, lengths = self._into, self._asked, self.times.lengths
        for id in self.order:
            begun = asked.underway.get(id)
            length = self._graph.nodes[id].length
            # what is begun is as long as what is left of it
            lengths[id] = max(done(begun.since, length) - self._today, 0) if begun else length
        for link in self._chosen.links:
            if link.need.at == "event":
                self._on_the_day.append(link)
                continue
            into.setdefault(link.user, []).append(link)
            if link.need.valid is not None:
                self._fresh.append(link)

    def _moves_user(self, link: Link) -> bool:
        """Whether the user waits for the giver: not where only the giver is in doubt."""
        return link.giver in self._chosen.sure or link.user not in self._chosen.sure

    def _moves_giver(self, link: Link) -> bool:
        """Whether the giver must be ready for the user: not where only the user is in doubt."""
        return link.giver not in self._chosen.sure or link.user in self._chosen.sure

    # -- no earlier than

    def _own_floors(self) -> None:
        event = self._asked.event
        for id in self.order:
            opens = self._graph.nodes[id].opens
            self._floor[id] = self._today, Cause("today", id)
            if opens and event and id not in self._asked.underway:
                self._raised(id, opens.day(event).toordinal(), Cause("opens", id))
        for link in self._on_the_day:
            if self._event is not None and link.need.valid is not None and self._moves_giver(link):
                given = first_start(self._event, link.need.valid)
                start = first_start(given, self.times.lengths[link.giver])
                self._raised(link.giver, start, self._cause("day", link.giver, link))

    def _forward(self) -> None:
        times, lengths = self.times, self.times.lengths
        start, finish, low = times.start, times.finish, times.low
        for id in self.order:
            day, why = self._floor[id]
            for link in self._into.get(id, ()):
                if not self._moves_user(link):
                    continue
                given, at = finish[link.giver], link.need.at
                if at == "decision":
                    given = first_start(given, lengths[id])
                if given > day:
                    kind: Kind = "after" if at == "application" else "handed-in"
                    day, why = given, Cause(kind, id, link.giver, link.need.evidence)
            start[id], low[id] = day, why
            finish[id] = done(day, lengths[id])

    def _raise_floors(self) -> Expiry | None:
        """Let what would expire be given later; what is certain is looked at before the rest."""
        found: Expiry | None = None
        finish = self.times.finish
        for link in self._fresh:
            valid = link.need.valid
            if valid is None or not self._moves_giver(link):
                continue
            over = finish[link.user] - done(finish[link.giver], valid)
            if over > 0:
                given = first_start(finish[link.user], valid)
                start = first_start(given, self.times.lengths[link.giver])
                self._raised(link.giver, start, self._cause("fresh", link.giver, link))
                if found is None or link.user in self._chosen.sure:
                    found = Expiry(link, over)
        return found

    def _raised(self, id: str, day: int, why: Cause) -> None:
        if id not in self._asked.underway and day > self._floor[id][0]:
            self._floor[id] = day, why

    # -- no later than

    def _own_ceilings(self) -> None:
        if self._asked.event is not None:
            for id in self.order:
                self._told_by_the_day(id, self._asked.event)
            for link in self._on_the_day:
                if self._moves_giver(link):
                    day = self._asked.event.toordinal()
                    self._ends(link.giver, day, self._cause("day", link.giver, link))
        for it in self._chosen.have:
            until = it.held.until
            if until is not None and it.need.at != "event" and it.user in self.times.start:
                self._ends(it.user, until, Cause("held", it.user, "", it.need.evidence))

    def _told_by_the_day(self, id: str, event: date) -> None:
        """A step's own window, and by when a goal is wanted."""
        node = self._graph.nodes[id]
        if node.closes and id not in self._asked.underway:
            self._lowered(id, node.closes.day(event).toordinal(), Cause("closes", id))
        if node.ends:
            self._ends(id, node.ends.day(event).toordinal(), Cause("ends", id))
        by = self._chosen.by.get(id)
        if by is None and id in self._goals and any(it.at == "event" for it in node.needs):
            by = Offset()
        if by:
            self._ends(id, by.day(event).toordinal(), Cause("by", id))

    def _back(self) -> None:
        latest, lengths, high = self.times.latest, self.times.lengths, self.times.high
        for id in reversed(self.order):
            last = latest.get(id)
            if last is None:
                continue
            for link in self._into.get(id, ()):
                if not self._moves_giver(link):
                    continue
                giver = link.giver
                end = last if link.need.at == "application" else done(last, lengths[id])
                day, known = latest_start(end, lengths[giver]), latest.get(giver)
                if known is None or day < known:
                    latest[giver] = day
                    high[giver] = Cause("before", giver, id, link.need.evidence)

    def _lower_users(self) -> bool:
        """What expires is used before that."""
        changed, latest, lengths = False, self.times.latest, self.times.lengths
        for link in self._fresh:
            last, valid = latest.get(link.giver), link.need.valid
            if last is None or valid is None or not self._moves_user(link):
                continue
            end = done(done(last, lengths[link.giver]), valid)
            cause = Cause("fresh", link.user, link.giver, link.need.evidence)
            changed |= self._ends(link.user, end, cause)
        return changed

    def _ends(self, id: str, day: int, why: Cause) -> bool:
        return self._lowered(id, latest_start(day, self.times.lengths[id]), why)

    def _lowered(self, id: str, day: int, why: Cause) -> bool:
        known = self.times.latest.get(id)
        if known is not None and known <= day:
            return False
        self.times.latest[id], self.times.high[id] = day, why
        return True

    def _cause(self, kind: Kind, step: str, link: Link) -> Cause:
        other = link.user if step == link.giver else link.giver
        return Cause(kind, step, other, link.need.evidence)
