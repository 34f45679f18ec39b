"""Examples of services: what is given, as values, and whether conditions and costs come out."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from allting.catalogue.parts import SERVICE
from allting.catalogue.rules import (
    PARAMETERS,
    bindings,
    parameter_facts,
    parameter_values,
    price,
    weigh,
)
from allting.conditions.api import (
    ConditionFault,
    Fact,
    FactType,
    Vocabulary,
    bind,
    compute,
    vocabulary,
)
from allting.packages.api import Definition, Example, Id, SqlExpression, did_you_mean, expectation
from allting.ui.api import worded

Values = dict[str, Any]


class WrongValue(ValueError):
    """A given value that its fact cannot have; the message is for the example's author."""


def example_values(definition: Definition, service_id: str, example: Example) -> Values:
    """What an example gives, as conditions see it: the subject's facts bare, parameters too.

    Raises WrongValue for an unknown fact or a value of the wrong type.
    """
    given = _full_names(definition, service_id, example)
    return typed_values(definition, vocabulary(definition, service_id), given)


def typed_values(
    definition: Definition, words: Vocabulary, given: Iterable[tuple[str, Any]]
) -> Values:
    """Values as they stand in a file, by full name, as conditions see them; parameters too.

    Raises WrongValue for an unknown fact or a value of the wrong type.
    """
    parameters = parameter_values(definition)
    found = {
        name: _typed(name, _at_home(name, value, parameters), _fact(name, words.facts))
        for name, value in given
        if value is not None
    }
    return parameters | found


def _at_home(name: str, value: Any, parameters: Values) -> Any:
    """`municipality_code: here` is the code of whoever runs the example: it holds for adopters."""
    lives_here = value == "here" and name.rpartition(".")[2] == "municipality_code"
    return parameters.get(f"{PARAMETERS}.municipality_code", value) if lives_here else value


def _full_names(
    definition: Definition, service_id: str, example: Example
) -> Iterator[tuple[str, Any]]:
    service = definition.find(SERVICE, service_id)
    subject = "child" if service and service.subject == "child" else "applicant"
    for scope, facts in example.given.items():
        for name, value in facts.items():
            if scope in (subject, "subject"):
                yield name, value
            if scope not in ("child", "subject"):
                yield f"{scope}.{name}", value


def _fact(name: str, known: Any) -> Fact:
    fact: Fact | None = known.get(name)
    if fact is None:
        hint = did_you_mean(name, known)
        raise WrongValue(f"given: there is no fact '{name}'" + (f"; {hint}" if hint else ""))
    return fact


def _typed(name: str, value: Any, fact: Fact) -> Any:
    try:
        return _READ[fact.type](value)
    except (ValueError, TypeError, InvalidOperation):
        raise WrongValue(f"given: '{name}' is {value!r}; expected a {fact.type}") from None


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError(value)


def _number(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(value)
    return Decimal(str(value))


def _text(value: Any) -> Any:
    # a list is the answer to a question where several may be chosen
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(value)
    raise ValueError(value)


_READ = {
    FactType.BOOLEAN: _boolean,
    FactType.NUMBER: _number,
    FactType.TEXT: _text,
    FactType.DATE: date.fromisoformat,
}


def _conditions(
    definition: Definition, service_id: str, example: Example, expected: Any
) -> list[str]:
    try:
        values = example_values(definition, service_id, example)
        bound = bindings(definition, service_id, definition.one(SERVICE, service_id))
    except WrongValue as wrong:
        return [str(wrong)]
    except ConditionFault:
        return []  # the expression itself has been complained of
    found = {it.id: it for it in weigh(bound, values, example.on)}
    return list(_differences(expected, found))


def _differences(expected: dict[str, str], found: dict[str, Any]) -> Iterator[str]:
    for id, answer in expected.items():
        if id not in found:
            hint = did_you_mean(id, found)
            yield _absent(worded("condition"), id, hint)
        elif found[id].answer != answer:
            told = {"id": id, "found": said(found[id].answer), "wanted": said(answer)}
            missing = ", ".join(found[id].missing)
            if missing:
                yield worded(
                    "the condition '{id}' is {found} because {missing} is missing, not {wanted}",
                    missing=missing,
                    **told,
                )
            else:
                yield worded("the condition '{id}' is {found}, not {wanted}", **told)


def _costs(definition: Definition, service_id: str, example: Example, expected: Any) -> list[str]:
    try:
        values = example_values(definition, service_id, example)
        bound = bindings(definition, service_id, definition.one(SERVICE, service_id))
    except WrongValue as wrong:
        return [str(wrong)]
    except ConditionFault:
        return []
    found = {it.id: it for it in price(bound, values, example.on)}
    try:
        wanted = {id: _amount(definition, it, example.on) for id, it in expected.items()}
    except ConditionFault as fault:
        return [f"{fault}; an amount is a number, `unknown`, or worked out from parameters alone"]
    return list(_cost_differences(wanted, found))


def _amount(definition: Definition, written: Any, as_of: date) -> Decimal | None:
    """A number, `unknown`, or what an expression over the package's parameters comes to."""
    if written == "unknown":
        return None
    if not isinstance(written, str):
        return Decimal(str(written))
    found = parameter_facts(definition, "")
    words = Vocabulary({f"{PARAMETERS}.{it.name}": it for it in found.values()})
    bound = bind(written, words, expects=FactType.NUMBER)
    worth = compute(bound, parameter_values(definition), as_of=as_of)
    return worth.value if isinstance(worth.value, Decimal) else None


def _cost_differences(expected: dict[str, Decimal | None], found: dict[str, Any]) -> Iterator[str]:
    for id, wanted in expected.items():
        if id not in found:
            hint = did_you_mean(id, found)
            yield _absent(worded("cost"), id, hint)
            continue
        real = found[id].amount
        if real != wanted:
            lacks = ", ".join(found[id].missing)
            is_ = worded("unknown, for want of {facts}", facts=lacks) if real is None else real
            wished = worded("unknown") if wanted is None else wanted
            yield worded(
                "the cost '{id}' is {found}, not {wanted}", id=id, found=is_, wanted=wished
            )


def _absent(what: str, id: str, hint: str | None) -> str:
    if hint:
        return worded("there is no {what} '{id}'; {hint}", what=what, id=id, hint=hint)
    return worded("there is no {what} '{id}'", what=what, id=id)


def said(answer: str) -> str:
    """`yes`, `no` or `unknown`, in words."""
    return {"yes": worded("yes"), "no": worded("no")}.get(answer, worded("unknown"))


expectation("conditions", _conditions, dict[Id, Literal["yes", "no", "unknown"]])
expectation("costs", _costs, dict[Id, int | float | SqlExpression])
