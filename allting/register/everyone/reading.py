"""From the database into columns: one pass for each table, or the rows around a few people."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection

from allting.conditions.api import Array, FactType, units
from allting.kernel.api import all_stored, among, marks
from allting.register.everyone.ids import ID, distinct, from_hex, from_uuids
from allting.register.everyone.needs import Needs
from allting.register.everyone.raw import (
    EPOCH,
    NEVER,
    NO_NUMBER,
    UNKNOWN,
    Coded,
    Frame,
    Raw,
    Stated,
)
from allting.register.stated import from_stored

_AT_ONCE = 2_000  # rows; more at a time leave the processor's memory, and take thrice as long
_PLACE = "postcode || CASE WHEN postcode <> '' AND city <> '' THEN ' ' ELSE '' END || city"
_COMMA = "CASE WHEN street <> '' AND (postcode <> '' OR city <> '') THEN ', ' ELSE '' END"
_TEXTS = {
    "municipality_code": "municipality_code",
    "civil_status": "civil_status",
    "postcode": "postcode",
    "address": f"street || {_COMMA} || {_PLACE}",  # as `rules.one_line` has it
}
Restriction = tuple[str, list[Any]]


def read(needs: Needs, only: Collection[UUID] | None = None) -> Raw:
    """What is needed of everyone, or of those around `only` these people."""
    reader = _Reader(needs, None if only is None else [id_.hex for id_ in only])
    homes = reader.homes() if needs.homes else None
    guardians = reader.guardians() if needs.guardians or needs.relatives else None
    relations = reader.relations() if needs.relatives else None
    people, texts = reader.people(_mentioned(only, homes, guardians, relations))
    return Raw(
        people,
        texts,
        homes,
        guardians,
        relations,
        reader.stated("person", needs.stated, reader.around),
        reader.stated("household", needs.stated_at_home, _homes_in(only, homes)),
    )


def _homes_in(only: Collection[UUID] | None, homes: Frame | None) -> list[str] | None:
    """The homes of those asked for; whoever needs what was stated about homes has read them."""
    return None if only is None or homes is None else _hex(distinct(homes["home"]))


def _mentioned(only: Collection[UUID] | None, *frames: Frame | None) -> list[str] | None:
    """Those asked for, and everyone who stands around them."""
    if only is None:
        return None
    columns = [
        column
        for frame in frames
        if frame is not None
        for name, column in frame.items()
        if column.dtype == ID and name != "home"
    ]
    return _hex(distinct(np.concatenate([from_uuids(only), *columns])))


def _hex(ids: Array) -> list[str]:
    raw = ids.tobytes().hex()
    return [raw[at : at + 32] for at in range(0, len(raw), 32)]


class _Reader:
    def __init__(self, needs: Needs, only: list[str] | None) -> None:
        self.needs, self.only = needs, only
        self.around: list[str] | None = None

    def people(self, who: list[str] | None) -> tuple[Frame, dict[str, Coded]]:
        """The people themselves; later passes keep to them."""
        self.around = who
        columns = {
            "id": _id("id"),
            "birth": _day("birth_date"),
            "died": _day("died", NEVER),
            "left": _day('"left"', NEVER),
            "protected": "CASE WHEN protection = 'none' THEN 0 ELSE 1 END",
        }
        if self.needs.moved_in:
            columns["moved_in"] = _day("registered_since", UNKNOWN)
        where, values = _where("id", who)
        texts = {name: Coder("") for name in sorted(self.needs.texts)}
        found = _frame(
            columns | {name: _TEXTS[name] for name in texts},
            f"FROM register_person{where}",
            values,
            texts,
        )
        coded = {name: Coded(found.pop(name), coder.words) for name, coder in texts.items()}
        return found, coded

    def homes(self) -> Frame:
        """Who lived where, when."""
        where, values = self._homes_of_those("household_id")
        return _frame(
            {"person": _id("person_id"), "home": _id("household_id"),
             "since": _day("since"), "until": _day("until", NEVER)},
            f"FROM register_membership{where}", values,
        )  # fmt: skip

    def guardians(self) -> Frame:
        """Who answered for whom, when."""
        columns = {"child": _id("child_id"), "guardian": _id("guardian_id"),
                   "since": _day("since"), "until": _day("until")}  # fmt: skip
        return self._two_ways(columns, "register_guardianship", "child_id", "guardian_id")

    def relations(self) -> Frame:
        """Spouses, and parents of those who are of age."""
        columns = {"person": _id("person_id"), "other": _id("other_id"),
                   "spouse": "CASE WHEN kind = 'spouse' THEN 1 ELSE 0 END",
                   "since": _day("since"), "until": _day("until", NEVER)}  # fmt: skip
        return self._two_ways(columns, "register_relation", "person_id", "other_id")

    def stated(
        self, about: str, names: frozenset[str], whom: list[str] | None
    ) -> dict[str, Stated]:
        """What was stated about people or households, all or some of them, by name."""
        if not names:
            return {}
        where, values = _where(f"{about}_id", whom)
        where += f"{' AND' if where else ' WHERE'} name IN ({marks(sorted(names))})"
        words = {"name": Coder(), "type": Coder(), "value": Coder()}
        found = _frame(
            {"about": _id(f"{about}_id"), "at": _day("at"), "number": "id"}
            | {name: name for name in words},
            f"FROM register_declaredfact{where} AND {about}_id IS NOT NULL ORDER BY id",
            [*values, *sorted(names)],
            words,
        )
        return _by_name(found, {name: coder.words for name, coder in words.items()})

    def _two_ways(self, columns: dict[str, str], table: str, one: str, other: str) -> Frame:
        if self.only is None:
            return _frame(columns, f"FROM {table}", [])
        (a, first), (b, second) = among(one, self.only), among(other, self.only)
        # each way by its own index; a row that is found both ways is one row
        union = f"SELECT * FROM {table} WHERE {a} UNION SELECT * FROM {table} WHERE {b}"  # noqa: S608
        return _frame(columns, f"FROM ({union}) AS found", [first, second])

    def _homes_of_those(self, column: str) -> Restriction:
        if self.only is None:
            return "", []
        them, value = among("person_id", self.only)
        theirs = f"SELECT household_id FROM register_membership WHERE {them}"  # noqa: S608
        return f" WHERE {column} IN ({theirs})", [value]


def _by_name(found: Frame, words: dict[str, tuple[str, ...]]) -> dict[str, Stated]:
    stated = {}
    for code, name in enumerate(words["name"]):
        rows = {column: values[found["name"] == code] for column, values in found.items()}
        type_ = rows["type"][-1]  # rows come in the order in which they were made
        rows = {column: values[rows["type"] == type_] for column, values in rows.items()}
        stated[name] = _stated(FactType(words["type"][type_]), rows, words["value"])
    return stated


def _stated(kind: FactType, rows: Frame, texts: tuple[str, ...]) -> Stated:
    codes = rows.pop("value")
    del rows["name"], rows["type"]
    if kind is FactType.TEXT:
        return Stated(kind, {**rows, "value": codes}, texts)
    used = np.unique(codes)
    values = np.zeros(len(texts) or 1, dtype=np.int64)
    values[used] = [_whole(kind, texts[code]) for code in used]
    return Stated(kind, {**rows, "value": values[codes]})


def _whole(kind: FactType, text: str) -> int:
    """A stated value as conditions reckon with it; a number beyond the limits as no number."""
    value = from_stored(kind, text)
    match value:
        case bool():
            return int(value)
        case date():
            return value.toordinal() - EPOCH
        case str():
            raise TypeError("texts are coded")
    found = units(value)
    return NO_NUMBER if found is None else found


# ---- statements


def _id(column: str) -> str:
    if connection.vendor == "sqlite":
        return column
    return f"replace(CAST({column} AS text), '-', '')"


def _day(column: str, otherwise: int | None = None) -> str:
    """A day as its number since 1970."""
    if connection.vendor == "sqlite":
        day = f"CAST(julianday({column}) - 2440587.5 AS INTEGER)"
    else:
        day = f"({column} - DATE '1970-01-01')"
    return day if otherwise is None else f"COALESCE({day}, {otherwise})"


def _where(column: str, ids: list[str] | None) -> Restriction:
    if ids is None:
        return "", []
    condition, value = among(column, ids)
    return f" WHERE {condition}", [value]


class Coder:
    """Turns texts into places in a growing list of words, which may begin with some."""

    def __init__(self, *words: str) -> None:
        self._places = {word: place for place, word in enumerate(words)}

    def __call__(self, texts: Sequence[str]) -> Array:
        places = self._places
        codes = [places.setdefault(text, len(places)) for text in texts]
        return np.array(codes, dtype=np.int32)

    @property
    def words(self) -> tuple[str, ...]:
        """The words so far."""
        return tuple(self._places)


_IDS = frozenset({"id", "person", "home", "child", "guardian", "other", "about"})
_TYPES = {"protected": bool, "spouse": bool, "number": np.int64}


def _converter(name: str, coders: Mapping[str, Coder]) -> Callable[[Sequence[Any]], Array]:
    if name in coders:
        return coders[name]
    if name in _IDS:
        return from_hex
    kind = _TYPES.get(name, np.int32)
    return lambda column: np.array(column, dtype=kind)


def _frame(
    columns: dict[str, str],
    source: str,
    values: list[Any],
    coders: Mapping[str, Coder] = MappingProxyType({}),
) -> Frame:
    """What a query gives, column by column; the rows pass by a few at a time."""
    convert = [_converter(name, coders) for name in columns]
    pieces: list[list[Array]] = [[turn(())] for turn in convert]
    with connection.chunked_cursor() as cursor:
        # the words are our own; every value is a parameter
        cursor.execute(f"SELECT {', '.join(columns.values())} {source}", all_stored(values))
        while batch := cursor.fetchmany(_AT_ONCE):
            for turn, into, column in zip(convert, pieces, zip(*batch, strict=True), strict=True):
                into.append(turn(column))
    return {name: np.concatenate(into) for name, into in zip(columns, pieces, strict=True)}
