"""Questions to an edition: who may, and what it costs. Bound once."""

from collections.abc import Mapping
from datetime import date

from allting.catalogue.queries import service
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
from allting.conditions.api import vocabulary
from allting.packages.api import Edition


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


def _outside_the_package(names: frozenset[str]) -> frozenset[str]:
    return frozenset(name for name in names if not name.startswith(f"{PARAMETERS}."))


def _bound(edition: Edition, service_id: str) -> Bindings:
    return edition.memo(
        f"catalogue.bound.{service_id}",
        lambda: bindings(edition.definition, service_id, service(edition, service_id)),
    )
