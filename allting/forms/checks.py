"""What must hold across a form and the rest of the package, each fault with how to mend it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from allting.catalogue.api import SERVICE
from allting.conditions.api import FactType, Vocabulary, vocabulary
from allting.forms.conditions_check import check_conditions
from allting.forms.declares_check import check_declares
from allting.forms.limits_check import check_limits
from allting.forms.parts import FORM, Form, Question
from allting.forms.reach import check_reach
from allting.forms.vocabulary import names_of
from allting.packages.api import At, Definition, Report, did_you_mean, one_of

RESERVED = ("check", "delete", "files", "submit", "told")  # addresses of a draft's own pages
WITH_OPTIONS = ("choice", "choices")
WITH_UNITS = ("unit", "wishes")
FITS: dict[FactType, tuple[str, ...]] = {
    FactType.TEXT: ("text", "long-text", "email", "phone", "address"),
    FactType.NUMBER: ("number", "money"),
    FactType.DATE: ("date",),
    FactType.BOOLEAN: ("yes-no",),
}


@dataclass(frozen=True)
class Subject:
    """One form under check."""

    definition: Definition
    service: str
    form: Form
    words: Vocabulary
    report: Report

    def at(self, *path: str | int, offset: int | None = None) -> At:
        """A place in this form."""
        return At(self.definition.file(FORM, self.service), path, offset)

    def places(self) -> Iterable[tuple[Question, tuple[str | int, ...]]]:
        """Every question with its path."""
        for p, page in enumerate(self.form.pages):
            for q, question in enumerate(page.questions):
                yield question, ("pages", p, "questions", q)


def check_forms(definition: Definition, report: Report) -> None:
    """The cross-check of every form in a definition."""
    for service, form in definition.all(FORM).items():
        subject = Subject(definition, service, form, vocabulary(definition, service), report)
        _ids(subject)
        _whom(subject)
        for question, path in subject.places():
            _options(subject, question, path)
            _units(subject, question, path)
            _known(subject, question, path)
            check_declares(subject, question, path)
            check_limits(subject, question, path)
        if check_conditions(subject):
            check_reach(subject)


def _ids(subject: Subject) -> None:
    for p, page in enumerate(subject.form.pages):
        if page.id in RESERVED:
            subject.report.error(
                subject.at("pages", p, "id"),
                f"a page cannot be called '{page.id}': the form uses that address itself",
                "any id but " + one_of(RESERVED),
            )
    pages = Counter(page.id for page in subject.form.pages)
    for p, page in enumerate(subject.form.pages):
        if pages[page.id] > 1:
            _twice(subject, ("pages", p, "id"), f"pages are called '{page.id}'")
    names = Counter(name for q in subject.form.questions for name in names_of(q) or (q.name,))
    for question, path in subject.places():
        clash = next((n for n in names_of(question) or (question.name,) if names[n] > 1), None)
        if clash is not None:
            _twice(subject, (*path, "id"), f"answers are called '{clash}' in conditions")


def _twice(subject: Subject, path: tuple[str | int, ...], what: str) -> None:
    subject.report.error(
        subject.at(*path), f"two {what}", "an id of its own for each", "rename one of them"
    )


def _whom(subject: Subject) -> None:
    if subject.service not in subject.definition.ids(SERVICE):
        subject.report.error(
            subject.at(),
            f"there is a form but no service '{subject.service}'",
            f"services/{subject.service}/service.yaml beside it",
            "write service.yaml, or move the form to the service it belongs to",
        )
    service = subject.definition.find(SERVICE, subject.service)
    if service is None:
        return
    children = [(q, path) for q, path in subject.places() if q.kind == "child"]
    if service.subject == "child" and not children:
        subject.report.error(
            subject.at("pages"),
            "the service concerns a child, but no question chooses the child",
            "one question of kind child",
            "add a first page with {id: child, kind: child, label: …}, "
            "or change subject in service.yaml",
        )
    if service.subject != "child":
        for _, path in children:
            subject.report.error(
                subject.at(*path, "kind"),
                f"a child is chosen, but the service concerns {service.subject}",
                "subject: child in service.yaml, or another kind of question",
            )
        return
    _one_child(subject, children)


def _one_child(subject: Subject, children: list[tuple[Question, tuple[str | int, ...]]]) -> None:
    for question, path in children[1:]:
        subject.report.error(
            subject.at(*path, "kind"),
            f"'{question.id}' is a second question of kind child",
            "one: the application concerns one child",
        )
    for question, path in children[:1]:
        page = subject.form.pages[int(path[1])]
        if not question.required or question.asked_if or page.asked_if:
            subject.report.error(
                subject.at(*path),
                f"'{question.id}' chooses whom the service concerns, but is not always asked",
                "a required question without asked_if, on a page without asked_if",
            )


def _options(subject: Subject, question: Question, path: tuple[str | int, ...]) -> None:
    if question.kind in WITH_OPTIONS and len(question.options) < 2:
        subject.report.error(
            subject.at(*path),
            f"'{question.id}' is a {question.kind} with fewer than two options",
            "options: [{id: …, label: …}, {id: …, label: …}]",
            "use kind yes-no or consent when there is only one thing to say yes to",
        )
    if question.options and question.kind not in WITH_OPTIONS:
        subject.report.error(
            subject.at(*path, "options"),
            f"a question of kind {question.kind} has no options",
            "options only with kind choice or choices",
        )
    seen = Counter(option.id for option in question.options)
    for o, option in enumerate(question.options):
        if seen[option.id] > 1:
            _twice(subject, (*path, "options", o, "id"), f"options are called '{option.id}'")


def _units(subject: Subject, question: Question, path: tuple[str | int, ...]) -> None:
    if question.kind not in WITH_UNITS:
        if question.units is not None:
            subject.report.error(
                subject.at(*path, "units"),
                f"a question of kind {question.kind} has no units",
                "units only with kind unit or wishes",
            )
        return
    if question.units is None:
        subject.report.error(
            subject.at(*path),
            f"'{question.id}' does not say which units to choose from",
            "units: with a kind of units/*.yaml, such as units: preschool",
        )
        return
    known = {units.kind for units in subject.definition.all("units").values()}
    if question.units not in known:
        subject.report.error(
            subject.at(*path, "units"),
            f"no file in units/ has kind: {question.units}",
            f"one of {one_of(sorted(known))}" if known else "a file units/….yaml with that kind",
            did_you_mean(question.units, sorted(known)),
        )


def _known(subject: Subject, question: Question, path: tuple[str | int, ...]) -> None:
    if question.known_from is None:
        return
    where = subject.at(*path, "known_from")
    facts = {
        name: fact
        for name, fact in subject.words.facts.items()
        if not name.startswith(("answers.", "parameters."))
    }
    fact = facts.get(question.known_from)
    if fact is None:
        subject.report.error(
            where,
            f"'{question.known_from}' is not a fact of the register",
            "a fact such as applicant.phone; `allting facts` lists them",
            did_you_mean(question.known_from, facts),
        )
        return
    fitting = FITS[fact.type]
    if question.kind not in fitting:
        subject.report.error(
            where,
            f"'{question.known_from}' is a {fact.type}, but the question is of kind "
            f"{question.kind}",
            f"a question of kind {one_of(fitting)}",
        )
