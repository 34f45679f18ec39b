"""What the answers of a form are called in conditions, and their values."""

from collections.abc import Mapping

from allting.conditions.api import Fact
from allting.forms.kinds import KINDS, Answer, Value
from allting.forms.parts import FORM, Form, Question
from allting.packages.api import Definition

SCOPE = "answers."


def answer_facts(form: Form) -> dict[str, Fact]:
    """The facts that the answers of `form` are, by name without the scope.

    A question `start` gives `start`; `choices` gives a boolean per option (`reasons_work`);
    `wishes` gives `places_first` (text) and `places_count` (number).
    """
    facts: dict[str, Fact] = {}
    for question in form.questions:
        for name in names_of(question):
            facts.setdefault(name, _fact(question, name))
    return facts


def names_of(question: Question) -> tuple[str, ...]:
    """The names of the facts that one question gives."""
    kind = KINDS[question.kind]
    return tuple(question.name + suffix for suffix in kind.facts(question))


def _fact(question: Question, name: str) -> Fact:
    kind = KINDS[question.kind].facts(question)[name.removeprefix(question.name)]
    options = tuple(option.id for option in question.options) if question.kind == "choice" else ()
    return Fact(name, kind, dict(question.label), "answer", options)


def facts_of_service(definition: Definition, service_id: str) -> Mapping[str, Fact]:
    """The same for a service of a definition; nothing where it has no form."""
    form = definition.find(FORM, service_id)
    return answer_facts(form) if form else {}


def values_of(question: Question, answer: Answer | None) -> dict[str, Value]:
    """One answer as conditions see it, by full name; nothing for no answer."""
    if answer is None:
        return {}
    found = KINDS[question.kind].values(question, answer)
    return {f"{SCOPE}{question.name}{suffix}": value for suffix, value in found.items()}


def answer_values(form: Form, answers: Mapping[str, Answer]) -> dict[str, Value]:
    """All answers as conditions see them, by full name."""
    values: dict[str, Value] = {}
    for question in form.questions:
        values |= values_of(question, answers.get(question.id))
    return values
