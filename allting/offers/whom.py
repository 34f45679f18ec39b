"""To whom an offer is made: those who decide for the person and have not turned it off."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from allting.kernel.api import today
from allting.offers.parts import To
from allting.offers.plan import Planned
from allting.offers.wishes import turned_off
from allting.register.api import (
    Reachable,
    guardians_of,
    mandate_holders,
    reachable,
    sheltered,
)


@dataclass(frozen=True, slots=True)
class Whom:
    """Who is turned to about one person; nobody, where `protected` or all have turned it off."""

    addressees: tuple[Reachable, ...] = ()
    protected: bool = False
    turned_off: bool = False


def whom(planned: Planned, people: Collection[UUID], *, as_of: date) -> Mapping[UUID, Whom]:
    """Whom to turn to about each of `people`; who has died is left out."""
    themselves = reachable(people)
    hidden = sheltered(people, as_of=as_of)
    others = _others(planned.situation.addressed_to, people, as_of)
    every = {one.person for ones in others.values() for one in ones} | set(people)
    off = turned_off(every, planned.key)
    return {
        id: _for_one(person, others.get(id, ()), planned.situation.addressed_to, off, id in hidden)
        for id, person in themselves.items()
    }


def answers_for(me: UUID, people: Collection[UUID]) -> frozenset[UUID]:
    """Of these people those whose offers are mine to answer today: I am the one, or a guardian, or
    hold a mandate. Guardianship ends, and what was sent before then is no longer for them."""
    others = [one for one in people if one != me]
    if not others:
        return frozenset(people)
    found: dict[UUID, list[Reachable]] = {}
    for acting in (guardians_of(others, as_of=today()), mandate_holders(others, as_of=today())):
        for one, ones in acting.items():
            found.setdefault(one, []).extend(ones)
    mine = {one for one, ones in found.items() if any(it.person == me for it in ones)}
    return frozenset(mine | ({me} & set(people)))


def _others(to: To, people: Collection[UUID], as_of: date) -> Mapping[UUID, Sequence[Reachable]]:
    if to == "guardians":
        return guardians_of(people, as_of=as_of)
    if to == "mandate":
        return mandate_holders(people, as_of=as_of)
    return {}


def _for_one(
    person: Reachable,
    others: Sequence[Reachable],
    to: To,
    off: Collection[UUID],
    hidden: bool,
) -> Whom:
    every = tuple(others) if to == "guardians" else (tuple(others) or (person,))
    # one protected guardian, or one at home, is enough: what the other is told may tell where
    # they are
    if hidden or person.protected or any(one.protected for one in every):
        return Whom(protected=True)
    wanting = tuple(one for one in every if one.person not in off)
    return Whom(wanting, turned_off=bool(every) and not wanting)
