"""Conditions for everyone; NumPy is loaded only by the processes that ask for everyone."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from allting.conditions.crowd import Crowd, Shape
from allting.conditions.facts import FactType
from allting.conditions.rules import Bound

if TYPE_CHECKING:
    from allting.conditions.crowd import Array
    from allting.conditions.plan import Answers
    from allting.conditions.tables import Table


def columns(
    bounds: Mapping[str, Bound],
    crowd: Crowd,
    *,
    as_of: date,
    constants: Mapping[str, Any] | None = None,
    at: "Array | None" = None,
) -> "dict[str, Answers]":
    """What each expression comes to for each person of a crowd, and of whom it is known; with `at`
    only for the people at those places of it, which are in order.

    A fact that is neither a column of the crowd nor among the constants (parameters, say) is
    unknown for everyone.
    """
    from allting.conditions.plan import Plan

    people = None if at is None else len(at)
    return Plan(bounds, crowd, as_of, constants or {}, people).answers(at)


def holds(
    bounds: Mapping[str, Bound],
    crowd: Crowd,
    *,
    as_of: date,
    constants: Mapping[str, Any] | None = None,
) -> "dict[str, Array]":
    """For whom each condition is a yes; cheaper than telling also no from unknown."""
    from allting.conditions.plan import Plan

    return Plan(bounds, crowd, as_of, constants or {}).yes()


def crowd_of(found: "Mapping[str, tuple[Shape, Array]]", size: int) -> "Table":
    """A crowd of so many people whose columns are at hand, each with what it holds."""
    from allting.conditions.tables import Table

    return Table(found, size)


def table(types: Mapping[str, FactType], people: Sequence[Mapping[str, Any]]) -> "Table":
    """A crowd of plain people, each a mapping of facts as `decide` takes them."""
    from allting.conditions.tables import Table

    return Table.of(types, people)
