"""Places and offers: who waits for one, who is offered one that was kept, and what an answer does.

A place is given in a round, by wishes and the package's priorities; an offer tells of it, and its
answer takes or frees the place.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import Any
from uuid import UUID

from allting.cases.api import Application, applications
from allting.conditions.api import bind, columns
from allting.forms.api import answers_as_values
from allting.kernel.api import SWEDEN, in_slices, today
from allting.offers.finding import find
from allting.offers.making import Came, make
from allting.offers.models import Offer
from allting.offers.plan import Planned, planned_of
from allting.offers.previewing import made_before
from allting.offers.rules import PROTECTED
from allting.packages.api import Edition, current, edition
from allting.placements.api import (
    PLACES,
    NoSeat,
    NotNow,
    Offered,
    Placed,
    decline,
    give_up,
    hand_over,
    places_in,
    release,
    reserve,
    take,
)
from allting.placements.ports import Applicant, Asked
from allting.register.api import everyone, reachable

START = "answers.start"
SITUATION = "situation:"
"""What the source of a place begins with when nobody has applied for it."""


# ---- who waits


def waiting(asked: Asked) -> Iterator[Applicant]:
    """Everyone who waits for a place of a service: by an open case, or in a situation that is
    offered one."""
    held = edition(asked.edition)
    read = ((it, _told(it, asked)) for it in applications(asked.service))
    applied = [(it, told) for it, told in read if _in_time(told, asked)]
    alive = reachable({it.subject for it, _ in applied})
    applied = [(it, told) for it, told in applied if it.subject in alive]
    subjects = set(alive)
    found = [hit for hit in _found(held, asked) if hit[0] not in subjects]
    values = _values(held, asked, subjects | {person for person, _ in found})
    wishes = held.definition.one(PLACES, asked.service).wishes
    for it, told in applied:
        yield Applicant(
            it.subject,
            tuple(it.answers.get(wishes or "", ())),
            it.received_at.astimezone(SWEDEN).date(),
            it.number,
            {**values.get(it.subject, {}), **told},
        )
    for person, source in found:
        yield Applicant(person, source=source, values=values.get(person, {}))


def _told(it: Application, asked: Asked) -> Mapping[str, Any]:
    """What a round needs of what was answered: the first day, and what the priorities look at."""
    told = answers_as_values(edition(it.edition), asked.service, it.answers)
    return {name: value for name, value in told.items() if name == START or name in asked.names}


def _in_time(told: Mapping[str, Any], asked: Asked) -> bool:
    """Whether the place is wanted by then; where no day was stated, it is."""
    start = told.get(START)
    return not isinstance(start, date) or start <= asked.start


def _found(held: Edition, asked: Asked) -> list[tuple[UUID, str]]:
    placed = [it for it in _with_places(held) if it.service == asked.service]
    found = []
    for it in find(placed, as_of=asked.as_of).values():
        known = made_before(it.planned)
        source = SITUATION + it.planned.situation.id
        found += [
            (hit.person, source)
            for hit in (*it.hits, *it.by_hand)  # a round parts the protected from the rest itself
            if hit.start and hit.start <= asked.start and (hit.person, hit.occasion) not in known
        ]
    return found


def _with_places(held: Edition) -> list[Planned]:
    return [one for one in planned_of(held).values() if one.situation.place is not None]


def _values(
    held: Edition, asked: Asked, people: Collection[UUID]
) -> Mapping[UUID, Mapping[str, Any]]:
    """What the priorities ask of the register about these people."""
    names = [name for name in asked.names if not name.startswith("answers.")]
    situated = _with_places(held)
    if not names or not situated:
        return {}
    words, constants = situated[0].words, situated[0].parameters
    crowd = everyone(
        names,
        as_of=asked.as_of,
        here=constants.get("parameters.municipality_code"),
        autumn=constants.get("parameters.autumn_term_month"),
        only=people,
    )
    bounds = {n: bind(n, words, expects=words.facts[n].type) for n in names if n in words.facts}
    told = columns(bounds, crowd, as_of=asked.as_of, constants=constants)
    rows = crowd.present.nonzero()[0]
    listed = {name: answers.to_list() for name, answers in told.items()}
    return {
        person: {name: values[row] for name, values in listed.items()}
        for person, row in zip(crowd.ids(), rows.tolist(), strict=True)
    }


# ---- what a round came to


def offer_places(round_id: UUID) -> dict[str, int]:
    """Offer every place that a round has kept for someone who has not applied; how many of each.

    Done again it makes nothing new, and goes on where it was cut off. A place that cannot be
    offered is free for others at once.
    """
    came: Counter[str] = Counter()
    kept = places_in(round_id, hidden_too=True)
    for some in in_slices(it for it in kept if it.source.startswith(SITUATION)):
        names = [str(placed.id) for placed in some]
        offered = set(Offer.objects.filter(place__in=names).values_list("place", flat=True))
        for placed in some:
            result = Came.ALREADY if str(placed.id) in offered else _offer(placed)
            came[result.value] += 1
    return dict(came)


def _offer(placed: Placed) -> Came:
    held = current()
    id = placed.source.removeprefix(SITUATION)
    planned = next((it for it in _with_places(held) if it.situation.id == id), None)
    result = Came.NOT_IN_IT
    if planned is not None:
        result = make(held, planned, placed.subject, as_of=today(), placed=placed)
    if result is not Came.MADE and not _is_offered(placed):
        end = hand_over if result is Came.BY_HAND else release
        end(placed.id)
    return result


def _is_offered(placed: Placed) -> bool:
    return Offer.objects.filter(place=str(placed.id)).exists()


# ---- what an answer does


def let_go(offer: Offer, happened: str, why: str = "") -> None:
    """Free the place of an offer that is declined, given back, or over. Call inside `write()`."""
    if not offer.place:
        return
    place = UUID(offer.place)
    if why == PROTECTED:
        hand_over(place)
        return
    with suppress(NotNow):  # somebody at the desk was first: it is free, or another's
        if happened == "give-back":
            give_up(place, until=today())
        elif happened == "decline":
            decline(place)
        else:
            release(place)


def take_place(offer: Offer) -> bool:
    """Take the place of an offer that is accepted; False where it is no longer kept."""
    if not offer.place:
        return True
    try:
        take(UUID(offer.place))
    except NotNow:
        return False
    return True


def keep_again(offer: Offer) -> bool:
    """Keep the same place again, for a no that is taken back; False where it has gone."""
    if not offer.place or offer.start is None:
        return True
    try:
        again = reserve(
            service=offer.service,
            unit=offer.unit,
            subject=offer.person,
            start=offer.start,
            source=SITUATION + offer.situation,
        )
    except (NoSeat, Offered):
        return False
    Offer.objects.filter(id=offer.id).update(place=str(again))
    return True
