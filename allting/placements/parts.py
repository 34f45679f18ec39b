"""The shape of `places.yaml`: by what rules the places of a service are given."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, JsonValue, WithJsonSchema

from allting.packages.api import FileKind, Id, Law, Part, SqlExpression, Text, fault

_NEAREST = r"nearest ([1-9]|[1-4]\d|50)"


def _nearest(value: Any) -> int:
    found = re.fullmatch(_NEAREST, value) if isinstance(value, str) else None
    if found is None:
        raise fault(
            f"'{value}' does not say which units",
            expected="'nearest' and a number from 1 to 50, as in nearest 5",
        )
    return int(found[1])


Nearest = Annotated[
    int, BeforeValidator(_nearest), WithJsonSchema({"type": "string", "pattern": f"^{_NEAREST}$"})
]
"""How many of the units nearest home: `nearest 5`."""


class Priority(Part):
    """Who comes first, told in one line: the first line that parts two children decides."""

    id: Id
    by: SqlExpression
    order: Literal["first", "low", "high"]
    says: Text
    measure: Text | None = None  # of the number, as people are told it: kilometres
    law: Law = ()


class ExampleChild(Part):
    """A child of an example: its wishes, and what is known of it."""

    id: Id
    wishes: tuple[Id, ...] = ()
    since: date | None = None
    distance_km: Mapping[Id, float | int] = {}
    sibling_at: tuple[Id, ...] = ()
    given: Mapping[str, Mapping[str, JsonValue]] = {}  # as in examples.yaml


class Example(Part):
    """A small round that shows what the rules come to; the check runs it."""

    id: Id
    says: Text
    on: date
    places: Mapping[Id, Annotated[int, Field(ge=0)]] = Field(min_length=1)
    children: tuple[ExampleChild, ...] = Field(min_length=1)
    expect: Mapping[Id, Id]  # child → unit, or none


class Places(Part):
    """`services/<id>/places.yaml`."""

    kind: Id
    wishes: Id | None = None
    unasked: Nearest | None = None
    beyond: Nearest | None = None
    opens: Id
    settles: Id
    priorities: tuple[Priority, ...] = ()
    examples: tuple[Example, ...] = ()


PLACES = FileKind("places", "services/{id}/places.yaml", Places, room="placements")
NOWHERE = "none"
