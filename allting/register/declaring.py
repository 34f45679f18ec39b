"""Keeping what was declared or decided, with its source and day; nothing is ever overwritten."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from allting.kernel.api import announce, run
from allting.register.events import FactsDeclared
from allting.register.stated import Value, as_stored

LONGEST = 200  # characters of a value
_OF_A_PERSON = """
    SELECT p.id, CAST(NULL AS uuid), %s, %s, %s, %s, %s, %s FROM register_person p WHERE p.id = %s
"""
_OF_THEIR_HOME = """
    SELECT CAST(NULL AS uuid), m.household_id, %s, %s, %s, %s, %s, %s FROM register_membership m
    WHERE m.person_id = %s AND m.since <= %s AND (m.until IS NULL OR m.until > %s)
"""
_INTO = """
    INSERT INTO register_declaredfact
        (person_id, household_id, name, type, value, source, at, purpose)
"""


def declare(
    facts: Mapping[str, Value | None],
    *,
    applicant: UUID,
    subject: UUID,
    source: str,
    at: date,
    purpose: str = "",
) -> None:
    """Keep these facts, named as conditions name them, in one statement. Call it inside `write()`.

    Bare names and `child.` are about the subject, `applicant.` about the applicant, `household.`
    about those with whom the applicant lives that day; of someone whom we do not know, or who
    lives in no household that we know, nothing is kept. What is unknown is not declared.
    `purpose` is what they are kept for: the id of the service. They are then listed as changed.
    """
    stated = {name: value for name, value in facts.items() if value is not None}
    if not stated:
        return
    selects: list[str] = []
    values: list[Any] = []
    for name, value in stated.items():
        scope, _, bare = name.rpartition(".")
        type_, text = as_stored(value)
        row = [bare, type_, text[:LONGEST], source, at, purpose]
        if scope == "household":
            selects.append(_OF_THEIR_HOME)
            values += [*row, applicant, at, at]
        else:
            selects.append(_OF_A_PERSON)
            values += [*row, applicant if scope == "applicant" else subject]
    run(_INTO + " UNION ALL ".join(selects), values)
    announce(FactsDeclared(applicant, subject, tuple(stated), source, at))
