"""What the service that questions become cases of must be like."""

from collections.abc import Iterator

from allting.cases.definitions import PROCESS
from allting.cases.questions import QUESTION, TOPIC
from allting.forms.api import FORM, Form
from allting.packages.api import Definition, Report, cross_check

ORGANISATION = "organisation"


@cross_check
def questions(definition: Definition, report: Report) -> None:
    """It has a form that anyone can fill in, and a process."""
    town = definition.find(ORGANISATION)
    name = town.questions if town else None
    if not name:
        return
    for what, expected in _wrong(definition, name):
        report.error(definition.at(ORGANISATION, None, "questions"), what, expected)


def _wrong(definition: Definition, name: str) -> Iterator[tuple[str, str]]:
    if definition.find("service", name) is None:
        yield f"there is no service '{name}'", "a service with form.yaml and process.yaml"
        return
    form, process = definition.find(FORM, name), definition.find(PROCESS, name)
    if form is None or process is None:
        yield f"'{name}' has no form or no process", "form.yaml and process.yaml"
        return
    yield from _of_form(form, name)
    if process.automatic:
        yield f"a rule decides in '{name}'", "a person who answers"


def _of_form(form: Form, name: str) -> Iterator[tuple[str, str]]:
    kinds = {it.id: it.kind for it in form.questions}
    if kinds.get(QUESTION) != "long-text" or kinds.get(TOPIC, "text") != "text":
        yield (
            f"'{name}' does not ask for a question",
            f"a {QUESTION} of kind long-text, and if wanted an {TOPIC} of kind text",
        )
    for it in form.questions:
        if it.required and it.id not in (QUESTION, TOPIC):
            yield f"'{it.id}' of '{name}' must be answered", "only the question itself"
        if it.known_from or it.declares:
            yield (
                f"'{it.id}' of '{name}' speaks of the register",
                "nobody that it need know",
            )
