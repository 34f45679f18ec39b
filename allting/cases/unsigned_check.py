"""What a service must be like to which something is sent in without signing in."""

from collections.abc import Iterator

from allting.cases.definitions import LETTER, PROCESS, Process
from allting.cases.placeholders import used_in
from allting.catalogue.api import SERVICE, Service
from allting.forms.api import FORM, Form
from allting.packages.api import Definition, Report, cross_check

WHO = ("applicant.name", "subject.name")


@cross_check
def sent_in_by_anyone(definition: Definition, report: Report) -> None:
    """Nothing in it asks for somebody whom the register knows."""
    for id in definition.ids("service"):
        product = definition.find(SERVICE, id)
        if product is None or not product.open_to_all:
            continue
        for what, expected in _wrong(definition, id, product):
            report.error(definition.at("service", id, "sign_in"), what, expected)


def _wrong(definition: Definition, id: str, product: Service) -> Iterator[tuple[str, str]]:
    form, process = definition.find(FORM, id), definition.find(PROCESS, id)
    if form is None or process is None:
        yield f"'{id}' has no form or no process", "form.yaml and process.yaml"
        return
    if product.subject in ("child", "couple") or product.asked_by != "applicant":
        yield f"'{id}' is about people whom the register must know", "subject: applicant"
    if product.conditions:
        yield f"'{id}' has conditions, of somebody whom nobody knows", "no conditions"
    yield from _of_form(form)
    yield from _of_process(process)
    yield from _of_letters(definition, id)


def _of_form(form: Form) -> Iterator[tuple[str, str]]:
    for it in form.questions:
        if it.declares:
            yield f"'{it.id}' is declared to the register", "a question without declares"
        if it.kind == "child":
            yield f"'{it.id}' chooses a child in the register", "no question of kind child"
        beside = it.kind == "file" or it.known_from in ("applicant.email", "applicant.phone")
        if beside and it.required:
            yield (
                f"'{it.id}' is not asked of those who do not sign in, and must be answered",
                "required: false, for a file, and for how the applicant is reached",
            )


def _of_process(process: Process) -> Iterator[tuple[str, str]]:
    for outcome in process.outcomes:
        if outcome.document:
            yield f"'{outcome.id}' is sent as a document, to nobody", "document: false"
        if outcome.establishes:
            yield f"'{outcome.id}' makes something true in the register", "no establishes"


def _of_letters(definition: Definition, id: str) -> Iterator[tuple[str, str]]:
    for name in definition.names(LETTER, id):
        for language in definition.languages:
            source = definition.markdown(LETTER, id, name, language)
            used = {it for _, it in used_in(source)} if source else set()
            if source and source.language == language and used & set(WHO):
                yield (
                    f"the letter '{name}' ({language}) names whoever sent it in",
                    f"a letter without {' and '.join(f'{{{it}}}' for it in WHO)}",
                )
