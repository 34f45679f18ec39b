"""What is known in a case: the answers, and facts of its people, as conditions see them."""

from collections.abc import Collection, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from allting.cases.automatic import NOT_HELD
from allting.catalogue.api import parameters_of
from allting.conditions.api import FactType, vocabulary
from allting.forms.api import Submission, answers_as_values
from allting.identity.api import Actor, Role
from allting.packages.api import Edition
from allting.register.api import Errand, facts

SYSTEM = "system"
AUTOMATIC = UUID("00000000-0000-7000-8000-0000000000a1")
"""The account that the access log shows where nobody read, but a rule or a letter needed to."""


def system_actor(board: str, name: str) -> Actor:
    """Who reads when nobody does: the house itself, on an errand of a board."""
    return Actor(AUTOMATIC, None, name, None, "", (Role(SYSTEM, board),))


def brought(held: Edition, service: str, sent: Submission | None) -> dict[str, Any]:
    """What a submission brought beside its answers, such as the offer that was accepted, as
    conditions of the service see it: a day is kept as text."""
    known = vocabulary(held.definition, service).facts
    return {
        name: date.fromisoformat(value) if known[name].type is FactType.DATE else value
        for name, value in ((sent.context if sent else None) or {}).items()
        if name in known
    }


def values_in(
    reader: Actor,
    held: Edition,
    *,
    service: str,
    errand: Errand,
    applicant: UUID,
    subject: UUID,
    answers: Mapping[str, Any],
    names: Collection[str],
    as_of: date,
    purpose: str,
    context: Mapping[str, Any] = MappingProxyType({}),
) -> dict[str, Any]:
    """Values for conditions: parameters, answers, and of the register only the facts `names`.

    `context`: what else the submission brought, such as the offer that was accepted.
    """
    values = {**parameters_of(held), **answers_as_values(held, service, answers), **context}
    asked = {n for n in names if not n.startswith(NOT_HELD)}
    if asked:
        values |= facts(
            reader,
            applicant=applicant,
            subject=subject,
            names=asked,
            as_of=as_of,
            purpose=purpose,
            errand=errand,
            here=values.get("parameters.municipality_code"),
            autumn=values.get("parameters.autumn_term_month"),
        )
    return values
