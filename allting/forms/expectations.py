"""What an example of a service says about its form: `asked` and `not_asked`."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from allting.catalogue.api import WrongValue, example_values
from allting.forms.plan import PlannedQuestion, make_plan
from allting.forms.rules import walk_with
from allting.forms.vocabulary import SCOPE, names_of
from allting.packages.api import Definition, Example
from allting.ui.api import worded


def questions_asked(
    definition: Definition, service_id: str, values: Mapping[str, Any], as_of: date
) -> list[str]:
    """The ids of the questions asked of someone with these facts and answers, in order.

    Both are flat, as conditions see them (`birth_date`, `answers.start`). None without a form.
    """
    plan = make_plan(definition, service_id)
    if plan is None:
        return []
    facts = {name: value for name, value in values.items() if not name.startswith(SCOPE)}

    def answer(planned: PlannedQuestion) -> dict[str, Any]:
        names = (SCOPE + name for name in names_of(planned.question))
        return {name: values[name] for name in names if name in values}

    return [planned.id for planned in walk_with(plan, answer, facts, as_of).questions]


def asked(definition: Definition, service_id: str, example: Example, expected: Any) -> list[str]:
    """Mismatches between the questions that `example` expects, in order, and those asked."""
    try:
        values = example_values(definition, service_id, example)
    except WrongValue as wrong:
        return [str(wrong)]
    found = questions_asked(definition, service_id, values, example.on)
    if found == expected:
        return []
    return [
        worded(
            "the questions asked are {found}, not {expected}",
            found=_listed(found),
            expected=_listed(expected),
        )
    ]


def not_asked(
    definition: Definition, service_id: str, example: Example, expected: Any
) -> list[str]:
    """Mismatches: questions that `example` says are not asked, but are, or do not exist."""
    try:
        values = example_values(definition, service_id, example)
    except WrongValue as wrong:
        return [str(wrong)]
    plan = make_plan(definition, service_id)
    known = plan.questions if plan else {}
    found = questions_asked(definition, service_id, values, example.on)
    return [
        *(f"'{id}' is not a question of form.yaml" for id in expected if id not in known),
        *(
            worded("'{id}' is asked, but the example says it is not", id=id)
            for id in expected
            if id in found
        ),
    ]


def _listed(ids: list[str]) -> str:
    return f"[{', '.join(ids)}]"
