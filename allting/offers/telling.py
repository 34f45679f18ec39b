"""The words of an offer, for one addressee: the letter, the text message, the reason."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from allting.catalogue.api import board, contact_of, organisation, service, units
from allting.conditions.api import FactType
from allting.offers.known import PURPOSE, from_data, reader
from allting.offers.models import Offer
from allting.offers.parts import LETTER
from allting.offers.placeholders import fill
from allting.offers.plan import Planned, find_planned
from allting.packages.api import Edition, edition
from allting.register.api import Errand, PersonCard, people_cards
from allting.ui.api import date as in_words
from allting.ui.api import money, month, number, plain, translator

PARAMETERS = "parameters."
_HEADING = re.compile(r"\s*# +([^\n]*)\n?")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Written:
    """A letter in one language."""

    subject: str
    body: str  # Markdown, without the subject
    sms: str  # with {link} where the address goes


class Words:
    """What stands for each placeholder, for one addressee of one offer, in their language."""

    def __init__(self, offer: Offer, language: str, addressee: UUID | None = None) -> None:
        self.offer = offer
        self.language = language
        self.addressee = addressee
        self.edition: Edition = edition(offer.edition)
        self.planned: Planned = find_planned(self.edition, offer.service, offer.situation)

    def letter(self) -> Written:
        """The letter, and the text message that says that it has come."""
        situation = self.planned.situation
        source = self.edition.definition.markdown(
            LETTER, self.offer.service, situation.id, self.language
        )
        if source is None:
            raise LookupError(f"{self.planned.key} has no letter")
        heading = _HEADING.match(source)
        subject = fill(heading[1], self.plain) if heading else self.title
        body = fill(source[heading.end() :] if heading else source, self._markdown)
        return Written(subject.strip(), body.strip() + "\n", self.sms)

    @property
    def title(self) -> str:
        """What the situation is called."""
        return plain(self.planned.situation.title, self.language)

    @property
    def sms(self) -> str:
        """The text message, its address still to be put in."""
        return fill(plain(self.planned.situation.sms, self.language), self._in_the_open)

    @property
    def because(self) -> str:
        """Why it is offered, in plain words."""
        return fill(plain(self.planned.situation.because, self.language), self.plain)

    @property
    def because_in_the_open(self) -> str:
        """The same where anyone with the link reads it: of a day that is somebody's own, such as
        when they were born or are to marry, only the month."""
        return fill(plain(self.planned.situation.because, self.language), self._by_the_month)

    def _by_the_month(self, name: str) -> str:
        value = None if name in _OWN or name.startswith(PARAMETERS) else self.data.get(name)
        return month(self.language, value) if isinstance(value, date) else self.plain(name)

    def plain(self, name: str) -> str:
        """The value of a placeholder as it is."""
        found = _OWN.get(name)
        return found(self) if found else self._fact(name)

    def _markdown(self, name: str) -> str:
        return _PUNCTUATION.sub(r"\\\1", self.plain(name))

    def _in_the_open(self, name: str) -> str:
        return "{link}" if name == "link" else self.plain(name)

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """What was known when it was made."""
        return {**self.planned.parameters, **from_data(self.planned, self.offer.data)}

    def _fact(self, name: str) -> str:
        return fact_in_words(self.planned, name, self.data.get(name), self.language)

    @cached_property
    def people(self) -> Mapping[UUID, PersonCard]:
        """Whom it is about and whom it is for; read by the house itself, and logged."""
        ids = [self.offer.person, *([self.addressee] if self.addressee else [])]
        errand = Errand(self.offer.board)
        return people_cards(reader(self.offer.board), ids, purpose=PURPOSE, errand=errand)

    def _subject(self) -> str:
        return self.people[self.offer.person].name

    def _addressee(self) -> str:
        return self.people[self.addressee or self.offer.person].name

    @property
    def unit(self) -> str:
        """The place that is kept, by its name."""
        for file in self.edition.definition.all("units").values():
            found = units(self.edition, file.kind).get(self.offer.unit)
            if found is not None:
                return plain(found.name, self.language)
        return self.offer.unit

    @property
    def start(self) -> str:
        """The first day of the place."""
        return in_words(self.language, self.offer.start) if self.offer.start else ""

    @property
    def closes(self) -> str:
        """The last day to answer."""
        return in_words(self.language, self.offer.closes)

    @property
    def service(self) -> str:
        """What the service is called."""
        return plain(service(self.edition, self.offer.service).title, self.language)

    @property
    def service_outside(self) -> str:
        """The same where others may read it: nothing, of a service that is discreet."""
        return service(self.edition, self.offer.service).named_outside(self.language)

    def _board(self) -> str:
        return plain(board(self.edition, self.offer.board).name, self.language)

    def _contact(self, name: str) -> str:
        return getattr(contact_of(self.edition, self.offer.board), name) or ""

    def _municipality(self) -> str:
        return plain(organisation(self.edition).name, self.language)


def fact_in_words(planned: Planned, name: str, value: Any, language: str) -> str:
    """A fact as a person reads it."""
    _ = translator(language)
    fact = planned.words.facts.get(name)
    if value is None:
        return _("not known")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return in_words(language, value)
    if fact is not None and fact.type is FactType.NUMBER:
        return money(language, value) if fact.money else number(language, value)
    words = fact.words.get(str(value), {}) if fact else {}
    return words.get(language) or str(value)


_OWN: Mapping[str, Callable[[Words], str]] = {
    "because": lambda it: it.because,
    "closes": lambda it: it.closes,
    "unit": lambda it: it.unit,
    "start": lambda it: it.start,
    "service": lambda it: it.service,
    "subject.name": Words._subject,
    "addressee.name": Words._addressee,
    "board.name": Words._board,
    "board.phone": lambda it: it._contact("phone"),
    "board.email": lambda it: it._contact("email"),
    "municipality.name": Words._municipality,
}
