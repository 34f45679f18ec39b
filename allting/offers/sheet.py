"""What a check of a situation holds in its hands, and where to say what is wrong."""

from collections.abc import Iterable
from dataclasses import dataclass

from allting.catalogue.api import SERVICE, Service
from allting.conditions.api import Bound, ConditionFault, FactType, Vocabulary, bind
from allting.forms.api import FORM, Form
from allting.offers.parts import OFFERS, Situation
from allting.offers.plan import bind_any
from allting.offers.vocabulary import SCOPE, is_held
from allting.packages.api import Definition, Report, did_you_mean, one_of

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Sheet:
    """One situation under check."""

    definition: Definition
    report: Report
    service: str
    number: int
    situation: Situation
    words: Vocabulary  # all that the service's expressions may name

    @property
    def product(self) -> Service | None:
        """The service, if its file can be read."""
        return self.definition.find(SERVICE, self.service)

    @property
    def form(self) -> Form | None:
        """Its form, if there is one that can be read."""
        return self.definition.find(FORM, self.service)

    def wrong(
        self, place: Place, what: str, expected: str | None = None, mend: str | None = None
    ) -> None:
        """Report a mistake at a place in the situation."""
        self._report(self.report.error, place, None, what, expected, mend)

    def wrong_at(
        self, place: Place, offset: int, what: str, expected: str | None, mend: str | None = None
    ) -> None:
        """The same at a character of a text."""
        self._report(self.report.error, place, offset, what, expected, mend)

    def odd(self, place: Place, what: str, expected: str | None, mend: str | None = None) -> None:
        """Report something that is probably not meant."""
        self._report(self.report.warning, place, None, what, expected, mend)

    def _report(self, how: object, place: Place, offset: int | None, *said: str | None) -> None:
        path = ("situations", self.number, *place)
        at = self.definition.at(OFFERS, self.service, *path, offset=offset)
        how(at, *said)  # type: ignore[operator]

    def exists(self, place: Place, what: str, id: str, known: Iterable[str]) -> bool:
        """Report an id that nothing is called."""
        choices = list(known)
        if id in choices:
            return True
        expected = one_of(choices) if choices else f"there is no {what} yet"
        self.wrong(place, f"there is no {what} '{id}'", expected, did_you_mean(id, choices))
        return False

    def expression(
        self, place: Place, source: str, expects: FactType | None, *, offer: bool = False
    ) -> None:
        """Report what is wrong with an expression, and what it asks that nobody knows yet."""
        try:
            bound = bind(source, self.words, expects=expects) if expects else self._any(source)
        except ConditionFault as fault:
            for it in fault.problems:
                self.wrong_at(place, it.offset, it.what, it.expected, it.suggestion)
            return
        for name in bound.names:
            if not (is_held(name) or (offer and name.startswith(f"{SCOPE}."))):
                self._too_early(place, source, name, offer)

    def _any(self, source: str) -> Bound:
        return bind_any(source, self.words)

    def _too_early(self, place: Place, source: str, name: str, offer: bool) -> None:
        scope, _, rest = name.partition(".")
        own = "write the name bare: " + rest if scope in ("child", "applicant") else None
        known = "facts of the person (bare), of the household, and parameters"
        when = "when an offer is accepted" if offer else "while a situation is looked for"
        self.wrong_at(
            place,
            max(0, source.find(name)),
            f"{name} is not known {when}",
            known + (", and the offer's own (offer.start)" if offer else ""),
            own if rest in self.words.facts else None,
        )
