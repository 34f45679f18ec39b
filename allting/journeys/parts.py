"""A plan as it is read: steps with days and reasons, what clashes, what it costs."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from allting.catalogue.api import AskedBy
from allting.journeys.choosing import Choice
from allting.journeys.graph import Need, Price
from allting.journeys.timing import Cause

State = Literal["done", "underway", "now", "waits", "later", "maybe"]


class Why(NamedTuple):
    """Why a step is there: a goal itself (no user), or what another step asks for."""

    user: str = ""
    evidence: str = ""
    at: str = "application"
    sure: bool = True


class Step(NamedTuple):
    """One step: who does it, when at the earliest and at the latest, and why.

    `latest` is None where nothing says by when. `low` and `high` are what decided those two.
    Steps of the same `wave` can be done side by side.
    """

    id: str
    state: State
    goal: str
    why: tuple[Why, ...]
    who: AskedBy = "applicant"
    others: bool = False
    earliest: date | None = None
    ready: date | None = None
    latest: date | None = None
    length_known: bool = True
    waits_for: tuple[str, ...] = ()
    wave: int = 0
    low: Cause | None = None
    high: Cause | None = None
    prices: tuple[Price, ...] = ()

    @property
    def slack(self) -> int | None:
        """How many days the step can wait."""
        if self.latest is None or self.earliest is None:
            return None
        return (self.latest - self.earliest).days


class Clash(NamedTuple):
    """Two things that cannot both hold, and by how many days.

    `step` is where they meet. `low` says why it starts no earlier, `high` why it starts no later.
    Where an evidence expires before it is used, both are the same.
    """

    step: str
    days: int
    low: Cause
    high: Cause
    sure: bool = True  # of a step that is needed, not of one that may be


@dataclass(frozen=True, slots=True)
class Costs:
    """What the certain steps cost: what is known, paid once, and what is not or comes again."""

    known: Decimal
    unknown: tuple[tuple[str, Price], ...] = ()
    again: tuple[tuple[str, Price], ...] = ()
    perhaps: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Plan:
    """The way from here to the goals, as of a day."""

    as_of: date
    event: date | None
    steps: tuple[Step, ...] = ()
    critical: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    clashes: tuple[Clash, ...] = ()
    nobody: tuple[tuple[str, Need], ...] = ()
    costs: Costs = Costs(Decimal(0))
    missing: tuple[str, ...] = ()  # facts and answers whose absence leaves doubt
    names: tuple[str, ...] = ()  # facts and answers that the plan depends on
    ready: date | None = None  # when the last certain step is done

    @property
    def possible(self) -> bool:
        """Whether the days of all certain steps can hold."""
        return not any(clash.sure for clash in self.clashes)

    def step(self, id: str) -> Step | None:
        """One step."""
        return next((it for it in self.steps if it.id == id), None)

    @property
    def side_by_side(self) -> tuple[tuple[str, ...], ...]:
        """Steps that can be done at the same time, wave by wave, where there are several."""
        waves: dict[int, list[str]] = {}
        for it in self.steps:
            if it.state not in ("done", "maybe"):
                waves.setdefault(it.wave, []).append(it.id)
        return tuple(tuple(ids) for _, ids in sorted(waves.items()) if len(ids) > 1)
