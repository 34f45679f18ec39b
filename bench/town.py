"""A town of the generator as the register's tables in columns, without a database."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import numpy as np

import bench.solvik as solvik  # before the rooms
from allting.conditions.api import Array, FactType, units
from allting.register.everyone.ids import from_uuids
from allting.register.everyone.raw import EPOCH, NEVER, UNKNOWN, Coded, Frame, Raw, Stated
from allting.register.generator.load import PERSON
from allting.register.generator.population import Population, generate
from allting.register.stated import from_stored

SEED = 2  # of the first few, one whose town has somebody in each situation
PERSONAL = {"in_childcare", "building_permit_lapses", "wedding_day", "no_impediment_issued",
            "childcare_fee_set"}  # fmt: skip


def town(size: int) -> Raw:
    """So many people, with everything that the situations ask for."""
    made = generate(size, seed=SEED, municipality=solvik.HERE, city="Solvik", on=solvik.ON)
    people = {name: [row[n] for row in made.people] for n, name in enumerate(PERSON)}
    frame = {
        "id": from_uuids(people["id"]),  # type: ignore[arg-type]
        "birth": _days(people["birth_date"]),
        "died": _days(people["died"], NEVER),
        "left": _days(people["left"], NEVER),
        "protected": np.array([kind != "none" for kind in people["protection"]]),
        "moved_in": _days(people["registered_since"], UNKNOWN),
    }
    facts = [*made.facts, *_fees(made)]
    codes = Coded.of(["", *map(str, people["municipality_code"])])
    return Raw(
        frame,
        {"municipality_code": Coded(codes.codes[1:], codes.words)},
        _table(made.memberships, ("person", "home", "since", "until")),
        _table(made.guardianships, ("child", "guardian", "since", "until")),
        _table(made.relations, ("person", "other", "spouse", "since", "until")),
        _stated(facts, 0, PERSONAL),
        _stated(facts, 1, {"income_month"}),
    )


def _days(column: Sequence[Any], otherwise: int = 0) -> Array:
    found = [otherwise if day is None else day.toordinal() - EPOCH for day in column]
    return np.array(found, dtype=np.int32)


def _table(rows: list[tuple[object, ...]], names: tuple[str, ...]) -> Frame:
    columns: list[list[Any]] = [list(column) for column in zip(*rows, strict=True)]
    return {name: _column(name, column) for name, column in zip(names, columns, strict=True)}


def _column(name: str, column: list[Any]) -> Array:
    if name == "spouse":
        return np.array([kind == "spouse" for kind in column])
    return from_uuids(column) if isinstance(column[0], UUID) else _days(column, NEVER)


def _fees(made: Population) -> Iterator[tuple[object, ...]]:
    """Of two children in three with a place the fee has been set since, of some long ago."""
    placed = [row for row in made.facts if row[2] == "in_childcare"]
    for n, (person, *_) in enumerate(placed):
        if n % 3:
            day = solvik.ON - timedelta(n * 37 % 700)
            yield person, None, "childcare_fee_set", "date", str(day), "case", day


def _stated(facts: list[Any], about: int, names: set[str]) -> dict[str, Stated]:
    found: dict[str, Stated] = {}
    for name in names:
        rows = [row for row in facts if row[2] == name and row[about] is not None]
        values = [_whole(from_stored(row[3], row[4])) for row in rows]
        frame = {
            "about": from_uuids(row[about] for row in rows),
            "at": _days([row[6] for row in rows]),
            "number": np.arange(len(rows)),
            "value": np.array(values, dtype=np.int64),
        }
        found[name] = Stated(FactType(rows[0][3]), frame)
    return found


def _whole(value: Any) -> int | None:
    if isinstance(value, date):
        return value.toordinal() - EPOCH
    return int(value) if isinstance(value, bool) else units(value)
