"""Who may have a service and what it costs: three-valued, with what is missing said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from allting.catalogue.parts import Condition, Cost, Service
from allting.conditions.api import (
    Bound,
    Computed,
    Fact,
    FactType,
    Outcome,
    bind,
    compute,
    decide,
    vocabulary,
)
from allting.packages.api import Definition, Edition

PARAMETERS = "parameters"
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ConditionOutcome:
    """Whether one condition holds, with its words and its law."""

    condition: Condition
    outcome: Outcome

    @property
    def id(self) -> str:
        return self.condition.id

    @property
    def answer(self) -> Literal["yes", "no", "unknown"]:
        return self.outcome.answer

    @property
    def missing(self) -> tuple[str, ...]:
        return self.outcome.missing


@dataclass(frozen=True, slots=True)
class CostOutcome:
    """What one cost comes to; None when something is missing to work it out."""

    cost: Cost
    amount: Decimal | None
    missing: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.cost.id


@dataclass(frozen=True, slots=True)
class Bindings:
    """A service's expressions, bound once per edition."""

    conditions: tuple[tuple[Condition, Bound], ...]
    costs: tuple[tuple[Cost, Bound], ...]
    unset: frozenset[str] = frozenset()  # parameters that nobody has given a value yet

    @property
    def names(self) -> frozenset[str]:
        """Every fact that the conditions use."""
        return frozenset(name for _, bound in self.conditions for name in bound.names)

    @property
    def cost_names(self) -> frozenset[str]:
        """Every fact that the costs use."""
        return frozenset(name for _, bound in self.costs for name in bound.names)


def verdict(outcomes: Iterable[ConditionOutcome]) -> Literal["yes", "no", "unknown"]:
    """All yes is yes, one no is no, anything else is unknown."""
    answers = {outcome.answer for outcome in outcomes}
    if "no" in answers:
        return "no"
    return "unknown" if "unknown" in answers else "yes"


def bindings(definition: Definition, service_id: str, service: Service) -> Bindings:
    """Bind a service's conditions and costs. Raises ConditionFault; a checked package has none."""
    words = vocabulary(definition, service_id)
    return Bindings(
        tuple((it, bind(it.holds, words, expects=FactType.BOOLEAN)) for it in service.conditions),
        tuple((it, bind(it.amount, words, expects=FactType.NUMBER)) for it in service.costs),
        unset_parameters(definition),
    )


def unset_parameters(definition: Definition) -> frozenset[str]:
    """Numbers that are 0 and of which nothing says where that comes from, or since when it holds:
    a fee that the council has not set is not free of charge."""
    return frozenset(
        f"{PARAMETERS}.{fact_name(id)}"
        for id, it in definition.package.parameters.items()
        if it.type == "number" and it.value == 0 and not (it.source or it.valid_from)
    )


def weigh(bound: Bindings, values: Values, as_of: date) -> tuple[ConditionOutcome, ...]:
    """Each condition's outcome, in the order of the file."""
    return tuple(
        ConditionOutcome(condition, decide(expression, values, as_of=as_of))
        for condition, expression in bound.conditions
    )


def price(bound: Bindings, values: Values, as_of: date) -> tuple[CostOutcome, ...]:
    """What each cost comes to, in the order of the file."""
    return tuple(
        _priced(cost, compute(it, values, as_of=as_of), bound.unset & set(it.names))
        for cost, it in bound.costs
    )


def _priced(cost: Cost, worth: Computed, unset: frozenset[str]) -> CostOutcome:
    amount = worth.value if isinstance(worth.value, Decimal) else None
    if amount == 0 and unset:
        return CostOutcome(cost, None, tuple(sorted(unset)))
    return CostOutcome(cost, amount, worth.missing)


def parameter_facts(definition: Definition, service_id: str) -> dict[str, Fact]:
    """The package's parameters as facts: `municipality-code` is `parameters.municipality_code`."""
    return {
        fact_name(id): Fact(fact_name(id), FactType(it.type), it.says, it.source or "package")
        for id, it in definition.package.parameters.items()
    }


def parameter_values(definition: Definition) -> dict[str, Any]:
    """The package's parameters as values for `decide` and `compute`."""
    return {f"{PARAMETERS}.{fact_name(id)}": value for id, value in definition.parameters.items()}


def parameters_of(edition: Edition) -> Mapping[str, Any]:
    """The same, kept with the edition."""
    return edition.memo("catalogue.parameters", lambda: parameter_values(edition.definition))


def fact_name(id: str) -> str:
    """An id as expressions write it.

    >>> fact_name("childcare-income-cap")
    'childcare_income_cap'
    """
    return id.replace("-", "_")
