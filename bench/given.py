"""What OpenFisca is given of a city: the living, and ready-made what its entities cannot hold."""

from pathlib import Path

import numpy as np

import bench.solvik as solvik  # before the rooms
from allting.conditions.api import Array, Shape
from allting.register.everyone.city import City
from allting.register.everyone.needs import Needs
from allting.register.everyone.people import People
from allting.register.everyone.raw import EPOCH

FLAGS = ("has_guardian_here", "in_childcare")
DAYS = ("birth_date", "moved_in", "relative_died", "building_permit_lapses", "wedding_day",
        "no_impediment_issued", "childcare_fee_set", "household.income_changed")  # fmt: skip
_ELSEWHERE = 114


def give(city: City, folder: Path) -> None:
    """Write it to a file."""
    people = People(city, Needs.of(solvik.NAMES), as_of=solvik.ON, here=solvik.HERE)
    there = people.present
    _must_live_somewhere(city, there)
    found = {"house": np.unique(city.house[there], return_inverse=True)[1]}
    shapes = people.shapes([*FLAGS, *DAYS])
    for name in (*FLAGS, *DAYS):
        column = np.concatenate([part.read(name) for part in people.slices()])[there]
        found[name.removeprefix("household.")] = (
            column == 1 if name in FLAGS else _days(column, shapes[name])
        )
    codes = city.texts["municipality_code"]
    here = codes.codes[there] == codes.words.index(solvik.HERE)
    found["municipality_code"] = np.where(here, int(solvik.HERE), _ELSEWHERE).astype(np.int32)
    first = np.unique(found["house"], return_index=True)[1]
    found["income_changed"] = found["income_changed"][first]
    np.savez(folder / "given.npz", **found)  # type: ignore[arg-type]


def _must_live_somewhere(city: City, there: Array) -> None:
    """Else some homes would be unknown, which OpenFisca does not know."""
    today = solvik.ON.toordinal() - EPOCH
    if not ((city.since <= today) & (city.until > today))[there].all():
        raise SystemExit("someone in this town lives nowhere: the two would not be asked the same")


def _days(column: Array, shape: Shape) -> Array:
    """Days as NumPy has them; what is not known is no day."""
    known = np.ones(len(column), bool) if shape.unknown is None else column != shape.unknown
    found: Array = np.where(known, column.astype(np.int64), np.iinfo(np.int64).min).view("M8[D]")
    return found
