"""What an example of a service says about its process: `decision`."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from allting.cases.automatic import bound_rules, first_ruled
from allting.cases.definitions import PROCESS, Process
from allting.catalogue.api import WrongValue, example_values
from allting.conditions.api import vocabulary
from allting.packages.api import Definition, Example, Id, expectation
from allting.ui.api import worded

NONE = "none"


def decision(definition: Definition, service: str, example: Example, expected: str) -> list[str]:
    """Mismatch between the automatic decision that the example expects and the one made."""
    try:
        values = example_values(definition, service, example)
    except WrongValue as wrong:
        return [str(wrong)]
    return decision_mismatch(definition, service, values, example.on, expected)


def decision_mismatch(
    definition: Definition, service: str, values: Mapping[str, Any], on: date, expected: str
) -> list[str]:
    """The same for someone of whom these values are known."""
    process: Process | None = definition.find(PROCESS, service)
    if process is None:
        return ["the service has no process.yaml, so nothing is decided"]
    known = [outcome.id for outcome in process.outcomes]
    if expected not in (NONE, *known):
        return [f"there is no outcome '{expected}'; expected {NONE} or one of {', '.join(known)}"]
    rules = bound_rules(process, vocabulary(definition, service))
    ruled = first_ruled(process, rules, values, on, _units(definition))
    made = ruled.outcome.id if ruled else NONE
    if made == expected:
        return []
    return [
        worded("the automatic decision is '{made}', not '{expected}'", made=made, expected=expected)
    ]


def _units(definition: Definition) -> Any:
    def of(kind: str) -> list[str]:
        files = definition.all("units").values()
        return [unit.id for file in files if file.kind == kind for unit in file.units]

    return of


expectation("decision", decision, Id)
