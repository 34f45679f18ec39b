"""The building blocks that rooms make their part of the package language of.

    class Service(Part):
        title: Text
        law: Law = ()
        processing_time: Duration | None = None

Models are strict: an unknown key, a number where a text belongs or `"yes"` for true is refused.
"""

import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema
from pydantic_core import PydanticCustomError

from allting.packages.duration import Duration
from allting.packages.law import Law, LawRef
from allting.packages.text import Text
from allting.packages.trouble import fault, said

__all__ = [
    "Colour",
    "Duration",
    "Id",
    "Law",
    "LawRef",
    "MoneyText",
    "Part",
    "SqlExpression",
    "Text",
    "fault",
]


class Part(BaseModel):
    """Base of everything a package file may hold: frozen, strict, no unknown keys."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        allow_inf_nan=False,
        populate_by_name=True,
        regex_engine="python-re",
    )


_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def like_an_id(value: str) -> str:
    """The id that a name was probably meant to be."""
    plain = value.lower().translate(str.maketrans("åäöéü", "aaoeu"))
    words = [word for word in re.split(r"[^a-z0-9]+", plain) if word]
    joined = "-".join(words)
    return joined if _ID.fullmatch(joined) else "preschool-place"


def _check_id(value: Any) -> str:
    if isinstance(value, str) and _ID.fullmatch(value) and len(value) <= 80:
        return value
    raise fault(
        f"{said(value)} is not an id",
        expected="lower-case words of a–z and digits, joined by hyphens, at most 80 characters",
        mend=f"write '{like_an_id(str(value))}'",
    )


def _check_colour(value: Any) -> str:
    if isinstance(value, str) and _COLOUR.fullmatch(value):
        return value.lower()
    raise fault(
        f"{said(value)} is not a colour",
        expected='a colour as "#" and six digits 0–9 or a–f, in quotes',
        mend='write for example "#0b5d5e"; without quotes # begins a comment',
    )


def _check_expression(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str) and value.strip():
        return value
    raise PydanticCustomError("expression", "not an expression")


Id = Annotated[
    str,
    BeforeValidator(_check_id),
    WithJsonSchema({"type": "string", "pattern": f"^{_ID.pattern}$", "maxLength": 80}),
]
"""Lower-case words joined by hyphens."""

Colour = Annotated[
    str,
    BeforeValidator(_check_colour),
    WithJsonSchema({"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"}),
]
"""A colour such as `#0b5d5e`, in lower case."""

_EXPRESSION_SCHEMA = {"type": ["string", "number", "boolean"]}

SqlExpression = Annotated[
    str, BeforeValidator(_check_expression), WithJsonSchema(_EXPRESSION_SCHEMA)
]
"""The source of a condition; bound and checked by the room that owns the file."""

MoneyText = Annotated[str, BeforeValidator(_check_expression), WithJsonSchema(_EXPRESSION_SCHEMA)]
"""An amount: a number, or a number expression, as its source."""
