"""A promised letter in words: the package's template, with what this case is about put in."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from allting.cases import asked
from allting.cases.askers import asker_of
from allting.cases.deadlines import NEVER
from allting.cases.definitions import LETTER, Process
from allting.cases.known import brought, system_actor, values_in
from allting.cases.models import Case, Decision, Letter
from allting.cases.placeholders import as_plain, fill
from allting.cases.processes import process_of, unit_names
from allting.catalogue.api import (
    board,
    contact_of,
    costs,
    facts_for_costs,
    organisation,
    service,
)
from allting.forms.api import answers_for_reading, submission
from allting.kernel.api import SWEDEN
from allting.packages.api import Edition, edition
from allting.register.api import Errand, PersonCard, people_cards
from allting.ui.api import Translator, date, later, money, plain, translator

_HEADING = re.compile(r"\s*# +([^\n]*)\n?")
_TRUSTED = ("appeal",)  # the package's own Markdown


@dataclass(frozen=True, slots=True)
class Written:
    """A letter in one language."""

    subject: str
    body: str  # Markdown, without the subject
    language: str


def write(letter: Letter, decision: Decision | None = None) -> Written:
    """The words of a promised letter. Raises LookupError if the edition has no such letter.

    `decision` stands for one that is not made yet, where a letter is looked at beforehand.
    """
    values = Values(letter)
    if decision is not None:
        values.decision = decision
    source = values.edition.definition.markdown(
        LETTER, letter.case.service, letter.name, letter.language
    )
    if source is None:
        raise LookupError(f"{letter.case.service} has no letter '{letter.name}'")
    values.language = source.language
    if letter.formal and values.process.appeal and "{appeal}" not in source:
        title = values.speak(later("How to have the decision tested"))
        source = type(source)(f"{source}\n\n## {title}\n\n{{appeal}}\n", source.language)
    heading = _HEADING.match(source)
    subject = fill(heading[1], values.plain) if heading else plain(values.service_title, "sv")
    body = source[heading.end() :] if heading else source
    return Written(subject.strip(), fill(body, values.markdown).strip() + "\n", source.language)


class Values:
    """What stands for each placeholder of one letter; each is looked up when a letter needs it."""

    def __init__(self, letter: Letter) -> None:
        self.letter = letter
        self.case: Case = letter.case
        self.language = letter.language
        self.edition: Edition = edition(self.case.edition)
        self.process: Process = process_of(self.case.edition, self.case.service)

    def plain(self, name: str) -> str:
        """The value as it is."""
        scope, _, rest = name.partition(".")
        return _SCOPES[scope](self, rest)

    def markdown(self, name: str) -> str:
        """The value as Markdown that shows exactly that."""
        value = self.plain(name)
        return value if name in _TRUSTED else as_plain(value)

    @property
    def speak(self) -> Translator:
        """The language of the letter."""
        return translator(self.language)

    @property
    def service_title(self) -> Mapping[str, str]:
        """What the service is called."""
        return service(self.edition, self.case.service).title

    @cached_property
    def people(self) -> dict[Any, PersonCard]:
        """The applicant and whom it concerns, read by the house itself, and logged. Nobody where
        somebody asked without saying who they are."""
        if asker_of(self.case) is not None:
            return {}
        return people_cards(
            self._reader,
            [self.case.applicant, self.case.subject],
            purpose="letter",
            errand=self._errand,
        )

    @cached_property
    def decision(self) -> Decision:
        """The decision that the letter tells of."""
        return Decision.objects.get(case=self.case)

    @cached_property
    def answers(self) -> Mapping[str, Any]:
        """What was answered."""
        found = submission(self.case.submission)
        return found.answers if found else {}

    @cached_property
    def _reader(self) -> Any:
        return system_actor(self.case.board, "Letter")

    @property
    def _errand(self) -> Errand:
        return Errand(self.case.board, self.case.number)

    def _case(self, name: str) -> str:
        if name == "number":
            return self.case.number
        if name == "service":
            return plain(self.service_title, self.language)
        if name == "received":
            return date(self.language, self.case.received_at)
        return "–" if self.case.due == NEVER else date(self.language, self.case.due)

    def _applicant(self, name: str) -> str:
        return self._name(self.case.applicant)

    def _subject(self, name: str) -> str:
        return self._name(self.case.subject)

    def _name(self, id: UUID) -> str:
        card = self.people.get(id)
        return card.name if card else ""

    def _board(self, name: str) -> str:
        if name == "name":
            return plain(board(self.edition, self.case.board).name, self.language)
        return getattr(contact_of(self.edition, self.case.board), name) or ""

    def _municipality(self, name: str) -> str:
        return plain(organisation(self.edition).name, self.language)

    def _message(self, name: str) -> str:
        return self.letter.message

    def _parameter(self, name: str) -> str:
        return str(self.edition.definition.parameters[name])

    def _answer(self, name: str) -> str:
        rows = answers_for_reading(
            self.edition,
            self.case.service,
            self.answers,
            self.language,
            people={str(id): card.name for id, card in self.people.items()},
        )
        return next((row.value for row in rows if row.question == name), "–")

    def _cost(self, name: str) -> str:
        day = self.case.received_at.astimezone(SWEDEN).date()
        values = values_in(
            self._reader,
            self.edition,
            service=self.case.service,
            errand=self._errand,
            applicant=self.case.applicant,
            subject=self.case.subject,
            answers=self.answers,
            names=facts_for_costs(self.edition, self.case.service),
            as_of=day,
            purpose="letter",
            context=brought(self.edition, self.case.service, submission(self.case.submission)),
        )
        found = {it.id: it for it in costs(self.edition, self.case.service, values, day)}
        amount = found[name].amount
        return (
            self.speak(later("not known yet")) if amount is None else money(self.language, amount)
        )

    def signature(self) -> tuple[str, str]:
        """Who stands below the decision, and for which board."""
        name = self.decision.name or self.speak(later("Decided automatically"))
        return name, self.plain("board.name")

    def _decision(self, name: str) -> str:
        made = self.decision
        outcome = self.process.outcome(made.outcome)
        if name == "outcome":
            return plain(outcome.title, self.language)
        if name == "reason":
            return made.reason
        if name == "date":
            return date(self.language, made.at)
        if name == "by":
            return made.name or self.speak(later("a computer, by the municipality's rules"))
        ask = next(ask for ask in outcome.asks if ask.id == name)
        units = unit_names(self.case.edition, ask.units, self.language) if ask.units else {}
        return asked.worded(ask, made.values.get(name), self.speak, units) or "–"

    def _appeal(self, name: str) -> str:
        appeal = self.process.appeal
        return plain(appeal.says, self.language) if appeal else ""


_SCOPES: Mapping[str, Callable[[Values, str], str]] = {
    "case": Values._case,
    "applicant": Values._applicant,
    "subject": Values._subject,
    "board": Values._board,
    "municipality": Values._municipality,
    "message": Values._message,
    "parameters": Values._parameter,
    "answers": Values._answer,
    "cost": Values._cost,
    "decision": Values._decision,
    "appeal": Values._appeal,
}
