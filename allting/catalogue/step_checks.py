"""What must agree before plans can be made: who does what, what is asked, what can be reached."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

from allting.catalogue.checks import check_expression, exists
from allting.catalogue.graph import givers
from allting.catalogue.parts import LIFE_EVENT, QUESTIONS, SERVICE, Service
from allting.catalogue.planning import EVENT, PLAN, plan_name, plan_questions, plan_vocabulary
from allting.catalogue.queries import evidence_in
from allting.catalogue.rules import parameter_values
from allting.catalogue.steps import Goal, PlanQuestion
from allting.conditions.api import Bound, ConditionFault, FactType, Vocabulary, answer, bind
from allting.packages.api import At, Definition, Report, cross_check

HERE_ONLY = ("form", "process", "offer", "places")  # files of what the municipality does itself
MOST_ANSWERS = 4096
SOME_DAY = date(2027, 1, 1)


@cross_check
def others_have_no_desk(definition: Definition, report: Report) -> None:
    """A service of others has no form, no cases, no offers: they are not ours to run."""
    for id, service in definition.all(SERVICE).items():
        for kind in HERE_ONLY if service.done_by else ():
            if id in definition.ids(kind):
                report.error(
                    definition.at(SERVICE, id, "done_by"),
                    f"'{id}' is done by others, yet services/{id}/{kind}.yaml stands beside it",
                    "form, process, offer and places only where a board does the service",
                    f"take the file away, or write board: … in {SERVICE.file(id)}",
                )


@cross_check
def goals(definition: Definition, report: Report) -> None:
    """Goals are wanted by conditions that can hold, each service once, by a day that is asked."""
    words = plan_vocabulary(definition)
    for id, event in definition.all(LIFE_EVENT).items():
        seen: set[str] = set()
        for n, goal in enumerate(event.services):
            if goal.service in seen:
                report.error(
                    definition.at(LIFE_EVENT, id, "services", n),
                    f"the service '{goal.service}' is listed twice",
                    "each service once; join the conditions with or",
                )
            seen.add(goal.service)
            _goal(definition, report, id, n, goal, words)
            if goal.by and event.date is None:
                report.error(
                    definition.at(LIFE_EVENT, id, "services", n, "by"),
                    f"'{id}' has no date, so 'by' tells no day",
                    "date: {label: …} in the life event, or no 'by'",
                )


def _goal(
    definition: Definition, report: Report, id: str, n: int, goal: Goal, words: Vocabulary
) -> None:
    if goal.wanted_if is None:
        return
    path = ("services", n, "wanted_if")
    file = LIFE_EVENT.file(id)
    bound = _bound(report, file, path, goal.wanted_if, words)
    if bound is None:
        return
    asked = {plan_name(it) for it in definition.one(LIFE_EVENT, id).asks}
    for name in sorted(set(_plan_names(bound)) - asked):
        question = name.removeprefix(f"{PLAN}.").replace("_", "-")
        report.error(
            At(file, path),
            f"the condition needs {name}, which '{id}' does not ask",
            f"every question that a goal depends on, under asks of {file}",
            f"add '{question}' to asks",
        )
    _can_hold(definition, report, At(file, path), bound, f"the service '{goal.service}'")


@cross_check
def needs(definition: Definition, report: Report) -> None:
    """What is needed of some only is needed of somebody, and each evidence is asked for once."""
    words = plan_vocabulary(definition)
    for id, service in definition.all(SERVICE).items():
        seen: set[str] = set()
        for n, need in enumerate(service.requires):
            if need.evidence in seen:
                report.error(
                    definition.at(SERVICE, id, "requires", n, "evidence"),
                    f"'{need.evidence}' is asked for twice",
                    "each kind of evidence once; join the conditions with or",
                )
            seen.add(need.evidence)
            if need.needed_if is None:
                continue
            path = ("requires", n, "needed_if")
            bound = _bound(report, SERVICE.file(id), path, need.needed_if, words)
            if bound:
                place = At(SERVICE.file(id), path)
                _can_hold(definition, report, place, bound, f"'{need.evidence}'")


@cross_check
def questions(definition: Definition, report: Report) -> None:
    """Questions that life events ask exist and are used; what they are known from is a fact."""
    known, words = plan_questions(definition), plan_vocabulary(definition)
    asked: set[str] = set()
    for id, event in definition.all(LIFE_EVENT).items():
        for n, question in enumerate(event.asks):
            asked.add(question)
            place = definition.at(LIFE_EVENT, id, "asks", n)
            exists(report, place, "question", question, known, QUESTIONS)
        if event.date and event.date.known_from:
            place = definition.at(LIFE_EVENT, id, "date", "known_from")
            _known_from(report, place, event.date.known_from, words, FactType.DATE)
    for id, it in known.items():
        if it.known_from:
            place = definition.at(QUESTIONS, None, "questions", id, "known_from")
            _known_from(report, place, it.known_from, words, words.facts[plan_name(id)].type)
    used = _used(definition)
    for id in known:
        if plan_name(id) not in used:
            report.warning(
                definition.at(QUESTIONS, None, "questions", id),
                f"no condition uses the answer to '{id}', so it is never asked",
                "a wanted_if of a life event, or a needed_if of a service, that names "
                + plan_name(id),
            )
        elif id not in asked:
            report.warning(
                definition.at(QUESTIONS, None, "questions", id),
                f"no life event asks '{id}': what depends on it is never certain",
                "the question under asks of a life event",
            )


@cross_check
def closed_givers(definition: Definition, report: Report) -> None:
    """A step whose evidence only closed services give cannot be reached."""
    services = definition.all(SERVICE)
    given = givers(services, evidence_in(definition))
    for id, service in services.items():
        for n, need in enumerate(service.requires):
            ids = given.get(need.evidence, ())
            if service.status != "closed" and ids and all(_closed(services[it]) for it in ids):
                report.error(
                    definition.at(SERVICE, id, "requires", n, "evidence"),
                    f"only closed services give '{need.evidence}', so this step cannot be reached",
                    f"an open service that gives it; {', '.join(ids)} closed",
                )


@cross_check
def too_short_lived(definition: Definition, report: Report) -> None:
    """What is still to be valid when a step is done must live longer than the step takes."""
    kinds = evidence_in(definition)
    for id, service in definition.all(SERVICE).items():
        time = service.processing_time
        length = time and (time.typical or time.legal)
        for n, need in enumerate(service.requires):
            kind = kinds.get(need.evidence)
            if not (kind and kind.valid_for and length) or need.at != "application":
                continue
            if kind.valid_for.after(SOME_DAY) < length.after(SOME_DAY):
                report.error(
                    definition.at(SERVICE, id, "requires", n),
                    f"'{need.evidence}' is valid for {kind.valid_for.words('en')}, but '{id}' "
                    f"takes {length.words('en')}: it has expired before the step is done",
                    "evidence that lives longer than the step that uses it",
                    "write at: decision where it may be handed in later",
                )


@cross_check
def windows_have_a_day(definition: Definition, report: Report) -> None:
    """A window, and what must be there on the day, need a life event that has a day."""
    dated = _in_dated_events(definition)
    for id, service in definition.all(SERVICE).items():
        told = "window" if service.window else None
        if told is None and any(need.at == "event" for need in service.requires):
            told = "requires"
        if told and id not in dated:
            report.warning(
                definition.at(SERVICE, id, told),
                f"no life event with a date leads to '{id}', so its days are told by nothing",
                "date: {label: …} in a life event that leads here",
            )


def _in_dated_events(definition: Definition) -> set[str]:
    """The services that life events with a date lead to, step by step."""
    services, events = definition.all(SERVICE), definition.all(LIFE_EVENT)
    given = givers(services, evidence_in(definition))
    found: set[str] = set()
    waiting = [goal for event in events.values() if event.date for goal in event.goals]
    waiting += [
        id
        for id, it in services.items()
        if any(events[event].date for event in it.life_events if event in events)
    ]
    while waiting:
        id = waiting.pop()
        if id not in found and id in services:
            found.add(id)
            waiting += [it for need in services[id].requires for it in given.get(need.evidence, ())]
    return found


def _bound(
    report: Report, file: str, path: tuple[str | int, ...], source: str, words: Vocabulary
) -> Bound | None:
    check_expression(report, file, path, source, words, FactType.BOOLEAN)
    try:
        return bind(source, words, expects=FactType.BOOLEAN)
    except ConditionFault:
        return None


def _can_hold(definition: Definition, report: Report, place: At, bound: Bound, what: str) -> None:
    """Where answers alone decide, some answers must lead here."""
    values = parameter_values(definition)
    outside = [it for it in bound.names if it not in values and not it.startswith(f"{PLAN}.")]
    choices = list(_choices(definition, bound))
    if outside or any(choice is None for choice in choices):
        return
    many = [[(name, value) for value in them or ()] for name, them in _named(bound, choices)]
    for n, given in enumerate(product(*many)):
        held = answer(bound, values | dict(given), as_of=SOME_DAY)[0]
        if held == "yes" or n >= MOST_ANSWERS:
            return
    report.error(
        place,
        f"{what} cannot be reached: no answer makes this condition hold",
        "a condition that holds for some answers",
    )


def _named(bound: Bound, choices: list[Any]) -> Iterator[tuple[str, Any]]:
    return zip(_plan_names(bound), choices, strict=True)


def _choices(definition: Definition, bound: Bound) -> Iterator[tuple[Any, ...] | None]:
    """The answers to each question of a condition; None where they cannot be counted."""
    known = {plan_name(id): it for id, it in plan_questions(definition).items()}
    for name in _plan_names(bound):
        yield possible_answers(known[name])


def possible_answers(question: PlanQuestion) -> tuple[Any, ...] | None:
    """Every answer to a question, or None where there is no end of them."""
    if question.kind == "yes-no":
        return (True, False)
    return tuple(it.id for it in question.options) if question.kind == "choice" else None


def _plan_names(bound: Bound) -> list[str]:
    return [name for name in bound.names if name.startswith(f"{PLAN}.")]


def _used(definition: Definition) -> set[str]:
    """The plan answers that some condition names, found in the sources: broken ones count too."""
    sources = [
        it.wanted_if
        for event in definition.all(LIFE_EVENT).values()
        for it in event.services
        if it.wanted_if
    ]
    sources += [
        it.needed_if
        for service in definition.all(SERVICE).values()
        for it in service.requires
        if it.needed_if
    ]
    words = plan_vocabulary(definition)
    return {name for name in words.facts for source in sources if name in source}


def _known_from(report: Report, place: At, name: str, words: Vocabulary, wanted: FactType) -> None:
    facts = [it for it in words.facts if it != EVENT and not it.startswith(f"{PLAN}.")]
    if exists(report, place, "fact", name, facts) and words.facts[name].type is not wanted:
        report.error(place, f"'{name}' is a {words.facts[name].type}", f"a fact that is a {wanted}")


def _closed(service: Service) -> bool:
    return service.status == "closed"
