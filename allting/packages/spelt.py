"""Values that a package spells as a text: `10 weeks`, `SkolL 8:14`."""

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic_core import CoreSchema, core_schema

T = TypeVar("T")


def spelt(
    kind: type[T], read: Callable[[str], T], unreadable: Callable[[object], Exception]
) -> CoreSchema:
    """The schema of a value that `read` reads from its text; `unreadable` tells of all else."""

    def validate(value: Any) -> T:
        if isinstance(value, kind):
            return value
        if isinstance(value, str):
            return read(value)
        raise unreadable(value)

    return core_schema.no_info_plain_validator_function(
        validate, serialization=core_schema.to_string_ser_schema()
    )
