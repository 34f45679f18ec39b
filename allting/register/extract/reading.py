"""A file of an extract, line by line: good ones as they are meant, bad ones as what is wrong.

Whatever stands in a line, it is read or it is reported; it never stops those that follow.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import IO, Any

from pydantic import ValidationError

from allting.register.extract.faults import Fault, from_validation
from allting.register.extract.shape import HEADER, HIDDEN, LINE, MARK, Header, Line
from allting.register.numbers import is_number

LONGEST = 64 * 1024
_LINE = "one JSON object on one line, in UTF-8"


class BadHeader(ValueError):
    """The file does not say what it is; nothing of it is read."""


@dataclass(frozen=True, slots=True)
class Good:
    """A line that says who someone is."""

    at: int
    line: Line
    digest: str


@dataclass(frozen=True, slots=True)
class Bad:
    """A line that cannot be loaded.

    Where its number can be read, the person is in the file all the same; and where it says that
    they are protected, that is not left undone because something else in it is wrong.
    """

    at: int
    faults: tuple[Fault, ...]
    number: str | None = None
    protection: str | None = None


def header(file: IO[bytes]) -> Header:
    """The first line; raises BadHeader with all that is wrong with it."""
    raw = file.readline(LONGEST).removeprefix(b"\xef\xbb\xbf").strip()
    try:
        _once(raw)
        return HEADER.validate_json(raw)
    except ValidationError as wrong:
        faults = list(from_validation(1, wrong, Header))
    except (ValueError, RecursionError) as wrong:
        faults = [Fault(1, "", f"this cannot be read: {wrong}", _LINE, "write the header first")]
    raise BadHeader("\n".join(str(fault) for fault in faults))


def lines(file: IO[bytes], head: Header) -> Iterator[Good | Bad]:
    """Every line after the header; empty ones are passed by."""
    at = 1
    while raw := file.readline(LONGEST + 1):
        at += 1
        if len(raw) > LONGEST:
            while len(raw) > LONGEST and not raw.endswith(b"\n"):
                raw = file.readline(LONGEST + 1)  # the rest of it, thrown away
            what = f"this line is longer than {LONGEST:,} bytes"
            yield Bad(at, (Fault(at, "", what, _LINE, "one person a line"),))
        elif raw := raw.strip():
            yield read(at, raw, head)


def read(at: int, raw: bytes, head: Header) -> Good | Bad:
    """One line."""
    try:
        _once(raw)
        line = LINE.validate_json(raw)
    except ValidationError as wrong:
        return _bad(at, raw, tuple(from_validation(at, wrong, Line)))
    except (ValueError, RecursionError) as wrong:
        told = str(wrong) if isinstance(wrong, _Twice) else "this is no JSON that can be read"
        return _bad(at, raw, (Fault(at, "", told, _LINE, "write the line again from the source"),))
    if odd := tuple(oddities(at, line, head)):
        return _bad(at, raw, odd)
    return Good(at, line, blake2b(raw, digest_size=16).hexdigest())


class _Twice(ValueError):
    """A key stands twice in an object: which one would hold is anyone's guess."""


def _once(raw: bytes) -> None:
    json.loads(raw, object_pairs_hook=_no_key_twice)


def _no_key_twice(pairs: list[tuple[str, Any]]) -> None:
    if len({key for key, _ in pairs}) != len(pairs):
        raise _Twice("a key stands twice in one object")


def _bad(at: int, raw: bytes, faults: tuple[Fault, ...]) -> Bad:
    """What can be made of a bad line all the same: whom it is about, and that they are hidden."""
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return Bad(at, faults)
    if not isinstance(found, dict):
        return Bad(at, faults)
    number, protection = found.get("identity_number"), found.get("protection")
    if not (isinstance(number, str) and is_number(number)):
        return Bad(at, faults)
    told = isinstance(protection, str) and protection in {MARK, *HIDDEN}
    return Bad(at, faults, number, protection if told else None)


def oddities(at: int, line: Line, head: Header) -> Iterator[Fault]:
    """What cannot be true although each part is well written."""

    def fault(key: str, what: str, expected: str) -> Fault:
        return Fault(at, key, what, expected, "look it up in the source")

    if line.birth_date > head.as_of:
        yield fault("birth_date", "born after the day of the extract", "an earlier day")
    for key in ("died", "left"):
        day = getattr(line, key)
        if day and not line.birth_date <= day <= head.as_of:
            yield fault(key, "not between the birth and the extract", "a day between the two")
    own = {line.identity_number, *line.previous_numbers}
    if len(own) != len(line.previous_numbers) + 1:
        yield fault("previous_numbers", "a number stands twice", "each number once")
    if own & line.named():
        yield fault("", "they are related to themselves", "the number of somebody else")
    for key in _backward(line):
        yield fault(key, "over before it began", "a later day")
    if _repeated(line):
        yield fault("", "the same relation stands twice", "each guardian, parent and mandate once")


def _backward(line: Line) -> Iterator[str]:
    spans = {f"guardians.{n}": (it.since, it.until) for n, it in enumerate(line.guardians)}
    spans |= {f"mandates.{n}": (it.since, it.until) for n, it in enumerate(line.mandates)}
    for key, (since, until) in spans.items():
        if until and until <= (since or line.birth_date):
            yield f"{key}.until"


def _repeated(line: Line) -> bool:
    guardians = [it.identity_number for it in line.guardians]
    mandates = [(it.holder, it.scope, it.since) for it in line.mandates]
    return any(len(set(many)) != len(many) for many in (guardians, mandates, line.parents))
