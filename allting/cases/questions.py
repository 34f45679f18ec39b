"""What people ask on the page of a service: a case at its board, whoever they are.

Whoever has not signed in is an *asker*: an id that nobody in the register has, and what they told
to be reached by. They read the answer by a code, which is made from the id and kept nowhere.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from allting.cases.askers import case_by, code_of, new_asker, takes_questions
from allting.cases.known import system_actor
from allting.cases.models import Asker, Case, Decision
from allting.cases.receive import ABOUT
from allting.catalogue.api import board, service
from allting.forms.api import FORM, Behalf, Submission, submission, submit_for
from allting.identity.api import Actor
from allting.kernel.api import SWEDEN, now, one, write
from allting.packages.api import Edition, Text, edition
from allting.register.api import Errand
from allting.ui.api import plain

QUESTION, TOPIC = "question", "about"
MOST = 5_000  # characters in a question, where the form says nothing else


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks, about which service; how they are reached if they have not signed in."""

    about: str
    text: str
    language: str
    key: str  # the same one twice is one question
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """A question that has come in: its case, and the code of whoever has not signed in."""

    number: str
    code: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A question as its asker sees it."""

    number: str
    about: str
    text: str
    asked_at: datetime
    due: date
    board: Text
    open: bool
    answer: str
    answered_at: datetime | None


def longest(edition: Edition) -> int:
    """How many characters a question may have, as its form says."""
    form = edition.definition.one(FORM, takes_questions(edition))
    asked = next(it for it in form.questions if it.id == QUESTION)
    return int(asked.max) if isinstance(asked.max, int) else MOST


def ask(edition: Edition, question: Question, actor: Actor | None) -> Received:
    """Let a question become a case. Raises NotComplete where it may not stand, or LookupError.

    Asked again under the same key it is the same case.
    """
    source = f"question:{question.key}"
    with write():
        held = Submission.objects.filter(source=source).first()
        person = held.applicant if held else _whoever(question, actor)
        id = submit_for(_behalf(edition, question, person), source=source, as_of=_today())
        number = Case.objects.values_list("number", flat=True).get(submission=id)
        known = one(Asker, person)
    return Received(number, code_of(known.id) if known else "")


def _today() -> date:
    return now().astimezone(SWEDEN).date()


def _whoever(question: Question, actor: Actor | None) -> UUID:
    if actor is not None and actor.person is not None:
        return actor.person
    return new_asker(question.language, question.email, question.phone)


def _behalf(edition: Edition, question: Question, person: UUID) -> Behalf:
    name = takes_questions(edition)
    owner = board(edition, service(edition, name).board).id
    title = plain(service(edition, question.about).title, question.language)
    form = edition.definition.one(FORM, name)
    told = {QUESTION: question.text}
    if any(it.id == TOPIC for it in form.questions):
        told[TOPIC] = title
    return Behalf(
        edition=edition,
        service=name,
        applicant=person,
        subject=person,
        told=told,
        context={ABOUT: question.about},
        language=question.language,
        reader=system_actor(owner, "Question"),
        errand=Errand(owner),
    )


# ---- reading the answer


def question_by(code: str) -> Answered | None:
    """The question that a code opens, as it is typed; None where it opens nothing."""
    case = case_by(code)
    return None if case is None else question_in(case)


def question_in(case: Case) -> Answered:
    """The question that a case is."""
    sent = submission(case.submission)
    answers = sent.answers if sent else {}
    decision = Decision.objects.filter(case=case).first()
    return Answered(
        case.number,
        str(answers.get(TOPIC, "")),
        str(answers.get(QUESTION, "")),
        case.received_at,
        case.due,
        board(edition(case.edition), case.board).name,
        case.open,
        decision.reason if decision else "",
        decision.at if decision else None,
    )
