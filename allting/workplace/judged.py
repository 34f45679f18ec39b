"""What speaks for and against: each condition of a service, and what it was judged by, in words."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from allting.cases.api import Opened, law_of
from allting.catalogue.api import (
    ConditionOutcome,
    facts_for_conditions,
    organisation,
    parameters_of,
    who_may,
)
from allting.conditions.api import Fact, FactType, vocabulary
from allting.identity.api import Actor
from allting.packages.api import Edition
from allting.ui.api import Translator, later, money, number, plain
from allting.ui.api import date as in_words
from allting.workplace.known import known_values

SOURCES = {
    "population register": later("population register"),
    "declared by the household": later("declared by the household"),
    "given by the person": later("given by the person"),
    "stated": later("an earlier case"),
    "stated by the municipality": later("decided by the municipality"),
    "answer": later("answer"),
    "package": later("package"),
}


def judged(actor: Actor, opened: Opened, speak: Translator, day: date) -> Iterator[dict[str, Any]]:
    """Whether each condition holds today, and what it was judged by."""
    held, service = opened.edition, opened.case.service
    if not opened.service.conditions:
        return
    values = known_values(actor, opened, facts_for_conditions(held, service), day)
    words = vocabulary(held.definition, service).facts
    for outcome in who_may(held, service, values, day):
        by = [
            _line(held, words[name], name, values, speak)
            for name in _named(outcome)
            if name in words and not name.startswith("parameters.")
        ]
        law = law_of(held, outcome.condition.law)
        yield {
            "says": outcome.condition.says,
            "answer": outcome.answer,
            "law": law,
            "judged": by,
        }


def _named(outcome: ConditionOutcome) -> Iterator[str]:
    """The facts it leans on, then those that are missing, each once."""
    used = [name for part in outcome.outcome.because for name in part.facts]
    yield from dict.fromkeys((*used, *outcome.missing))


def _line(
    held: Edition, fact: Fact, name: str, values: Mapping[str, Any], speak: Translator
) -> dict[str, str]:
    value = values.get(name)
    here = parameters_of(held).get("parameters.municipality_code")
    if name.endswith("municipality_code") and value is not None and value == here:
        said = plain(organisation(held).name, speak.language)
    else:
        said = said_of(fact, value, speak)
    return {
        "name": plain(fact.says or name, speak.language),
        "value": said,
        "source": speak(SOURCES.get(fact.source, fact.source)),
    }


def said_of(fact: Fact, value: Any, speak: Translator) -> str:
    """A fact's value as people read it: an option by its label, a day, an amount, yes or no."""
    language = speak.language
    if value is None:
        return speak(later("not known"))
    if isinstance(value, bool):
        return speak(later("yes")) if value else speak(later("no"))
    if isinstance(value, date):
        return in_words(language, value)
    if fact.type == FactType.NUMBER:
        return money(language, value) if fact.money else number(language, value)
    words = fact.words.get(str(value))
    return plain(words, language) if words else str(value)
