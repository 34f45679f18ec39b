"""What was filled in, as edits; or what to say at a field that does not hold."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from allting.catalogue.api import WEEK
from allting.editing import shapes
from allting.editing.fields import LENGTHS, Field, Group
from allting.editing.lengths import as_written, is_length
from allting.editing.shapes import BACK
from allting.packages.api import Edit
from allting.ui.api import Translator, later

EMPTY_ROWS = 2
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")


class Wrong(ValueError):
    """What was written does not hold; the words are for the person who wrote it."""


def edits_from(
    file: str, form: Group, posted: Mapping[str, str], speak: Translator
) -> Iterator[Edit]:
    """The edits that the form asks for. A field that does not hold gets its `error` instead."""
    out = [thing for thing in form.things() if thing.out in posted]
    yield from (Edit(file, thing.path, thing.value, None) for thing in out)
    for thing in form.put_back():
        if thing.back in posted:
            yield Edit(file, thing.path, None, thing.value, back=True)
    gone = [thing.path for thing in out]
    for one in form.every():
        if any(one.path[: len(path)] == path for path in gone):
            continue
        if one.kind == shapes.MARKDOWN:
            yield from _page(one, posted)
        elif f"{BACK}{one.name}" in posted:
            yield Edit(file, one.path, one.value, one.shared, back=True)
        elif one.name in posted or f"{one.name}.0.from" in posted:
            yield from _edit(file, one, posted, speak)


def _edit(file: str, one: Field, posted: Mapping[str, str], speak: Translator) -> Iterator[Edit]:
    try:
        value = read(one, posted)
    except Wrong as wrong:
        one.error = speak(str(wrong))
        one.written = rows_in(one, posted) if one.kind == shapes.HOURS else posted[one.name]
        return
    if _same(value, one.value):
        return
    if one.required and value is None:
        one.error, one.written = speak(later("This must be filled in")), ""
    elif one.own and _same(value, one.shared) and one.shared is not None:
        yield Edit(file, one.path, one.value, one.shared, back=True)
    else:
        yield Edit(file, one.path, one.value, value)


def _page(one: Field, posted: Mapping[str, str]) -> Iterator[Edit]:
    """A Markdown file: its path is the file's."""
    text = posted.get(one.name, "").replace("\r\n", "\n").strip()
    if f"{BACK}{one.name}" in posted:
        yield Edit(one.path[0], (), one.value, one.shared, back=True)
    elif one.name in posted and not _same(text, one.value or ""):
        back = one.shared is not None and _same(text or one.shared, one.shared)
        value = one.shared if back else f"{text}\n" if text else None
        if not _same(value or "", one.value or ""):
            yield Edit(one.path[0], (), one.value, value, back=back)


def _same(value: Any, other: Any) -> bool:
    if isinstance(value, str) and isinstance(other, str):
        return value.strip() == other.strip()
    return bool(value == other)


def read(one: Field, posted: Mapping[str, str]) -> Any:
    """What a field was filled in with; None for nothing. Raises Wrong."""
    if one.kind == shapes.HOURS:
        return list(_hours(rows_in(one, posted))) or None
    text = posted[one.name].replace("\r\n", "\n").strip()
    if not text:
        return None
    if one.path[-1] in LENGTHS:
        return _length(text)
    if one.kind == shapes.NUMBER or (one.kind == shapes.LINE and _is_number(one.value)):
        return _number(text)
    if one.kind == shapes.YES_NO or isinstance(one.value, bool):
        return text == "yes"
    if one.kind == shapes.DATE:
        return _day(text)
    if one.kind == shapes.CHOICE and text not in dict(one.options):
        raise Wrong(later("Choose one of the options"))
    return text


def _length(text: str) -> str:
    if not (is_length(text) or text.startswith("P")):  # `P10W` is one too; the check knows which
        raise Wrong(later("Write a length of time, such as 6 weeks"))
    return as_written(text)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number(text: str) -> int | float:
    plain = text.replace("\u00a0", "").replace(" ", "").replace(",", ".")
    if re.fullmatch(r"-?[0-9]{1,15}", plain):
        return int(plain)
    if re.fullmatch(r"-?[0-9]{1,9}\.[0-9]{1,6}", plain):
        return float(plain)
    raise Wrong(later("Write a number with figures, such as 1300"))


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Wrong(later("Write a day as year-month-day, such as 2027-01-01")) from None


def rows_in(one: Field, posted: Mapping[str, str]) -> list[dict[str, str]]:
    """The rows of opening hours as they were sent in."""
    return [
        {
            key: posted.get(f"{one.name}.{row}.{key}", "").strip()
            for key in ("from", "to", "opens", "closes")
        }
        for row in range(len(one.value or ()) + EMPTY_ROWS)
    ]


def rows_of(hours: Iterable[Mapping[str, str]] | None) -> list[dict[str, str]]:
    """Opening hours as rows to fill in, with some that are empty."""
    rows = []
    for one in hours or ():
        first, _, last = str(one["days"]).partition("-")
        rows.append(
            {"from": first, "to": last, "opens": str(one["opens"]), "closes": str(one["closes"])}
        )
    empty = {"from": "", "to": "", "opens": "", "closes": ""}
    return rows + [dict(empty) for _ in range(EMPTY_ROWS)]


def _hours(rows: Iterable[Mapping[str, str]]) -> Iterator[dict[str, str]]:
    for row in rows:
        if not (row["from"] or row["opens"] or row["closes"]):
            continue
        if row["from"] not in WEEK or (row["to"] and row["to"] not in WEEK):
            raise Wrong(later("Choose the day from which these hours hold"))
        opens, closes = _clock(row["opens"]), _clock(row["closes"])
        if opens >= closes:
            raise Wrong(later("It must open before it closes"))
        days = row["from"] if row["to"] in ("", row["from"]) else f"{row['from']}-{row['to']}"
        yield {"days": days, "opens": opens, "closes": closes}


def _clock(text: str) -> str:
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise Wrong(later("Write times of day as 08:00 and 16:30"))
    return f"{int(found[1]):02}:{found[2]}"
