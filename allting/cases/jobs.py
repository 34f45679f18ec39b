"""Work after the act: promised letters are written, kept and sent."""

from uuid import UUID

from django_tasks import task

from allting.cases import documents
from allting.cases.addresses import case_at, question_at
from allting.cases.askers import asker_of, code_of
from allting.cases.copies import copies_of
from allting.cases.lengths import count_lengths
from allting.cases.models import Case, Letter
from allting.cases.writing import Written
from allting.cases.writing import write as words_of
from allting.catalogue.api import service
from allting.forms.api import Kept
from allting.kernel.api import now, one, run, schedule, today, write
from allting.notifications.api import OPEN, About, Attachment, send
from allting.packages.api import NothingPublished, current, edition
from allting.register.api import write_with_looks

# of two that write at once the second finds it written: it waits for the first, and changes nothing
_WRITTEN = """
    UPDATE cases_letter
    SET written_at = %s, subject = %s, body = %s, language = %s, digest = %s, size = %s
    WHERE id = %s AND written_at IS NULL
"""


@task(max_attempts=25)  # type: ignore[call-overload,untyped-decorator,unused-ignore]
def write_letter(letter_id: str) -> None:
    """Write a promised letter and send it; done again, it finds the letter written.

    The document is made and kept on disk before the transaction: a kill between leaves a file
    that nobody asks for, and never a letter that was sent but not kept.
    """
    letter = _promised(UUID(letter_id))
    if letter.written_at is not None:
        return
    if not letter.formal:
        with write_with_looks():
            _send_once(letter, words_of(letter))
        return
    words = words_of(letter)
    content = documents.made(letter, words)
    kept = documents.keep(letter.id, content)
    others, copies = copies_of(letter)
    with write():
        if _send_once(letter, words, content, kept):
            run("UPDATE cases_letter SET others = %s WHERE id = %s", [others, letter.id])
            for copy in copies:
                occasion = f"{letter.occasion}/{copy.person.hex}"
                _send(letter, copy.words, copy.content, to=copy.person, occasion=occasion)


def _promised(letter_id: UUID) -> Letter:
    letter = one(Letter, letter_id)
    case = one(Case, letter.case_id) if letter else None
    if letter is None or case is None:
        raise LookupError(f"letter {letter_id} is not there")
    letter.case = case
    return letter


def _send_once(
    letter: Letter, words: Written, content: bytes | None = None, kept: Kept | None = None
) -> bool:
    stored = (kept.digest, kept.size) if kept else ("", 0)
    told = (now(), words.subject[:300], words.body, words.language, *stored)
    new = bool(run(_WRITTEN, [*told, letter.id]))
    if new:
        _send(letter, words, content, to=letter.case.applicant, occasion=letter.occasion)
    return new


def _send(
    letter: Letter, words: Written, content: bytes | None, *, to: UUID, occasion: str
) -> None:
    case = letter.case
    attachment = None
    if content is not None:
        attachment = Attachment(documents.name_of(letter, words.language), documents.PDF, content)
    offered = service(edition(case.edition), case.service)
    where, kind = _where(letter, words.language)
    send(
        to_person=to,
        kind=kind,
        subject=words.subject,
        body_markdown=words.body,
        language=words.language,
        about=About(case.number, where, offered.named_outside(words.language)),
        attachment=attachment,
        occasion=occasion,
    )


def _where(letter: Letter, language: str) -> tuple[str, str]:
    """Where the letter's case is read, and what kind of message tells of it."""
    asker = asker_of(letter.case)
    if asker is not None:
        return question_at(language, code_of(asker.id)), OPEN
    kind = "decision" if letter.formal else "case"
    return case_at(language, letter.case.number), kind


@task()
def count_what_was_decided() -> int:
    """Keep the figures of how long cases take up to date."""
    try:
        return count_lengths(current().definition, today())
    except NothingPublished:
        return 0


schedule("how long cases take", count_what_was_decided, every="1 hour")
