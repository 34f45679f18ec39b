"""What the answers of a form are called in conditions, and their values."""

from collections.abc import Mapping
from dataclasses import replace

from allting.conditions.api import Fact
from allting.forms.kinds import KINDS, Answer, Value
from allting.forms.parts import FORM, Form, Option, Question
from allting.packages.api import Definition

SCOPE = "answers."
TOLD = (SCOPE, "offer.")  # what a person tells, by answering or by accepting: not held by anyone


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
    suffix = name.removeprefix(question.name)
    kind = KINDS[question.kind].facts(question)[suffix]
    words = {option.id: option.label for option in question.options}
    says = dict(question.label)
    if question.kind != "choice":
        # one of several reasons: the question alone does not tell which of them it is
        chosen = next((o for o in question.options if suffix == _suffix(o)), None)
        return Fact(name, kind, _joined(says, chosen), "answer", money=question.kind == "money")
    return Fact(name, kind, says, "answer", tuple(words), words)


def _suffix(option: Option) -> str:
    return "_" + option.id.replace("-", "_")


def _joined(says: dict[str, str], chosen: Option | None) -> dict[str, str]:
    if chosen is None:
        return says
    return {lang: f"{text} – {chosen.label.pick(lang)[1]}" for lang, text in says.items()}


def facts_of_service(definition: Definition, service_id: str) -> Mapping[str, Fact]:
    """The same for a service of a definition; nothing where it has no form."""
    form = definition.find(FORM, service_id)
    if form is None:
        return {}
    facts = answer_facts(form)
    for question in form.questions:
        if question.units:
            names = _names_of_units(definition, question.units)
            for name in names_of(question):
                facts[name] = replace(facts[name], words=names)
    return facts


def _names_of_units(definition: Definition, kind: str) -> dict[str, Mapping[str, str]]:
    files = (file for file in definition.all("units").values() if file.kind == kind)
    return {unit.id: unit.name for file in files for unit in file.units}


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
