"""`examples.yaml`: what a service does for a person on a date, written by those who own it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import Field, JsonValue

from allting.packages.parts import Id, Part, Text


class Example(Part):
    """One person, household and set of answers on a date, and what should come of it."""

    id: Id
    says: Text
    on: date
    given: Mapping[str, Mapping[str, JsonValue]] = {}
    expect: Mapping[str, JsonValue] = Field(min_length=1)

    @property
    def values(self) -> dict[str, Any]:
        """`given` as flat values: `applicant.birth_date`, `answers.start`."""
        return {
            f"{scope}.{name}": value
            for scope, facts in self.given.items()
            for name, value in facts.items()
        }


class Examples(Part):
    """All examples of one service."""

    examples: tuple[Example, ...]
