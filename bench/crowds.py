"""A made-up city of any size, as columns in files: `python -m bench.crowds FOLDER PEOPLE`.

A town of five thousand from the generator, again and again; in each copy a family's days of birth
are moved together, and one home of twenty is registered elsewhere.
"""

import sys
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, cast

import numpy as np

import bench.solvik as solvik  # before the rooms
from allting.conditions.api import Array, FactType
from allting.register.everyone.city import City, Edges, Told, lay_out
from allting.register.everyone.raw import EPOCH, Coded
from allting.register.everyone.timeline import Timeline
from bench.town import town

TOWN = 5_000
TODAY = solvik.ON.toordinal() - EPOCH
_AS_THEY_ARE = ("died", "left", "protected", "first", "last", "since", "until", "moved_in")


def city_of(size: int) -> City:
    """A city of so many people, a multiple of the town."""
    if size % TOWN:
        raise SystemExit(f"{size:,} people: expected a multiple of {TOWN:,}")
    return _Repeated(_elsewhere(lay_out(town(TOWN))), size // TOWN).city()


def _elsewhere(city: City) -> City:
    codes = city.texts["municipality_code"]
    moved = Coded(
        np.where(city.house % 20 == 7, len(codes.words), codes.codes), (*codes.words, "0114")
    )
    return replace(city, texts={"municipality_code": moved.narrow()})


class _Repeated:
    """A town so many times over."""

    def __init__(self, town: City, times: int) -> None:
        self.town, self.times = town, times

    def city(self) -> City:
        """The whole."""
        town, rows, houses = self.town, len(self.town), len(self.town.houses) - 1
        return City(
            ids=self._ids(),
            person=self._again(town.person, len(town.ids)),
            birth=self._births(),
            house=self._again(town.house, houses),
            houses=np.append(self._again(town.houses[:-1], rows), rows * self.times),
            texts={n: Coded(self._again(c.codes), c.words) for n, c in town.texts.items()},
            guardians=self._edges(town.guardians),
            wards=self._edges(town.wards),
            deaths=town.deaths and self._line(town.deaths, rows),
            stated={name: self._told(it, rows) for name, it in town.stated.items()},
            stated_at_home={n: self._told(it, houses) for n, it in town.stated_at_home.items()},
            **{name: self._again(getattr(town, name)) for name in _AS_THEY_ARE},
        )

    def _again(self, column: Array, step: int = 0) -> Array:
        """A column once for each town; with a step, numbers that go on."""
        if not step:
            return np.tile(column, self.times)
        moved = column[None, :] + (np.arange(self.times) * step)[:, None].astype(column.dtype)
        found: Array = moved.ravel()
        return found

    def _ids(self) -> Array:
        number = np.arange(len(self.town.ids) * self.times, dtype=">u8")
        ids: Array = np.stack([number * 7919, number], axis=1).view("S16").ravel()
        return ids

    def _births(self) -> Array:
        moved = np.random.default_rng(1).integers(-180, 181, self.times).astype(np.int32)
        births = (self.town.birth[None, :] + moved[:, None]).ravel()
        found: Array = np.minimum(births, TODAY).astype(np.int32)
        return found

    def _edges(self, found: Edges | None) -> Edges | None:
        if found is None:
            return None
        if found.repeated is not None:
            raise SystemExit("a guardianship stands twice in the town: not kept in the files")
        number = len(found.other)
        starts = np.append(self._again(found.starts[:-1], number), number * self.times)
        return Edges(
            starts.astype(np.int32),
            self._again(found.other, len(self.town)),
            self._again(found.since),
            self._again(found.until),
        )

    def _line(self, found: Timeline, step: int) -> Timeline:
        about = self._again(found.about, step)
        return Timeline(about, self._again(found.at), self._again(found.value))

    def _told(self, found: Told, step: int) -> Told:
        return replace(found, line=self._line(found.line, step))


# ---- files


def save(city: City, folder: Path) -> None:
    """The city's columns."""
    flat = [pair for f in fields(city) for pair in _columns(f.name, getattr(city, f.name))]
    words: dict[str, Any] = {name: column for name, column in flat if column.dtype.kind == "U"}
    np.savez(folder / "words.npz", **words)
    for name, column in flat:
        if name not in words:
            np.save(folder / f"{name}.npy", column)


def load(folder: Path) -> City:
    """The same, back in memory."""
    flat = {path.stem: np.load(path) for path in folder.glob("*.npy")}
    return _unflat(flat | dict(np.load(folder / "words.npz")))


_EDGES, _LINE = ("starts", "other", "since", "until"), ("about", "at", "value")


def _columns(name: str, value: Any) -> list[tuple[str, Array]]:
    match value:
        case None:
            return []
        case np.ndarray():
            return [(name, value)]
        case dict():
            return [pair for key, part in value.items() for pair in _columns(f"{name}-{key}", part)]
        case Coded(codes, words):
            return [(f"{name}-codes", codes), (f"{name}-words", np.array(words))]
        case Edges():
            return [(f"{name}-{part}", getattr(value, part)) for part in _EDGES]
        case Timeline():
            return [(f"{name}-{part}", getattr(value, part)) for part in _LINE]
        case Told(type_, line, unit, _):
            return [*_columns(name, line), (f"{name}-type", np.array([str(type_), str(unit)]))]
    raise TypeError(name)


def _unflat(flat: dict[str, Array]) -> City:
    def line(name: str) -> Timeline:
        return Timeline(*(flat[f"{name}-{part}"] for part in _LINE))

    def edges(name: str) -> Edges:
        return Edges(*(flat[f"{name}-{part}"] for part in _EDGES))

    def told(table: str) -> dict[str, Told]:
        names = [n.split("-")[1] for n in flat if n.startswith(f"{table}-") and n.endswith("-type")]
        kinds = {n: flat[f"{table}-{n}-type"] for n in names}
        return {
            n: Told(FactType(str(kind[0])), line(f"{table}-{n}"), int(kind[1]))
            for n, kind in kinds.items()
        }

    code = "texts-municipality_code"
    words = tuple(str(word) for word in flat[f"{code}-words"])
    plain = cast(dict[str, Any], {f.name: flat[f.name] for f in fields(City) if f.name in flat})
    return City(
        texts={"municipality_code": Coded(flat[f"{code}-codes"], words)},
        guardians=edges("guardians"),
        wards=edges("wards"),
        deaths=line("deaths"),
        stated=told("stated"),
        stated_at_home=told("stated_at_home"),
        **plain,
    )


if __name__ == "__main__":
    from bench.given import give

    made = city_of(int(sys.argv[2]))
    save(made, Path(sys.argv[1]))
    give(made, Path(sys.argv[1]))
