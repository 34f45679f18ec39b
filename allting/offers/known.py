"""What is known of a person in a situation, read by the house itself and logged."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from allting.cases.api import system_actor
from allting.conditions.api import FactType
from allting.identity.api import Actor
from allting.offers.plan import Planned
from allting.register.api import Errand, facts

PURPOSE = "offer"


def reader(board: str) -> Actor:
    """Who reads when nobody does."""
    return system_actor(board, "Offer")


def facts_about(
    planned: Planned,
    person: UUID,
    names: Collection[str],
    *,
    as_of: date,
    applicant: UUID | None = None,
    by: Actor | None = None,
) -> dict[str, Any]:
    """The facts `names` of a person, and the package's parameters. One row in the access log."""
    if not names:
        return dict(planned.parameters)
    found = facts(
        by or reader(planned.board),
        applicant=applicant,
        subject=person,
        names=names,
        as_of=as_of,
        purpose=PURPOSE,
        errand=Errand(planned.board),
        here=planned.parameters.get("parameters.municipality_code"),
        autumn=planned.parameters.get("parameters.autumn_term_month"),
    )
    return {**planned.parameters, **found}


def as_data(planned: Planned, values: Mapping[str, Any]) -> dict[str, Any]:
    """What an offer keeps of what was known, as JSON."""
    return {name: _plain(values[name]) for name in sorted(planned.data) if name in values}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def from_data(planned: Planned, data: Mapping[str, Any]) -> dict[str, Any]:
    """What was kept, as values again."""
    kinds = {name: fact.type for name, fact in planned.words.facts.items()}
    return {name: _typed(kinds.get(name), value) for name, value in data.items()}


def _typed(kind: FactType | None, value: Any) -> Any:
    if kind is FactType.DATE:
        return date.fromisoformat(value)
    return Decimal(value) if kind is FactType.NUMBER else value
