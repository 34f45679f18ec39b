"""The answers that the package gives for whoever says yes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from allting.conditions.api import compute
from allting.forms.api import Form, answer_from
from allting.offers.plan import Planned


def worked_out(
    planned: Planned, form: Form, facts: Mapping[str, Any], as_of: date
) -> dict[str, Any]:
    """The answers, by question; those that cannot be worked out are left out."""
    values = {**planned.parameters, **facts}
    found = {
        question.id: answer_from(question, compute(bound, values, as_of=as_of).value)
        for question in form.questions
        if (bound := planned.answers.get(question.id)) is not None
    }
    return {id: answer for id, answer in found.items() if answer is not None}
