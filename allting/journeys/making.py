"""What a plan is made from, gathered: what the register and earlier cases show, and the answers."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from allting.cases.api import Standing, standing, standing_together
from allting.catalogue.api import (
    EVENT,
    PlanQuestion,
    costs,
    evidence,
    life_event,
    parameters_of,
    plan_name,
    plan_questions,
    service,
)
from allting.identity.api import Actor, person_of
from allting.journeys.barring import alternatives, barred, names_asked
from allting.journeys.choosing import Asked
from allting.journeys.compiling import Compiled, compiled
from allting.journeys.graph import EVIDENCE, Held, Price, Underway
from allting.packages.api import Edition
from allting.register.api import facts

PURPOSE = "plan"
OURS = ("plan.", "parameters.")


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody's life event: its day, and the answers so far by the questions' ids."""

    life_event: str
    day: date | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    passed: frozenset[str] = frozenset()  # questions that they do not know the answer to
    child: UUID | None = None


@dataclass(frozen=True, slots=True)
class Together:
    """With whom a plan is shared, and the child that it is for, as seen by whoever reads it."""

    spouses: frozenset[UUID] = frozenset()
    guardians: frozenset[UUID] = frozenset()
    child: UUID | None = None


ALONE = Together()


def asked_of(
    edition: Edition,
    wish: Wish,
    actor: Actor | None,
    as_of: date,
    together: Together = ALONE,
) -> Asked:
    """As the planner is asked. The register is read for whoever is signed in, and logged."""
    made, event = compiled(edition), life_event(edition, wish.life_event)
    known = _known(edition, made, wish, actor, as_of)
    values = {**parameters_of(edition), **known}
    for id, question in plan_questions(edition.definition).items():
        if question.known_from and question.known_from in known:
            values[plan_name(id)] = known[question.known_from]
    values |= {plan_name(id): value for id, value in _fitting(edition, wish)}
    day = wish.day or (known.get(event.date.known_from or "") if event.date else None)
    if day:
        values[EVENT] = day
    held = dict(_held_as(edition, known))
    begun: dict[str, Underway] = {}
    if actor is not None and actor.person is not None:
        cases = (*standing(actor, subject=wish.child), *_of_others(made, actor, together))
        _earlier(edition, cases, held, begun)
    return Asked(
        made.goals[wish.life_event],
        as_of,
        day,
        values,
        held,
        begun,
        prices=_priced(edition, as_of),
        barred=barred(
            edition,
            wish.life_event,
            alternatives(made, _reached(made, wish.life_event)),
            known,
            as_of,
        ),
    )


def _fitting(edition: Edition, wish: Wish) -> Iterator[tuple[str, Any]]:
    """The answers that fit the questions as they are asked now: a plan kept long ago may hold
    answers to what is no longer asked, or is asked in another way."""
    questions = plan_questions(edition.definition)
    for id, value in wish.answers.items():
        question = questions.get(id)
        if question and _fits(question, value):
            yield id, value


def _fits(question: PlanQuestion, value: Any) -> bool:
    match question.kind:
        case "yes-no":
            return isinstance(value, bool)
        case "number":
            return isinstance(value, int) and not isinstance(value, bool)
        case "date":
            return isinstance(value, date)
    return value in {it.id for it in question.options}


def _known(
    edition: Edition, made: Compiled, wish: Wish, actor: Actor | None, as_of: date
) -> Mapping[str, Any]:
    """Only the facts that decide something in this plan are read."""
    if actor is None or actor.person is None:
        return {}
    names = edition.memo(
        f"journeys.names.{wish.life_event}", lambda: frozenset(_names(edition, made, wish))
    )
    about_child = life_event(edition, wish.life_event).subject == "child"
    if about_child and wish.child is None:  # not born yet, or not said: nothing is known of it
        names = frozenset(it for it in names if it.startswith(("applicant.", "household.")))
    if not names:
        return {}
    me, parameters = person_of(actor), parameters_of(edition)
    return facts(
        actor,
        applicant=me,
        subject=wish.child if about_child and wish.child else me,
        names=names,
        as_of=as_of,
        purpose=PURPOSE,
        here=str(parameters.get("parameters.municipality_code", "")),
        autumn=parameters.get("parameters.autumn_term_month"),
    )


def _names(edition: Edition, made: Compiled, wish: Wish) -> Iterator[str]:
    """The register's facts that a plan for this life event may depend on."""
    event = life_event(edition, wish.life_event)
    if event.date and event.date.known_from:
        yield event.date.known_from
    for question in plan_questions(edition.definition).values():
        if question.known_from:
            yield question.known_from
    bound = [goal.wanted_if for goal in made.goals[wish.life_event]]
    kinds = evidence(edition)
    reached = _reached(made, wish.life_event)
    yield from _names_of_alternatives(edition, made, wish.life_event, reached)
    for id in reached:
        for need in made.graph.nodes[id].needs:
            bound.append(need.needed_if)
            kind = kinds.get(need.evidence)
            if kind and kind.held_as:
                yield kind.held_as
    for it in bound:
        for name in it.names if it else ():
            if name != EVENT and not name.startswith(OURS):
                yield name


def _names_of_alternatives(
    edition: Edition, made: Compiled, event: str, reached: set[str]
) -> Iterator[str]:
    for id in alternatives(made, reached):
        yield from names_asked(edition, event, id).values()


def _reached(made: Compiled, event: str) -> set[str]:
    met: set[str] = set()
    waiting = [goal.service for goal in made.goals[event]]
    while waiting:
        id = waiting.pop()
        if id not in met and id in made.graph.nodes:
            met.add(id)
            for need in made.graph.nodes[id].needs:
                waiting += made.graph.givers.get(need.evidence, ())
    return met


def _held_as(edition: Edition, known: Mapping[str, Any]) -> Iterator[tuple[str, Held]]:
    """Evidence that the register holds: a date is the day it was given."""
    for id, kind in evidence(edition).items():
        value = known.get(kind.held_as) if kind.held_as else None
        if value is None or value is False:
            continue
        dated = kind.valid_for.after(value) if kind.valid_for and isinstance(value, date) else None
        yield id, Held(dated.toordinal() if dated else None)


def _of_others(made: Compiled, actor: Actor, together: Together) -> Iterator[Standing]:
    """What whoever shares the plan has asked for in the actor's stead: where who in the family must
    act says so. What each does for themselves, and what is theirs alone, is not told the other."""
    if not (together.spouses or together.guardians):
        return iter(())
    who = {id: node.who for id, node in made.graph.nodes.items()}
    return standing_together(
        actor,
        spouses=together.spouses,
        guardians=together.guardians,
        child=together.child,
        of_the_child=[id for id, it in who.items() if it != "person"],
        of_both=[id for id, it in who.items() if it == "both-spouses"],
    )


def _earlier(
    edition: Edition,
    cases: Iterable[Standing],
    held: dict[str, Held],
    begun: dict[str, Underway],
) -> None:
    """What earlier cases have given already, and those that are still open."""
    kinds = evidence(edition)
    for case in cases:
        if case.open:
            begun[case.service] = Underway(case.since.toordinal())
        for id in case.gave:
            kind = kinds.get(id)
            if kind and case.decided:
                until = kind.valid_for.after(case.decided).toordinal() if kind.valid_for else None
                held[id] = Held(until, case.service)


def _priced(edition: Edition, as_of: date) -> Callable[[str], tuple[Price, ...]]:
    """What steps cost anyone, worked out once a day: every plan that is tried asks for all."""
    days: dict[date, dict[str, tuple[Price, ...]]] = edition.memo("journeys.prices", dict)
    known = days.get(as_of)
    if known is None:
        known = {}
        days.clear()
        days[as_of] = known

    def prices(id: str) -> tuple[Price, ...]:
        found = known.get(id)
        if found is None:
            found = known[id] = tuple(_prices(edition, id, as_of))
        return found

    return prices


def _prices(edition: Edition, id: str, as_of: date) -> Iterator[Price]:
    """What a step costs anyone; what depends on the person is not known here."""
    if id.startswith(EVIDENCE) or not service(edition, id).costs:
        return
    for it in costs(edition, id, {}, as_of):
        yield Price(it.id, it.amount, it.cost.per)
