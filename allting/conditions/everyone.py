"""Conditions for everyone; Polars is loaded only by the processes that ask for everyone."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from allting.conditions.rules import Bound

if TYPE_CHECKING:
    import polars as pl


def columns(
    bounds: Mapping[str, Bound],
    frame: "pl.LazyFrame",
    *,
    as_of: date,
    constants: Mapping[str, Any] | None = None,
) -> "pl.LazyFrame":
    """The frame with one more column per id: true, false or null; an amount as Decimal(38, 9).

    The frame's columns bear the facts' full names (`applicant.birth_date`); a fact that is
    neither a column nor among the constants (parameters, say) is unknown for everyone.
    """
    from allting.conditions.many import with_answers

    return with_answers(bounds, frame, as_of, constants or {})
