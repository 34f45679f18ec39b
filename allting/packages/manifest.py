"""`package.yaml`: what a package is, the values it sets and the colours it wears."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, field_validator
from pydantic_core.core_schema import ValidationInfo

from allting.packages.parts import Colour, Id, Law, Part, Text, fault
from allting.packages.trouble import said
from allting.ui.api import worded

ParameterValue = bool | int | Decimal | date | str
_VERSION = re.compile(r"\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def _check_version(value: Any) -> str:
    if isinstance(value, str) and _VERSION.fullmatch(value):
        return value
    raise fault(
        worded("{value} is not a version", value=said(value)),
        expected=worded("three numbers with points between, as in 1.0.0"),
        mend=worded("write 1.0.0 for the first version"),
    )


def _check_language(value: Any) -> str:
    if isinstance(value, str) and _LANGUAGE.fullmatch(value):
        return value
    raise fault(
        worded("{value} is not a language", value=said(value)),
        expected=worded(
            "a code of two or three letters: sv for Swedish, en for English, fi for Finnish"
        ),
    )


Version = Annotated[
    str, BeforeValidator(_check_version), WithJsonSchema({"type": "string", "examples": ["1.0.0"]})
]
Language = Annotated[
    str,
    BeforeValidator(_check_language),
    WithJsonSchema({"type": "string", "pattern": "^[a-z]{2,3}$"}),
]


class Parameter(Part):
    """A named value that conditions, costs and texts may use."""

    type: Literal["boolean", "number", "text", "date"]
    value: Annotated[Any, WithJsonSchema({"type": ["string", "number", "boolean"]})]
    says: Text
    law: Law = ()
    valid_from: date | None = None
    source: str | None = None

    @field_validator("value")
    @classmethod
    def _of_its_type(cls, value: Any, info: ValidationInfo) -> ParameterValue | None:
        kind = info.data.get("type")
        return _READ[kind](value) if kind in _READ else None


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise fault(
        worded("'value' is {value}", value=said(value)),
        expected=worded("true or false, as 'type: boolean' says"),
    )


def _number(value: Any) -> int | Decimal:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, float):
        return Decimal(repr(value))
    raise fault(
        worded("'value' is {value}", value=said(value)),
        expected=worded("a number without quotes, as 'type: number' says"),
        mend=worded("write the number with a decimal point and no spaces, or write 'type: text'"),
    )


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    mend = f'put it in quotes: "{value}"' if isinstance(value, int | float) else None
    raise fault(
        worded("'value' is {value}", value=said(value)),
        expected=worded("a text, as 'type: text' says"),
        mend=mend,
    )


def _date(value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise fault(
            worded("'value' is {value}", value=said(value)),
            expected=worded("a date such as 2026-08-17, as 'type: date' says"),
        ) from None


_READ: dict[Any, Any] = {"boolean": _boolean, "number": _number, "text": _text, "date": _date}


class Theme(Part):
    """The municipality's colours; the rest of the look is the house's own."""

    brand: Colour = "#0b5d5e"
    accent: Colour = "#f2b441"
    surface: Colour = "#fbfaf7"


class Package(Part):
    """What a package is: its name and version, the values it sets, the colours it wears."""

    id: Id
    title: Text
    version: Version
    licence: str
    languages: tuple[Language, ...] = Field(min_length=1)
    also: tuple[Language, ...] = ()
    builds_on: Id | None = None
    parameters: Mapping[Id, Parameter] = {}
    theme: Theme = Theme()

    @property
    def spoken(self) -> tuple[str, ...]:
        """All languages that pages come in: the whole ones, then those that are there in part."""
        return tuple(dict.fromkeys((*self.languages, *self.also)))

    @field_validator("languages", "also")
    @classmethod
    def _each_once(cls, languages: tuple[str, ...]) -> tuple[str, ...]:
        twice = sorted({one for one in languages if languages.count(one) > 1})
        if twice:
            raise fault(
                worded("the language '{it}' stands twice", it=twice[0]),
                worded("each language once"),
            )
        return languages
