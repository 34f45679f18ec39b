"""Reads. Of a child who is or has come to be protected, or lives with someone who is, nothing."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, F, QuerySet, Value, When

from allting.catalogue.api import Unit, units
from allting.conditions.api import Fact
from allting.identity.api import Actor, person_of
from allting.kernel.api import among, as_uuid, marks, rows, today
from allting.packages.api import Edition, current, edition
from allting.placements import access
from allting.placements.guards import places_of, round_for
from allting.placements.keys import Line, lines_of
from allting.placements.models import ByHand, Place, Round, RoundUnit
from allting.placements.parts import PLACES, Places
from allting.placements.rules import lot_value
from allting.placements.seats import givable
from allting.placements.vocabulary import words_of
from allting.register.api import (
    NAMED_HANDLER,
    Errand,
    PersonCard,
    away_from,
    card,
    is_guardian,
    people_cards,
    sheltered,
    wards,
)
from allting.ui.api import in_order

PAGE = 50
State = Place.State
_FIRST, _WISH, _NEAR = "first", "wish", "near"
GONE = (State.DECLINED, State.RELEASED)
_TOLD = "SELECT id FROM placements_place WHERE subject IN ({}) AND state <> %s ORDER BY id DESC"


@dataclass(frozen=True, slots=True)
class Placed:
    """What a round came to for one child."""

    id: UUID
    subject: UUID
    unit: str
    rank: int | None
    wished: int
    lot: int | None
    state: str
    source: str
    start: date
    round: UUID | None = None


@dataclass(frozen=True, slots=True)
class UnitResult:
    """A unit in a round: `offered` and `taken` are those that are so now."""

    unit: str
    capacity: int
    places: int
    offered: int
    taken: int
    gone: int  # declined, or the offer ended

    @property
    def given(self) -> int:
        """How many were given a place by the round."""
        return self.offered + self.taken + self.gone


@dataclass(frozen=True)
class Opened:
    """A round for an employee who may see it. Parts are read when used."""

    round: Round
    actor: Actor

    @cached_property
    def edition(self) -> Edition:
        """The edition whose rules it follows."""
        return edition(self.round.edition)

    @cached_property
    def places(self) -> Places:
        """The rules."""
        return places_of(self.round)

    @cached_property
    def units(self) -> dict[str, Unit]:
        """The units of its kind by id."""
        return dict(units(self.edition, self.round.kind))

    @property
    def may_open(self) -> bool:
        """Whether the actor may drop it, and try what-ifs."""
        return access.may_open(self.actor, self.round.board, self.places)

    @property
    def may_settle(self) -> bool:
        """Whether the actor may settle it."""
        return access.may_settle(self.actor, self.round.board, self.places)

    @property
    def may_place_by_hand(self) -> bool:
        """Whether the actor is named to place protected children."""
        return access.may_place_by_hand(self.actor, self.round.board)

    @cached_property
    def shown(self) -> "QuerySet[Place]":
        """The children of the round who may be seen in it."""
        found = Place.objects.filter(round=self.round)
        return found.exclude(subject__in=self.hidden) if self.hidden else found

    @cached_property
    def hidden(self) -> frozenset[UUID]:
        """Who in it has come to be protected since: few or nobody, however many are protected."""
        where, ids = among("subject", (it.hex for it in sheltered(as_of=today())))
        question = f"SELECT subject FROM placements_place WHERE round_id = %s AND {where}"  # noqa: S608
        return frozenset(as_uuid(row[0]) for row in rows(question, [self.round.id, ids]))

    @cached_property
    def counted(self) -> list[tuple[str, str, str, int]]:
        """Unit, state, which wish it was, and how many: the round is gone through once."""
        near, wish = Value(_NEAR), Value(_WISH)
        how = Case(
            When(rank__gte=F("wished"), then=near),
            When(rank=0, then=Value(_FIRST)),
            When(rank__gt=0, then=wish),
            default=near,
        )
        found = self.shown.order_by().annotate(how=how).values_list("unit", "state", "how")
        return list(found.annotate(n=Count("*")))

    @cached_property
    def states(self) -> dict[str, int]:
        """How many children are in each state."""
        found: dict[str, int] = dict.fromkeys(State.values, 0)
        for _, state, _, n in self.counted:
            found[state] += n
        return found

    @cached_property
    def children(self) -> int:
        """How many children are in the round."""
        return sum(self.states.values())

    @cached_property
    def by_wish(self) -> tuple[int, int, int]:
        """Placed by their first wish, by another wish, and near home."""
        found = dict.fromkeys((_FIRST, _WISH, _NEAR), 0)
        for unit, _, how, n in self.counted:
            found[how] += n if unit else 0
        return found[_FIRST], found[_WISH], found[_NEAR]

    @cached_property
    def results(self) -> tuple[UnitResult, ...]:
        """Every unit of the round, by name."""
        counted: dict[str, Counter[str]] = defaultdict(Counter)
        for unit, state, _, n in self.counted:
            counted[unit][state] += n
        found = [
            _result(unit, capacity, places, counted[unit])
            for unit, capacity, places in RoundUnit.objects.filter(round=self.round).values_list(
                "unit", "capacity", "places"
            )
        ]
        return tuple(sorted(found, key=lambda it: in_order(self.unit_name(it.unit))))

    def unit_name(self, id: str) -> str:
        """A unit's name in the package's first language; its id, if it has closed since."""
        unit = self.units.get(id)
        if unit is None:
            return id
        return unit.name if isinstance(unit.name, str) else unit.name.pick("")[1]

    def page(self, *, unit: str = "", after: UUID | None = None) -> list[Placed]:
        """Some children of the round: of one unit, of none (`without`), or all."""
        found = self.shown
        if unit == State.WITHOUT:
            found = found.filter(unit="", state=State.WITHOUT)
        elif unit:
            found = found.filter(unit=unit)
        if after is not None:
            found = found.filter(pk__gt=after)
        return _placed(found.order_by("pk")[: PAGE + 1])


def _result(unit: str, capacity: int, places: int, counted: Mapping[str, int]) -> UnitResult:
    gone = sum(counted.get(state, 0) for state in GONE)
    offered, taken = counted.get(State.OFFERED, 0), counted.get(State.TAKEN, 0)
    return UnitResult(unit, capacity, places, offered, taken, gone)


_FIELDS = (
    "id", "subject", "unit", "rank", "wished", "lot", "state", "source", "start", "round"
)  # fmt: skip


def _placed(found: "QuerySet[Place]") -> list[Placed]:
    return [Placed(*row) for row in found.values_list(*_FIELDS)]


def places_in(
    round_id: UUID, *, state: str = State.OFFERED, hidden_too: bool = False
) -> list[Placed]:
    """What a settled round came to, for rooms that act on it; no protected child is among them.

    With `hidden_too` those are who have come to be protected since: for a room that hands them to
    the named handler and frees what was kept.
    """
    found = _placed(Place.objects.filter(round=round_id, state=state).order_by("pk"))
    if hidden_too:
        return found
    hidden = sheltered([it.subject for it in found], as_of=today())
    return [it for it in found if it.subject not in hidden]


def place(place_id: UUID) -> Placed | None:
    """One place, for rooms that act on it."""
    return next(iter(_placed(Place.objects.filter(pk=place_id))), None)


def kept_because_of(source: str) -> Placed | None:
    """The place that is kept because of this case, for rooms that act on it."""
    found = Place.objects.filter(source=source, state=State.OFFERED)
    return next(iter(_placed(found.order_by("-pk")[:1])), None)


def given_because_of(source: str) -> list[Placed]:
    """The places that were taken because of this case, the latest first, for rooms that act on
    it: more than one where it was decided again."""
    return _placed(Place.objects.filter(source=source, state=State.TAKEN).order_by("-pk"))


def latest_because_of(source: str) -> Placed | None:
    """What the latest round came to for this case, or what was given by a person."""
    found = Place.objects.filter(source=source).exclude(state=State.WAITING)
    return next(iter(_placed(found.order_by("-pk")[:1])), None)


def gives_places_at(service: str, unit: str) -> bool:
    """Whether the municipality gives the places of this unit, and says how many there are."""
    held = current()
    places = held.definition.find(PLACES, service)
    return places is not None and unit in givable(held, places.kind)


def open_for(actor: Actor, id: UUID) -> Opened:
    """A round for an employee of its board. Raises PermissionDenied."""
    return Opened(round_for(actor, id), actor)


def rounds_of(actor: Actor, *, before: UUID | None = None) -> list[Round]:
    """The rounds of the actor's boards, the latest first, and one more if there are more."""
    found = Round.objects.filter(board__in=actor.boards()).order_by("-id")
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found[: PAGE + 1])


def lots_in_order(round_id: UUID) -> list[str] | None:
    """The values of all lots of a settled round, the lowest first: they tell of nobody who does
    not know the child's id. None for a round that is not settled."""
    found = Round.objects.filter(pk=round_id, state=Round.State.SETTLED).first()
    if found is None:
        return None
    children = Place.objects.filter(round=found).values_list("subject", "drawn_for")
    return sorted(lot_value(together or child, found.seed) for child, together in children)


def published_rounds() -> list[Round]:
    """All settled rounds with their seeds, for anyone: the lots can be drawn again."""
    return list(Round.objects.filter(state=Round.State.SETTLED).order_by("-id")[:PAGE])


def dropped_rounds() -> list[Round]:
    """All rounds that were left unsettled, with their seeds, for anyone: else lots could be drawn
    again, unseen, until they suit somebody."""
    return list(Round.objects.filter(state=Round.State.DROPPED).order_by("-id")[:PAGE])


def services_with_places(actor: Actor) -> list[str]:
    """The services for which the actor may open a round."""
    from allting.catalogue.api import services

    held = current()
    found = services(held)
    return [
        id
        for id, places in held.definition.all(PLACES).items()
        if id in found and access.may_open(actor, found[id].board, places)
    ]


# ---- by hand


@dataclass(frozen=True, slots=True)
class Task:
    """A protected child to place, with the card that the named handler may see."""

    task: ByHand
    person: PersonCard


def tasks_by_hand(opened: Opened, *, done: bool = False) -> list[Task]:
    """The children that the named handler places. Raises PermissionDenied for anyone else."""
    board = opened.round.board
    if not opened.actor.has(NAMED_HANDLER, board):
        raise PermissionDenied
    found = ByHand.objects.filter(round=opened.round, done_at__isnull=not done)
    tasks = list(found.order_by("since", "pk").select_related("place"))
    cards = _cards(opened.actor, [task.subject for task in tasks], opened.round)
    return [Task(task, cards[task.subject]) for task in tasks]


def _cards(actor: Actor, people: Sequence[UUID], round: Round) -> dict[UUID, PersonCard]:
    errand = Errand(round.board, f"round {round.start}")
    return people_cards(actor, people, purpose="placing by hand", errand=errand) if people else {}


# ---- one child's result, explained


@dataclass(frozen=True)
class Explained:
    """One child's place for someone who may read it."""

    place: Place
    person: PersonCard

    @cached_property
    def edition(self) -> Edition:
        """The edition whose rules it followed."""
        round = self.place.round
        return edition(round.edition) if round else current()

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The priorities."""
        return lines_of(self.edition, self.place.service)

    @cached_property
    def words(self) -> Mapping[str, Fact]:
        """What the facts that priorities may name are called."""
        key = ("placements.words", self.place.service)
        build = lambda: words_of(self.edition.definition, self.place.service).facts  # noqa: E731
        return self.edition.memo(key, build)

    @cached_property
    def units(self) -> dict[str, Unit]:
        """The units of its kind by id."""
        return dict(units(self.edition, self.place.kind))


def explained_for_family(actor: Actor, place_id: UUID) -> Explained:
    """A place for the child's guardians, or the one it is about.

    Raises PermissionDenied for everyone else; where the child is sheltered, for everyone who does
    not live with it.
    """
    me, day = person_of(actor), today()
    found = Place.objects.select_related("round").filter(pk=place_id).first()
    if found is None or found.state == State.WAITING:
        raise PermissionDenied
    if found.subject != me and not is_guardian(me, found.subject, day):
        raise PermissionDenied
    if away_from(me, [found.subject], as_of=day):
        raise PermissionDenied
    return Explained(found, card(actor, found.subject, purpose="place"))


def explained_for_employee(actor: Actor, round_id: UUID, place_id: UUID) -> Explained:
    """A place in a round of the actor's board. Raises PermissionDenied."""
    opened = open_for(actor, round_id)
    found = opened.shown.select_related("round").filter(pk=place_id).first()
    if found is None:
        raise PermissionDenied
    errand = Errand(opened.round.board)
    return Explained(found, card(actor, found.subject, purpose="placement", errand=errand))


def places_of_family(actor: Actor, *, limit: int = 5) -> list[tuple[Placed, str]]:
    """What rounds have come to for the actor's children, the latest first, with their names."""
    me, day = person_of(actor), today()
    children = wards(me, as_of=day)
    if not children:
        return []
    told = rows(_TOLD.format(marks(children)), [*children, State.WAITING.value])[:limit]
    if not told:  # as for most
        return []
    found = _placed(Place.objects.filter(id__in=[as_uuid(row[0]) for row in told]).order_by("-id"))
    away = away_from(me, children, as_of=day)
    shown = [it for it in found if it.subject not in away]
    cards = people_cards(actor, list({it.subject for it in shown}), purpose="place")
    return [(it, cards[it.subject].given_name) for it in shown]
