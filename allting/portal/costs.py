"""What a service costs, in words: an amount, free of charge, or what it depends on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from allting.catalogue.api import CostOutcome
from allting.packages.api import Edition, Text
from allting.portal.law import LawLink, law_links
from allting.ui.api import Translator, later, money, plain, translator

PER = {
    "month": later("a month"),
    "year": later("a year"),
    "week": later("a week"),
    "day": later("a day"),
    "hour": later("an hour"),
    "time": later("each time"),
}
SCOPES = {
    "household": later("your household"),
    "answers": later("what you apply for"),
    "child": later("the child"),
    "parameters": later("the council's tariff, which is not set here yet"),
}
ANYTHING = later("who you are")


@dataclass(frozen=True, slots=True)
class CostLine:
    """One cost. `depends_on` names what is not known yet, when the amount is not."""

    id: str
    title: Text
    amount: str
    depends_on: str
    says: Text | None
    laws: tuple[LawLink, ...]


def cost_lines(edition: Edition, language: str, outcomes: Iterable[CostOutcome]) -> list[CostLine]:
    """The costs of a service as its page says them."""
    _ = translator(language)
    return [
        CostLine(
            it.id,
            it.cost.title,
            _amount(it, language, _),
            listed((_(_scope(name)) for name in it.missing), _),
            it.cost.says,
            law_links(edition, language, it.cost.law),
        )
        for it in outcomes
    ]


def _scope(name: str) -> str:
    """What a fact is about, in a word or two: the whole list would be longer than the page."""
    return SCOPES.get(name.partition(".")[0] if "." in name else "", ANYTHING)


def named(words: Mapping[str, Mapping[str, str]], name: str, language: str) -> str:
    """A fact as people call it."""
    says = words.get(name)
    return plain(says, language) if says else name.rpartition(".")[2].replace("_", " ")


def listed(parts: Iterable[str], _: Translator) -> str:
    """`a, b and c`.

    >>> listed(["a", "b", "c"], Translator("en"))
    'a, b and c'
    """
    known = list(dict.fromkeys(parts))
    if len(known) < 2:
        return "".join(known)
    return _("{first} and {last}", first=", ".join(known[:-1]), last=known[-1])


def _amount(it: CostOutcome, language: str, _: Translator) -> str:
    if it.amount is None:
        return ""
    if it.amount == 0:
        return _("Free of charge")
    per = f" {_(PER[it.cost.per])}" if it.cost.per else ""
    return money(language, it.amount) + per
