"""A decision about a child goes to everyone who answers for it, each in their own language.

Not where the child, the applicant or a guardian is protected: what is decided, and to whom it is
sent, tells where they are. Then the applicant alone is told, and the desk says so.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from allting.cases import documents
from allting.cases.known import system_actor
from allting.cases.models import Letter
from allting.cases.placeholders import as_plain
from allting.cases.processes import process_of
from allting.cases.writing import Values, Written
from allting.cases.writing import write as words_of
from allting.kernel.api import today
from allting.register.api import Errand, contact_of, guardians_to_tell, people_cards
from allting.ui.api import later

TOLD, WITHHELD, NOBODY_ELSE = "told", "withheld", ""


@dataclass(frozen=True, slots=True)
class Copy:
    """A decision as another guardian gets it."""

    person: UUID
    words: Written
    content: bytes


def copies_of(letter: Letter) -> tuple[str, list[Copy]]:
    """Whether others are told, and what each of them gets."""
    case = letter.case
    process = process_of(case.edition, case.service)
    if process.decision_to != "guardians" or case.subject == case.applicant:
        return NOBODY_ELSE, []
    others = guardians_to_tell(case.subject, besides=case.applicant, as_of=today())
    if not others.people:
        return NOBODY_ELSE, []
    if others.withheld:
        return WITHHELD, []
    return TOLD, [_copy(letter, person) for person in others.people]


def _copy(letter: Letter, person: UUID) -> Copy:
    case = letter.case
    contact = contact_of(person)
    theirs = _in_language(letter, contact.language if contact else letter.language)
    words = words_of(theirs)
    words = replace(words, body=f"{_why(theirs, words.language)}\n\n{words.body}")
    reader, errand = system_actor(case.board, "Letter"), Errand(case.board, case.number)
    card = people_cards(reader, [person], purpose="letter", errand=errand)[person]
    return Copy(person, words, documents.made(theirs, words, card))


def _in_language(letter: Letter, language: str) -> Letter:
    """The same letter, never stored, in another language."""
    fields = ("id", "name", "occasion", "message", "formal", "promised_at")
    theirs = Letter(**{name: getattr(letter, name) for name in fields}, language=language)
    theirs.case = letter.case
    return theirs


def _why(letter: Letter, language: str) -> str:
    """Why they get it: the letter itself speaks to the one who applied."""
    values = Values(letter)
    values.language = language
    sentence = later(
        "You get this because you answer for {child}. {applicant} applied, and got this letter:"
    )
    names = {"child": values.plain("subject.name"), "applicant": values.plain("applicant.name")}
    return values.speak(sentence, **{name: as_plain(said) for name, said in names.items()})
