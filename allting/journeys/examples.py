"""Examples of plans, beside a life event: what is given on a day, and the steps it comes to.

They are run by the check, so a plan in the package is always a plan that is really made.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Annotated, Any

from pydantic import Field, JsonValue

from allting.catalogue.api import (
    EVENT,
    LIFE_EVENT,
    WrongValue,
    evidence_in,
    plan_vocabulary,
    typed_values,
)
from allting.conditions.api import ConditionFault
from allting.journeys.asking import to_ask
from allting.journeys.choosing import Asked
from allting.journeys.compiling import Compiled, compile_plans
from allting.journeys.graph import Circle, Held, Underway
from allting.journeys.parts import Plan, State, Step
from allting.journeys.rules import plan
from allting.packages.api import (
    Definition,
    FileKind,
    Id,
    Part,
    Problem,
    Report,
    Text,
    Weight,
    cross_check,
    did_you_mean,
    file_kind,
)


class ExpectedStep(Part):
    """A step that a plan has; what is not stated may be anything."""

    service: str
    state: State | None = None
    earliest: date | None = None
    latest: date | None = None


StepOrId = Annotated[str | ExpectedStep, Field(union_mode="left_to_right")]


class Expected(Part):
    """What a plan comes to; what is not stated may be anything."""

    steps: tuple[StepOrId, ...] | None = None
    asks: str | None = None  # the next question, or none
    clashes: Mapping[str, int] | None = None  # step: days
    critical: tuple[str, ...] | None = None
    ready: date | None = None


class PlanExample(Part):
    """Somebody's day, answers and what they have already, and the plan that comes of it."""

    id: Id
    says: Text
    on: date
    event: date | None = None
    given: Mapping[str, Mapping[str, JsonValue]] = {}
    held: Mapping[Id, date] = {}  # evidence and the day it was given
    underway: Mapping[Id, date] = {}  # services and the day they were asked for
    expect: Expected


class PlanExamples(Part):
    """`life-events/<id>.examples.yaml`."""

    examples: tuple[PlanExample, ...] = Field(min_length=1)


EXAMPLES = file_kind(
    FileKind("plan-examples", "life-events/{id}.examples.yaml", PlanExamples, "journeys")
)


@cross_check
def plans_come_out(definition: Definition, report: Report) -> None:
    """Every example gives the plan that it expects.

    Where a service is broken it is in no plan, and the examples would only repeat that in other
    words.
    """
    files = definition.all(EXAMPLES)
    if not files or any(_breaks_plans(problem) for problem in report.problems):
        return
    try:
        compiled = compile_plans(definition)
    except (ConditionFault, Circle):
        return  # told elsewhere
    for life_event, file in files.items():
        if life_event not in definition.ids(LIFE_EVENT):
            report.error(definition.at(EXAMPLES, life_event), f"there is no '{life_event}'")
            continue
        for example in file.examples:
            where = definition.at(EXAMPLES, life_event, "examples", example.id)
            for mismatch in _mismatches(definition, compiled, life_event, example):
                report.error(where, f"the example '{example.id}' does not hold: {mismatch}")


def _breaks_plans(problem: Problem) -> bool:
    file = PurePosixPath(problem.where.file)
    return problem.weight is Weight.ERROR and file.match("services/*/service.yaml")


def asked_by(
    definition: Definition, compiled: Compiled, life_event: str, example: PlanExample
) -> Asked:
    """An example as the planner is asked. Raises WrongValue."""
    words = plan_vocabulary(definition)
    values = typed_values(definition, words, _full_names(definition, life_event, example))
    if example.event:
        values[EVENT] = example.event
    kinds = evidence_in(definition)
    unknown = [id for id in example.held if id not in kinds]
    if unknown:
        raise WrongValue(f"held: there is no evidence '{unknown[0]}'")
    held = {}
    for id, given in example.held.items():
        valid = kinds[id].valid_for
        until = valid.after(given).toordinal() if valid else None
        held[id] = Held(until, next(iter(compiled.graph.givers.get(id, ())), ""))
    begun = {id: Underway(day.toordinal()) for id, day in example.underway.items()}
    goals = compiled.goals[life_event]
    return Asked(goals, example.on, example.event, values, held, begun)


def _full_names(
    definition: Definition, life_event: str, example: PlanExample
) -> Iterator[tuple[str, Any]]:
    subject = definition.one(LIFE_EVENT, life_event).subject
    for scope, facts in example.given.items():
        for name, value in facts.items():
            if scope == subject:
                yield name, value
            yield f"{scope}.{name.replace('-', '_')}", value


def _mismatches(
    definition: Definition, compiled: Compiled, life_event: str, example: PlanExample
) -> Iterator[str]:
    try:
        asked = asked_by(definition, compiled, life_event, example)
    except WrongValue as wrong:
        yield str(wrong)
        return
    made, wanted = plan(compiled.graph, asked), example.expect
    if wanted.steps is not None:
        yield from _steps(wanted.steps, made)
    if wanted.asks is not None:
        questions = to_ask(compiled, life_event, asked)
        found = compiled.questions[questions[0]].id if questions else "none"
        if found != wanted.asks:
            yield f"it asks '{found}', not '{wanted.asks}'"
    if wanted.clashes is not None:
        clashes = {it.step: it.days for it in made.clashes}
        if clashes != wanted.clashes:
            yield f"the clashes are {_listed(clashes)}, not {_listed(wanted.clashes)}"
    if wanted.critical is not None and made.critical != wanted.critical:
        yield f"what decides the end is {' → '.join(made.critical)}"
    if wanted.ready is not None and made.ready != wanted.ready:
        yield f"all is done {made.ready}, not {wanted.ready}"


def _steps(stated: tuple[str | ExpectedStep, ...], made: Plan) -> Iterator[str]:
    wanted = [ExpectedStep(service=it) if isinstance(it, str) else it for it in stated]
    found = [step.id for step in made.steps]
    expected = [it.service for it in wanted]
    if found != expected:
        hint = next((did_you_mean(it, found) for it in expected if it not in found), None)
        steps = ", ".join(found) or "none"
        yield f"the steps are {steps}, not {', '.join(expected) or 'none'}" + (
            f"; {hint}" if hint else ""
        )
        return
    for it, step in zip(wanted, made.steps, strict=True):
        yield from _differs(it, step)


def _differs(wanted: ExpectedStep, step: Step) -> Iterator[str]:
    for name in ("state", "earliest", "latest"):
        expected, found = getattr(wanted, name), getattr(step, name)
        if expected is not None and expected != found:
            yield f"'{step.id}': {name} is {found or 'nothing'}, not {expected}"


def _listed(clashes: Mapping[str, int]) -> str:
    return ", ".join(f"{step}: {days}" for step, days in clashes.items()) or "none"
