"""Questions to an edition: who may, what it costs, where is it. Bound and indexed once."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from allting.catalogue.parts import PAGE
from allting.catalogue.queries import life_events, service, services
from allting.catalogue.rules import (
    PARAMETERS,
    Bindings,
    ConditionOutcome,
    CostOutcome,
    Values,
    bindings,
    parameters_of,
    price,
    weigh,
)
from allting.catalogue.search import Entry, Finder, Hit, words_of
from allting.conditions.api import vocabulary
from allting.packages.api import Edition, Text


def who_may(
    edition: Edition, service_id: str, values: Values, as_of: date
) -> tuple[ConditionOutcome, ...]:
    """Whether each condition of a service holds for someone with these facts."""
    return weigh(_bound(edition, service_id), {**parameters_of(edition), **values}, as_of)


def costs(
    edition: Edition, service_id: str, values: Values, as_of: date
) -> tuple[CostOutcome, ...]:
    """What a service costs someone with these facts and answers."""
    return price(_bound(edition, service_id), {**parameters_of(edition), **values}, as_of)


def facts_for_conditions(edition: Edition, service_id: str) -> frozenset[str]:
    """The facts, beside parameters, that decide who may."""
    return _outside_the_package(_bound(edition, service_id).names)


def facts_for_costs(edition: Edition, service_id: str) -> frozenset[str]:
    """The facts, beside parameters, that decide what it costs."""
    return _outside_the_package(_bound(edition, service_id).cost_names)


def fact_words(edition: Edition, service_id: str) -> Mapping[str, Mapping[str, str]]:
    """What people call the facts that this service's conditions may speak of."""
    return edition.memo(
        f"catalogue.words.{service_id}",
        lambda: {
            name: fact.says
            for name, fact in vocabulary(edition.definition, service_id).facts.items()
            if fact.says
        },
    )


def search(edition: Edition, language: str, query: str, limit: int = 20) -> list[Hit]:
    """Services and life events that `query` finds, best first."""
    finder: Finder = edition.memo(
        f"catalogue.search.{language}", lambda: Finder(language, entries(edition, language))
    )
    return finder.ask(query, limit)


def entries(edition: Edition, language: str) -> Iterator[Entry]:
    """Everything that can be found, in its words of one language."""
    for id, it in services(edition).items():
        if it.status != "closed":
            yield _entry(edition, language, "service", id, it)
    for id, event in life_events(edition).items():
        yield _entry(edition, language, "life-event", id, event)


def _outside_the_package(names: frozenset[str]) -> frozenset[str]:
    return frozenset(name for name in names if not name.startswith(f"{PARAMETERS}."))


def _bound(edition: Edition, service_id: str) -> Bindings:
    return edition.memo(
        f"catalogue.bound.{service_id}",
        lambda: bindings(edition.definition, service_id, service(edition, service_id)),
    )


def _entry(edition: Edition, language: str, kind: str, id: str, it: Any) -> Entry:
    page = edition.definition.markdown(PAGE, id, None, language) if kind == "service" else None
    return Entry(
        kind,
        id,
        _said(it.title, language),
        " ".join(it.keywords.get(language, ())),
        _said(it.summary, language),
        words_of(page or ""),
    )


def _said(text: Text, language: str) -> str:
    return text.pick(language)[1]
