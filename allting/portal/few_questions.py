"""A few plain questions on a service's page, for what nobody knows of the reader.

They follow from the conditions: what is missing to tell is asked for. The answers stand in the
address and nowhere else.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict

from allting.catalogue.api import (
    facts_for_conditions,
    facts_for_costs,
    organisation,
    parameters_of,
    service,
)
from allting.conditions.api import Fact, FactType, vocabulary
from allting.packages.api import Edition
from allting.register.api import AUTUMN, school_year
from allting.ui.api import later, plain, translator

MOST = 4  # questions at a time: more is a form
HERE = "parameters.municipality_code"
ELSEWHERE = "-"  # a municipality that is none
NOT_KNOWN = "unknown"
YES_NO = {"yes": True, "no": False}
FOR_CHILD, FOR_READER = True, False
PLAIN: dict[tuple[str, bool], str] = {
    ("birth_date", FOR_READER): later("When were you born?"),
    ("birth_date", FOR_CHILD): later("When was the child born?"),
    ("municipality_code", FOR_READER): later("Are you registered as living in {town}?"),
    ("municipality_code", FOR_CHILD): later("Is the child registered as living in {town}?"),
}
FOLLOWS = {"school_year": "birth_date"}  # what one answers by telling something else


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: a fact, and how it is asked for."""

    fact: Fact
    name: str  # in the address
    base: str  # the fact without its scope
    child: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One question as it stands on the page."""

    name: str
    kind: str  # yes-no, choice, date, number
    label: Any
    options: tuple[dict[str, Any], ...]
    value: Any
    error: str | None


@dataclass(slots=True)
class Told:
    """What the address tells: values for conditions, what was typed, what cannot be read."""

    values: dict[str, Any] = field(default_factory=dict)
    typed: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


NOTHING = Told()


def told_in(edition: Edition, language: str, id: str, address: QueryDict, day: date) -> Told:
    """What an address tells of the questions of this service; anything else is passed by."""
    told = Told()
    if not address:
        return told
    for name, asked in _askable(edition, id).items():
        typed, value = READ[_kind(asked)](asked, address)
        if typed in ("", {}):
            continue
        told.typed[asked.name] = typed
        if value is not None:
            told.values[name] = _as_fact(edition, name, asked, value, day)
        elif typed != NOT_KNOWN:
            told.errors[asked.name] = _wrong(language, _kind(asked))
    return told


def fields(
    edition: Edition, language: str, id: str, missing: Collection[str], told: Told
) -> list[Field]:
    """What has been answered, and the next few of what is missing, each once."""
    known = _askable(edition, id)
    answered = [it for it in known.values() if it.name in told.typed]
    open_ = [known[name] for name in missing if name in known]
    by_name = {it.name: it for it in open_ if it.name not in told.typed}
    shown = {it.name: it for it in (*answered, *list(by_name.values())[:MOST])}
    return [_field(edition, language, it, told) for it in shown.values()]


def _askable(edition: Edition, id: str) -> Mapping[str, Asked]:
    """The facts that can be asked for, by name."""
    return edition.memo(f"portal.askable.{id}", lambda: dict(_found(edition, id)))


def _found(edition: Edition, id: str) -> Iterator[tuple[str, Asked]]:
    words = vocabulary(edition.definition, id).facts
    about_child = service(edition, id).subject == "child"
    names = facts_for_conditions(edition, id) | facts_for_costs(edition, id)
    for name in (it for it in words if it in names):
        scope, _, base = name.rpartition(".")
        base = FOLLOWS.get(base, base)
        fact = words.get(f"{scope}.{base}" if scope else base)
        if fact is None or scope == "offer":
            continue
        asked = Asked(
            fact,
            (f"{scope}-{base}" if scope else base),
            base if scope != "answers" else "",
            about_child and scope in ("", "child"),
        )
        if fact.type is not FactType.TEXT or fact.options or base == "municipality_code":
            yield name, asked


def _kind(asked: Asked) -> str:
    if asked.base == "municipality_code":
        return "yes-no"
    if asked.fact.options:
        return "choice"
    return {FactType.BOOLEAN: "yes-no", FactType.DATE: "date"}.get(asked.fact.type, "number")


def _field(edition: Edition, language: str, asked: Asked, told: Told) -> Field:
    _, kind = translator(language), _kind(asked)
    said = PLAIN.get((asked.base, asked.child))
    town = plain(organisation(edition).name, language)
    options: list[dict[str, Any]] = []
    if kind == "yes-no":
        options = [{"value": "yes", "label": _("Yes")}, {"value": "no", "label": _("No")}]
    elif kind == "choice":
        options = [
            {"value": it, "label": asked.fact.words.get(it, it)} for it in asked.fact.options
        ]
    if options:
        options.append({"value": NOT_KNOWN, "label": _("I do not know")})
    return Field(
        asked.name,
        kind,
        _(said, town=town) if said else asked.fact.says,
        tuple(options),
        told.typed.get(asked.name, ""),
        told.errors.get(asked.name),
    )


def _as_fact(edition: Edition, name: str, asked: Asked, value: Any, day: date) -> Any:
    parameters = parameters_of(edition)
    if asked.base == "municipality_code":
        return parameters.get(HERE, "") if value else ELSEWHERE
    if name.rpartition(".")[2] == "school_year":
        autumn = parameters.get("parameters.autumn_term_month") or AUTUMN
        return school_year(value.year, day, int(autumn))
    return value


def _wrong(language: str, kind: str) -> str:
    _ = translator(language)
    if kind == "date":
        return _("Write a day that exists, such as 2027 6 12.")
    return _("Write a whole number, such as 3.")


Read = tuple[Any, Any]  # what was typed, and the value that it is; None where it is none


def _yes_no(asked: Asked, address: QueryDict) -> Read:
    given = address.get(asked.name, "")
    return (given, YES_NO.get(given)) if given in (*YES_NO, NOT_KNOWN) else ("", None)


def _choice(asked: Asked, address: QueryDict) -> Read:
    given = address.get(asked.name, "")
    if given == NOT_KNOWN:
        return given, None
    return (given, given) if given in asked.fact.options else ("", None)


def _number(asked: Asked, address: QueryDict) -> Read:
    given = "".join(address.get(asked.name, "").split())[:20]
    digits = given.isascii() and given.isdigit() and len(given) <= 9
    return given, int(given) if digits else None


def _date(asked: Asked, address: QueryDict) -> Read:
    parts = {
        part: address.get(f"{asked.name}_{part}", "").strip()[:8]
        for part in ("year", "month", "day")
    }
    if not any(parts.values()):
        return {}, None
    try:
        found = date(*(int(parts[part]) for part in ("year", "month", "day")))
    except ValueError:
        return parts, None
    return parts, found if 1900 <= found.year <= 2200 else None


READ: dict[str, Callable[[Asked, QueryDict], Read]] = {
    "yes-no": _yes_no,
    "choice": _choice,
    "number": _number,
    "date": _date,
}
