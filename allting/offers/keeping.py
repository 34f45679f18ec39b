"""What those who keep a board's offers see and do. Of protected people there is nothing in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet

from allting.identity.api import Actor
from allting.kernel.api import record, today, write
from allting.offers import access
from allting.offers.ending import withdraw
from allting.offers.finding import Hit
from allting.offers.known import PURPOSE, from_data
from allting.offers.models import Addressee, Offer, OfferKey, Run
from allting.offers.plan import Planned, find_planned, planned_of
from allting.offers.previewing import Forecast, Preview
from allting.offers.quiet import about
from allting.offers.reasons import data_of, known_of, reason_of
from allting.offers.rules import BY_US, OPEN, State
from allting.offers.running import OVER, start_run, stop_run
from allting.offers.whom import whom
from allting.packages.api import current, edition
from allting.register.api import Errand, PersonCard, people_cards, sheltered

PAGE = 20
RUNS = 10


@dataclass(frozen=True, slots=True)
class Kept:
    """A situation of the actor's boards, and what has become of its offers."""

    planned: Planned
    keeps: bool
    states: Mapping[str, int] = field(default_factory=dict)

    @property
    def open(self) -> int:
        """How many have not been answered."""
        return sum(self.states.get(state, 0) for state in OPEN)

    @property
    def accepted(self) -> int:
        """How many have said yes."""
        return self.states.get(State.ACCEPTED, 0)

    @property
    def declined(self) -> int:
        """How many have said no."""
        return self.states.get(State.DECLINED, 0)

    @property
    def over(self) -> int:
        """How many closed without an answer, or were taken back."""
        return self.states.get(State.EXPIRED, 0) + self.states.get(State.WITHDRAWN, 0)


def situations_of(actor: Actor) -> list[Kept]:
    """The situations of the actor's boards."""
    counted: dict[str, dict[str, int]] = {}
    rows = _shown().filter(board__in=actor.boards()).order_by()
    for service, situation, state, n in rows.values_list("service", "situation", "state").annotate(
        n=Count("pk")
    ):
        counted.setdefault(f"{service}/{situation}", {})[state] = n
    return [
        Kept(one, access.may_keep(actor, one.board), counted.get(key, {}))
        for key, one in planned_of(current()).items()
        if access.may_see(actor, one.board)
    ]


def situation_for(actor: Actor, service: str, situation: str, *, keep: bool = False) -> Planned:
    """One situation, for an employee of its board, or (`keep`) a keeper. Raises PermissionDenied,
    also for one that is not there."""
    one = planned_of(current()).get(f"{service}/{situation}")
    may = access.may_keep if keep else access.may_see
    if one is None or not may(actor, one.board):
        raise PermissionDenied
    return one


def _shown() -> "QuerySet[Offer]":
    """All offers but those about people who are or have come to be sheltered."""
    hidden = sheltered(as_of=today())
    return Offer.objects.exclude(person__in=hidden) if hidden else Offer.objects.all()


# ---- runs


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run, as far as it is about the actor's boards."""

    run: Run
    situations: tuple[Planned, ...]
    made: int | None  # about; None for few
    may_stop: bool

    @property
    def over(self) -> bool:
        """Whether there is nothing more to come of it."""
        return self.run.state in OVER

    @property
    def percent(self) -> int:
        """How far it has come."""
        if self.run.state == Run.State.FINDING:
            return 0
        return 100 * self.run.tried // self.run.found if self.run.found else 100


def runs_of(actor: Actor) -> list[RunRow]:
    """The latest runs that look for something of the actor's boards."""
    known = planned_of(current())
    rows = []
    for run in Run.objects.order_by("-id")[: 10 * RUNS]:
        own = tuple(
            known[key]
            for key in run.situations
            if key in known and access.may_see(actor, known[key].board)
        )
        if own:
            made = sum(run.counts.get(one.key, {}).get("made", 0) for one in own)
            rows.append(RunRow(run, own, about(made), may_stop(actor, run)))
    return rows[:RUNS]


def may_stop(actor: Actor, run: Run) -> bool:
    """Whoever keeps every situation that the run looks for, while it goes on."""
    known = planned_of(current())
    return run.state not in OVER and all(
        key not in known or access.may_keep(actor, known[key].board) for key in run.situations
    )


# ---- who would be offered something, and why


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who is in a situation."""

    card: PersonCard
    hit: Hit
    reason: str
    data: Sequence[Mapping[str, Any]]
    reached: str  # "", "nobody", "turned-off"


def people_in(
    actor: Actor, forecast: Forecast, found: Preview, page: int, language: str
) -> list[Person]:
    """A page of those who are new in the situation; that they are read about is logged."""
    planned = forecast.planned
    hidden = sheltered(as_of=today())
    hits = [hit for hit in forecast.new if hit.person not in hidden]
    some = hits[page * PAGE : (page + 1) * PAGE]
    if not some:
        return []
    people = [hit.person for hit in some]
    reached = whom(planned, people, as_of=found.as_of)
    cards = people_cards(actor, people, purpose=PURPOSE, errand=Errand(planned.board))
    return [
        Person(
            cards[hit.person],
            hit,
            reason_of(planned, hit, known, found.as_of, language),
            tuple(data_of(planned, known, language)),
            _reach(reached.get(hit.person)),
        )
        for hit in some
        for known in [known_of(planned, hit, found.as_of, actor)]
    ]


def _reach(one: Any) -> str:
    if one is None or not (one.addressees or one.turned_off):
        return "nobody"
    return "turned-off" if one.turned_off else ""


# ---- the log: offers that were made, and the data they were made by


@dataclass(frozen=True, slots=True)
class Made:
    """An offer in the log."""

    offer: Offer
    card: PersonCard


def made_of(actor: Actor, planned: Planned, page: int, state: str = "") -> tuple[list[Made], bool]:
    """A page of the situation's offers, the latest first, and whether there are more."""
    found = _shown().filter(service=planned.service, situation=planned.situation.id)
    if state in State.values:
        found = found.filter(state=state)
    some = list(found.order_by("-made_at", "-id")[page * PAGE : (page + 1) * PAGE + 1])
    more, some = len(some) > PAGE, some[:PAGE]
    if not some:
        return [], False
    ids = [offer.person for offer in some]
    cards = people_cards(actor, ids, purpose=PURPOSE, errand=Errand(planned.board))
    return [Made(offer, cards[offer.person]) for offer in some], more


@dataclass(frozen=True)
class Logged:
    """One offer with all that it was made by."""

    offer: Offer
    card: PersonCard
    planned: Planned
    told: tuple[tuple[PersonCard, str, Any], ...]  # who, language, when their link was used
    answered_by: PersonCard | None

    def data(self, language: str) -> list[Mapping[str, str]]:
        """The facts it was found by, tells of and answers by, as they were that day."""
        return list(data_of(self.planned, from_data(self.planned, self.offer.data), language))


def logged(actor: Actor, id: UUID) -> Logged:
    """One offer, for a keeper of its board. Raises PermissionDenied, also for one that is not
    there and for one about someone who is sheltered."""
    offer = _shown().filter(id=id).first()
    if offer is None or not access.may_keep(actor, offer.board):
        raise PermissionDenied
    told = list(Addressee.objects.filter(offer=offer).order_by("id"))
    ids = list(dict.fromkeys([offer.person, *(one.person for one in told)]))
    if sheltered(ids, as_of=today()):
        raise PermissionDenied
    cards = people_cards(actor, ids, purpose=PURPOSE, errand=Errand(offer.board))
    used = dict(
        OfferKey.objects.filter(offer=offer, used_at__isnull=False).values_list("person", "used_at")
    )
    return Logged(
        offer,
        cards[offer.person],
        find_planned(edition(offer.edition), offer.service, offer.situation),
        tuple((cards[one.person], one.language, used.get(one.person)) for one in told),
        cards.get(offer.answered_by) if offer.answered_by else None,
    )


# ---- acts


def run_now(actor: Actor, planned: Planned) -> Run:
    """Make the offers of one situation today, by background work. Raises PermissionDenied."""
    if not access.may_keep(actor, planned.board):
        raise PermissionDenied
    return start_run(actor, [planned.key], as_of=today())


def stop(actor: Actor, run_id: int) -> None:
    """Stop a run; what it has made stands. Raises PermissionDenied."""
    run = Run.objects.filter(id=run_id).first()
    if run is None or not (may_stop(actor, run) or run.state in OVER):
        raise PermissionDenied
    stop_run(actor, run_id)


def take_back(actor: Actor, id: UUID) -> bool:
    """Take an offer back for good, and tell so; False where it has been answered or is over.

    Raises PermissionDenied as `logged` does.
    """
    offer = _shown().filter(id=id).first()
    if offer is None or not access.may_keep(actor, offer.board):
        raise PermissionDenied
    with write():
        done = withdraw(offer, BY_US)
        if done:
            record(str(actor.account), "offers:take-back", str(offer.id))
    return done
