"""An application made in one step for someone who said yes: no draft, no pages, the same rules.

What is worked out or told is checked as if it had been typed; what the register knows is filled in
as it would have been on the pages. Nothing is stored unless all of it may stand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from allting.catalogue.api import service
from allting.forms.events import FormSubmitted
from allting.forms.models import Submission
from allting.forms.plan import PARAMETERS, Plan, PlannedQuestion, plan_of, register_names
from allting.forms.queries import DraftRow
from allting.forms.reading import Wrong, still_wrong
from allting.forms.rules import asked_answers, walk
from allting.forms.sitting import Sitting
from allting.identity.api import Actor
from allting.kernel.api import announce, insert, new_id, now, write
from allting.packages.api import Edition
from allting.register.api import Errand, Facts
from allting.register.api import facts as register_facts

_NO_DRAFT = UUID(int=0)


@dataclass(frozen=True)
class Behalf:
    """Who applies for what, and what is known of it beside the register.

    `told`: answers by question. `context`: values by full name, such as `offer.start`. `reader`
    reads the register on `errand`: the person themselves need not be signed in. The answers to
    `beside` lie elsewhere, on paper; `came_on` is the day the application came, if not today.
    `unknown`: the applicant is nobody of whom the register knows anything.
    """

    edition: Edition
    service: str
    applicant: UUID
    subject: UUID
    told: Mapping[str, Any]
    context: Mapping[str, Any]
    language: str
    reader: Actor
    errand: Errand
    purpose: str = "offer"
    beside: frozenset[str] = frozenset()
    came_on: date | None = None
    unknown: bool = False


class NotComplete(Exception):
    """Answers are missing, or may not stand: `wrong` says which, and what to do."""

    def __init__(self, wrong: Sequence[Wrong]) -> None:
        super().__init__(", ".join(one.question for one in wrong))
        self.wrong = tuple(wrong)


def seat(behalf: Behalf, as_of: date) -> Sitting:
    """The person as if at a draft with all pages filled in. Raises LookupError without a form."""
    plan = plan_of(behalf.edition, behalf.service)
    if plan is None:
        raise LookupError(f"{behalf.service} has no form")
    names = _names(plan)
    facts = _read(behalf, plan, names, as_of)
    facts.update(behalf.context)
    answers = _answers(behalf, plan, facts)
    way = walk(plan, answers, facts, as_of)
    for planned in way.questions:
        if not planned.question.required:
            answers.setdefault(planned.id, None)
    return Sitting(
        actor=behalf.reader,
        draft=_as_draft(behalf, answers),
        edition=behalf.edition,
        plan=plan,
        service=service(behalf.edition, behalf.service),
        as_of=as_of,
        facts=facts,
        read=frozenset(names),
        way=way,
    )


def submit_for(behalf: Behalf, *, source: str, as_of: date) -> UUID:
    """Submit once for each `source` ("offer:…"); the submission, also when it was made before.

    Raises NotComplete, and then nothing is stored. Joins the caller's transaction.
    """
    sitting = seat(behalf, as_of)
    wrong = [it for it in still_wrong(sitting, behalf.language) if it.question not in behalf.beside]
    if wrong:
        raise NotComplete(wrong)
    answers = asked_answers(sitting.way, sitting.answers)
    with write():
        moment, submission = now(), new_id()
        row = _row(behalf, sitting, submission, source, answers, moment)
        if insert("forms_submission", row, unique="source") is None:
            return Submission.objects.values_list("id", flat=True).get(source=source)
        announce(_event(behalf, submission, answers, moment))
    return submission


def _names(plan: Plan) -> set[str]:
    questions = plan.questions.values()
    bounds = (q.valid_if for q in questions if q.valid_if is not None)
    known = {q.question.known_from for q in questions if q.question.known_from}
    return {*plan.facts, *register_names(iter(bounds)), *known}


def _read(behalf: Behalf, plan: Plan, names: set[str], as_of: date) -> Facts:
    if not names or behalf.unknown:
        return Facts()
    return register_facts(
        behalf.reader,
        applicant=behalf.applicant,
        subject=behalf.subject,
        names=names,
        as_of=as_of,
        purpose=behalf.purpose,
        errand=behalf.errand,
        here=plan.parameters.get(f"{PARAMETERS}municipality_code"),
    )


def _answers(behalf: Behalf, plan: Plan, facts: Mapping[str, Any]) -> dict[str, Any]:
    answers = {id: value for id, value in behalf.told.items() if value is not None}
    if plan.child is not None:
        answers[plan.child] = str(behalf.subject)
    for planned in plan.questions.values():
        known = _known(planned, facts)
        if known is not None:
            answers.setdefault(planned.id, known)
    return answers


def _known(planned: PlannedQuestion, facts: Mapping[str, Any]) -> Any:
    name = planned.question.known_from
    value = facts.get(name) if name else None
    return planned.kind.from_fact(value) if value is not None else None


def _as_draft(behalf: Behalf, answers: dict[str, Any]) -> DraftRow:
    moment = now()
    return DraftRow(
        id=_NO_DRAFT,
        person=behalf.applicant,
        service=behalf.service,
        edition=behalf.edition.id,
        answers=answers,
        known={},
        told=(),
        page="",
        way=None,
        language=behalf.language,
        version=0,
        created_at=moment,
        changed_at=moment,
        submitted_at=None,
    )


def _row(
    behalf: Behalf,
    sitting: Sitting,
    submission: UUID,
    source: str,
    answers: Mapping[str, Any],
    moment: datetime,
) -> dict[str, Any]:
    asked = (planned for planned in sitting.way.questions if planned.id in answers)
    known = {it.id: value for it in asked if (value := sitting.known(it)) is not None}
    return {
        "id": submission,
        "source": source,
        "context": {name: _plain(value) for name, value in behalf.context.items()},
        "service": behalf.service,
        "edition": behalf.edition.id,
        "applicant": behalf.applicant,
        "subject": behalf.subject,
        "answers": dict(answers),
        "known": known,
        "language": behalf.language,
        "submitted_at": moment,
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _event(
    behalf: Behalf, submission: UUID, answers: Mapping[str, Any], moment: datetime
) -> FormSubmitted:
    return FormSubmitted(
        submission=submission,
        service=behalf.service,
        edition=behalf.edition.id,
        applicant=behalf.applicant,
        subject=behalf.subject,
        answers=answers,
        submitted_at=moment,
        language=behalf.language,
        context=behalf.context,
        came_on=behalf.came_on,
    )


def telling(behalf: Behalf, told: Mapping[str, Any]) -> Behalf:
    """The same, where the person has told this too."""
    return replace(behalf, told={**behalf.told, **told})
