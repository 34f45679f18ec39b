"""Letters as documents: made, kept on disk under the digest of their content, opened again."""

from io import BufferedReader
from uuid import UUID

from allting.cases.models import Letter
from allting.cases.writing import Written
from allting.forms.api import Kept, keep_file, path_of
from allting.ui.api import translator

PDF = "application/pdf"


def made(letter: Letter, words: Written) -> bytes:
    """The letter as an accessible PDF in its language."""
    raise NotImplementedError


def keep(letter_id: UUID, content: bytes) -> Kept:
    """Keep a document; the same content twice is kept once."""
    return keep_file(letter_id, [content])


def opened(letter: Letter) -> BufferedReader:
    """The kept document of a letter."""
    return path_of(letter.id, letter.digest).open("rb")


def name_of(letter: Letter) -> str:
    """What the document is called when someone saves it."""
    speak = translator(letter.language)
    return f"{speak('decision')}-{letter.case.number}.pdf".lower()
