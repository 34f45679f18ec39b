"""How a validator says what is wrong in words for the person who wrote the file."""

from typing import Any

from pydantic_core import PydanticCustomError

from allting.ui.api import worded

FAULT = "allting_fault"


def fault(
    what: str, expected: str | None = None, mend: str | None = None, inner: str | None = None
) -> PydanticCustomError:
    """An error for a pydantic validator to raise; its words reach the person as they are.

    `inner` is the key inside the value that it is about, if the validator took it whole.
    """
    context: dict[str, Any] = {"what": what, "expected": expected, "mend": mend, "inner": inner}
    return PydanticCustomError(FAULT, "{what}", context)


def said(value: object) -> str:
    """A value as the person wrote it, short enough for a message.

    >>> said("10 wekes"), said(True), said([1]), said({"a": 1})
    ("'10 wekes'", 'true', 'a list', 'a group of keys')
    """
    if isinstance(value, bool):
        return worded("true") if value else worded("false")
    if value is None:
        return worded("nothing")
    if isinstance(value, dict):
        return worded("a group of keys")
    if isinstance(value, list | tuple):
        return worded("a list")
    if isinstance(value, str):
        text = " ".join(value.split())
        return worded("'{text}'", text=f"{text[:57]}…" if len(text) > 60 else text)
    return str(value)
