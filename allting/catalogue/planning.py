"""What conditions of plans may speak of: the person, the child, the household, plan answers, days.

`plan.builds` is the answer to the question `builds`; `event` the day of the life event. Answers of
forms are not there yet when a plan is made, so they have no names here.
"""

from collections.abc import Mapping

from allting.catalogue.parts import LIFE_EVENT, QUESTIONS
from allting.catalogue.rules import PARAMETERS, fact_name
from allting.catalogue.steps import PlanQuestion
from allting.conditions.api import Fact, FactType, Vocabulary, vocabulary
from allting.packages.api import Definition

PLAN = "plan"
EVENT = "event"
SCOPES = frozenset({"applicant", "child", "household", PARAMETERS})
TYPES = {
    "yes-no": FactType.BOOLEAN,
    "choice": FactType.TEXT,
    "date": FactType.DATE,
    "number": FactType.NUMBER,
}


def plan_questions(definition: Definition) -> dict[str, PlanQuestion]:
    """Every question that plans may ask, by id, in the order of the file."""
    found = definition.find(QUESTIONS)
    return {it.id: it for it in found.questions} if found else {}


def plan_name(question_id: str) -> str:
    """The name of an answer in conditions.

    >>> plan_name("plot-is-new")
    'plan.plot_is_new'
    """
    return f"{PLAN}.{fact_name(question_id)}"


def plan_vocabulary(definition: Definition) -> Vocabulary:
    """The facts that `wanted_if` and `needed_if` may name."""
    known = vocabulary(definition, "").facts
    facts = {name: fact for name, fact in known.items() if _beforehand(name)}
    facts |= {plan_name(id): _fact(it) for id, it in plan_questions(definition).items()}
    facts[EVENT] = Fact(EVENT, FactType.DATE, {"sv": "dagen", "en": "the day"}, "plan")
    return Vocabulary(facts)


def asked_names(definition: Definition, life_event: str) -> frozenset[str]:
    """The names of what a life event asks."""
    return frozenset(plan_name(id) for id in definition.one(LIFE_EVENT, life_event).asks)


def _beforehand(name: str) -> bool:
    scope, dot, _ = name.partition(".")
    return not dot or scope in SCOPES


def _fact(question: PlanQuestion) -> Fact:
    words: Mapping[str, Mapping[str, str]] = {it.id: it.label for it in question.options}
    return Fact(
        fact_name(question.id),
        TYPES[question.kind],
        question.label,
        PLAN,
        tuple(it.id for it in question.options),
        words,
    )
