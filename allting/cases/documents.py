"""Letters as documents: made, kept on disk under the digest of their content, opened again."""

from io import BufferedReader
from uuid import UUID

from allting.cases.models import Letter
from allting.cases.pdf import Appeal, Letterhead, letter_pdf
from allting.cases.writing import Values, Written
from allting.catalogue.api import contact_of, organisation
from allting.forms.api import Kept, keep_file, path_of
from allting.kernel.api import SWEDEN
from allting.register.api import PersonCard
from allting.ui.api import translator

PDF = "application/pdf"


def made(letter: Letter, words: Written, to: PersonCard | None = None) -> bytes:
    """The letter as an accessible PDF in its language; made again it is the same.

    `to`: whom it goes to, if not to the applicant.
    """
    values = Values(letter)
    values.language = words.language
    body, appeal = _appeal_apart(words.body, values.plain("appeal").strip())
    to = to or values.people[letter.case.applicant]
    return letter_pdf(
        title=words.subject,
        markdown=body,
        language=words.language,
        sender=_letterhead(values),
        recipient=(to.name, *(to.address or "").split(", ")),
        on=letter.promised_at.astimezone(SWEDEN).date(),
        reference=letter.case.number,
        service=values.plain("case.service"),
        signature=values.signature(),
        appeal=appeal,
    )


def _letterhead(values: Values) -> Letterhead:
    contact = contact_of(values.edition, values.case.board)
    definition = values.edition.definition
    theme, arms = definition.package.theme, organisation(values.edition).arms
    reached = (contact.address, contact.phone, contact.email, contact.web)
    return Letterhead(
        municipality=values.plain("municipality.name"),
        board=values.plain("board.name"),
        contact=tuple(str(way) for way in reached if way),
        brand=theme.brand,
        accent=theme.accent,
        mark=definition.drawings.get(arms or ""),
    )


def _appeal_apart(body: str, says: str) -> tuple[str, Appeal | None]:
    """The body, and the section that is the way to have it tested, which gets a box of its own.

    >>> _appeal_apart("Ja.\\n\\n## Prövning\\n\\nSkriv till rätten.\\n", "Skriv till rätten.")
    ('Ja.\\n', Appeal(title='Prövning', markdown='Skriv till rätten.'))
    """
    before, found, after = body.partition(says) if says else (body, "", "")
    rest, mark, title = before.rstrip().rpartition("\n## ")
    if not found or not mark or "\n" in title:
        return body, None
    return f"{rest.rstrip()}\n\n{after.strip()}".strip() + "\n", Appeal(title, says)


def keep(letter_id: UUID, content: bytes) -> Kept:
    """Keep a document; the same content twice is kept once."""
    return keep_file(letter_id, [content])


def opened(letter: Letter) -> BufferedReader:
    """The kept document of a letter."""
    return path_of(letter.id, letter.digest).open("rb")


def name_of(letter: Letter, language: str = "") -> str:
    """What the document is called when someone saves it."""
    speak = translator(language or letter.language)
    return f"{speak('decision')}-{letter.case.number}.pdf".lower()
