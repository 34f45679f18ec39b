"""The access log in words: who, when, about whom and why."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from allting.catalogue.api import NotInCatalogue, board, service
from allting.packages.api import Edition, Text
from allting.register.api import Read
from allting.ui.api import later, plain, translator

# the reasons that rooms state when they read; what is not here is shown as it was written
WHY = {
    "own children": later("which children you answer for"),
    "own contact details": later("your contact details"),
    "who may have the service": later("who may have a service"),
    "what is held": later("everything that is held about you"),
    "other guardians": later("who else answers for the child"),
    "the other guardian's case": later("a case of the other guardian"),
    "own case": later("your own case"),
    "letter": later("a letter in the case"),
    "automatic decision": later("a decision made by the computer"),
    "case": later("work with the case"),
    "taking in": later("what you told us, which we entered for you"),
    "offer": later("an offer from the municipality"),
    "place": later("the place that your child was given"),
    "placement": later("giving places in a round"),
    "placing by hand": later("choosing a place together with you"),
    "offers by hand": later("telling you of an offer, in a way that is safe"),
    "plan": later("a plan that you made"),
    "spouse": later("whom you are married to"),
    "nearest places": later("how far you have to the places of a service"),
    "queue": later("the list of cases that wait"),
    "search": later("somebody looked for your case"),
}
APPLICATION = "application: "


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line of the log."""

    at: datetime
    times: int
    yourself: bool
    reader: str
    board: Text | str
    about: str
    why: str
    case: str


def in_words(edition: Edition, language: str, reads: Sequence[Read]) -> Iterator[ReadLine]:
    """The log as it is shown."""
    for it in reads:
        yield ReadLine(
            it.last_at,
            it.looks,
            it.by_yourself,
            it.reader_name,
            _board(edition, it.board),
            it.person_name,
            _why(edition, language, it.purpose),
            it.case,
        )


def _why(edition: Edition, language: str, purpose: str) -> str:
    _ = translator(language)
    if purpose.startswith(APPLICATION):
        id = purpose.removeprefix(APPLICATION)
        with suppress(NotInCatalogue):  # a service that is no longer offered keeps its id
            id = plain(service(edition, id).title, language)
        return _("the form of {service}", service=id)
    return _(WHY[purpose]) if purpose in WHY else purpose


def _board(edition: Edition, id: str) -> Text | str:
    try:
        return board(edition, id).name if id else ""
    except NotInCatalogue:
        return id
