"""Days that can never hold are told when a package is checked, not when somebody plans.

Only what is certain is looked at: needs without a condition that one service alone gives. What is
told here therefore holds for everyone, whatever they answer.
"""

from dataclasses import replace
from datetime import date

from allting.catalogue.api import LIFE_EVENT, SERVICE
from allting.conditions.api import ConditionFault
from allting.journeys.choosing import Asked
from allting.journeys.compiling import compile_plans
from allting.journeys.graph import Circle, GoalNode, Graph
from allting.journeys.parts import Clash
from allting.journeys.rules import plan
from allting.packages.api import Definition, Report, cross_check

LONG_AGO = date(1990, 1, 1)
SOME_EVENTS = (date(2027, 3, 1), date(2028, 2, 29), date(2027, 9, 30), date(2027, 12, 31))


@cross_check
def days_can_hold(definition: Definition, report: Report) -> None:
    """Whoever begins in time can do every step within its window, while its evidence is valid."""
    try:
        compiled = compile_plans(definition)
    except (ConditionFault, Circle, LookupError):
        return  # told elsewhere
    graph = certain_only(compiled.graph)
    told: set[tuple[str, str]] = set()
    every = tuple(GoalNode(id) for id in graph.nodes)
    _tell(definition, report, _always(graph, every, with_day=False), told)
    for id, event in definition.all(LIFE_EVENT).items():
        goals = tuple(replace(goal, wanted_if=None) for goal in compiled.goals[id])
        if event.date is not None:
            for goal in goals:
                _tell(definition, report, _always(graph, (goal,), with_day=True), told)


def certain_only(graph: Graph) -> Graph:
    """The graph without what only some need, and without what several may give."""
    return Graph.of(
        replace(
            node,
            needs=tuple(
                need
                for need in node.needs
                if need.needed_if is None
                and not need.optional
                and len(graph.givers.get(need.evidence, ())) == 1
            ),
        )
        for node in graph.nodes.values()
    )


def _always(graph: Graph, goals: tuple[GoalNode, ...], *, with_day: bool) -> list[Clash]:
    """The clashes that there are whenever the event is."""
    events = SOME_EVENTS if with_day else (None,)
    plans = [plan(graph, Asked(goals, LONG_AGO, event)) for event in events]
    if not all(it.clashes for it in plans):
        return []
    return [it for it in plans[0].clashes if it.low.kind != "today"]


def _tell(
    definition: Definition, report: Report, clashes: list[Clash], told: set[tuple[str, str]]
) -> None:
    for clash in clashes:
        key = (clash.low.step, clash.high.step)
        if key in told or clash.step not in definition.ids(SERVICE):
            continue
        told.add(key)
        report.error(
            definition.at(SERVICE, clash.step),
            what_clashes(clash),
            "days that can hold for whoever begins in time",
            "look at window, processing_time and by of these steps, and valid_for in evidence.yaml",
        )


def what_clashes(clash: Clash) -> str:
    """A clash in plain English, for the person who writes the package."""
    if clash.low.kind == "fresh" and clash.low == clash.high:
        return (
            f"'{clash.low.evidence}' has expired {_days(clash.days)} before '{clash.step}' "
            f"is done, however late '{clash.low.step}' gives it"
        )
    return (
        f"the days of '{clash.step}' can never hold, by {_days(clash.days)}: "
        f"{_SAID[clash.low.kind].format(clash.low.step)}, yet "
        f"{_SAID[clash.high.kind].format(clash.high.step)}"
    )


def _days(days: int) -> str:
    return f"{days} day" if days == 1 else f"{days} days"


_SAID = {
    "today": "'{}' cannot begin before today",
    "opens": "the window of '{}' opens so late",
    "closes": "the window of '{}' closes so early",
    "ends": "'{}' must be done so early",
    "by": "'{}' is wanted so early",
    "day": "what '{}' gives must be there and valid on the day of the event",
    "held": "what is held expires before '{}' is done",
    "fresh": "what '{}' gives expires",
    "after": "'{}' waits for others",
    "handed-in": "'{}' waits for others",
    "before": "others wait for '{}'",
}
