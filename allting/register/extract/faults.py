"""What is wrong with a line: where, what was expected, and how to mend it; never what it says.

The report names lines and keys but no values: it may lie where the extract itself must not.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from allting.packages.api import did_you_mean
from allting.register.extract.shape import (
    Address,
    Guardian,
    Home,
    Line,
    MandateLine,
    Position,
    Spouse,
)

_INSIDE: dict[str, type[BaseModel]] = {
    "address": Address,
    "position": Position,
    "household": Home,
    "guardians": Guardian,
    "spouse": Spouse,
    "mandates": MandateLine,
}
_THEIRS = "take it away: how to reach someone is theirs to say, and is never loaded"
_MENDS = {
    "missing": "write the key; extracts tell a person whole",
    "number": "check the digits against the source; the last one is a check digit",
    "day": "write year, month and day with hyphens, in the years 1800–2200",
    "printable": "take control characters and the like out",
    "string_too_long": "shorten it",
    "too_long": "keep those in force",
}
_WHAT = {
    "missing": "this key is missing",
    "extra_forbidden": "this key is not part of the format",
    "literal_error": "this is none of the words that may stand here",
    "string_pattern_mismatch": "this is not written as expected",
    "string_too_long": "this is too long",
    "string_too_short": "this is empty",
    "too_long": "these are too many",
    "greater_than_equal": "this is too little",
    "less_than_equal": "this is too much",
    "finite_number": "this is no number that one can reckon with",
}
_EMAIL = ("email", "phone", "e_mail", "mobile", "contact")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in one line."""

    line: int
    key: str
    what: str
    expected: str
    mend: str

    def as_row(self) -> dict[str, Any]:
        """For the report."""
        return asdict(self)

    def __str__(self) -> str:
        where = f"line {self.line}" + (f", {self.key}" if self.key else "")
        return f"{where}: {self.what}. Expected {self.expected}. Try: {self.mend}"


def from_validation(number: int, wrong: ValidationError, shape: type[BaseModel]) -> Iterator[Fault]:
    """Everything that is wrong with the shape of one line."""
    for error in wrong.errors(include_url=False, include_context=False, include_input=False):
        path, kind = error["loc"], error["type"]
        key = _plain(".".join(str(part) for part in path))[:100]
        own = error["msg"] if kind in ("day", "number", "printable") else None
        what = own or _WHAT.get(kind, "this is of another kind than expected")
        if kind == "extra_forbidden":
            yield Fault(number, key, what, *_unknown_key(path, shape))
        else:
            mend = _MENDS.get(kind, "write it as the page about extracts tells")
            yield Fault(number, key, what, _expected(path, shape), mend)


def _plain(text: str) -> str:
    """A key that somebody else has written, safe to show on a terminal."""
    return "".join(c if c.isprintable() else "?" for c in text)


def _unknown_key(path: tuple[int | str, ...], shape: type[BaseModel]) -> tuple[str, str]:
    known = list(_shape_at(path[:-1], shape).model_fields)
    name = str(path[-1])
    mend = _THEIRS if name in _EMAIL else did_you_mean(name[:40], known) or "take it away"
    return f"only the keys {', '.join(known)}", mend


def _expected(path: tuple[int | str, ...], shape: type[BaseModel]) -> str:
    if not path:
        return "one JSON object"
    names = [part for part in path if isinstance(part, str)]
    if not names:
        return "one JSON object"
    inside = _shape_at(tuple(names[:-1]), shape)
    field = inside.model_fields.get(names[-1])
    return (field.description if field else None) or "an object of this format"


def _shape_at(path: tuple[int | str, ...], shape: type[BaseModel]) -> type[BaseModel]:
    names = [part for part in path if isinstance(part, str)]
    return _INSIDE.get(names[0], shape) if names and shape is Line else shape
