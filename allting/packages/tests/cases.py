"""Broken packages as data: `broken/*.yaml`, written out and checked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from allting.packages.api import CheckResult, Weight, check
from allting.packages.beginning import begin_service
from allting.packages.tests.folders import ORGANISATION, PACKAGE

HERE = Path(__file__).resolve().parent / "broken"
SVERIGE = {
    "package.yaml": "{id: sverige, title: {sv: Sverige, en: Sweden}, version: 1.0.0, "
    "licence: EUPL-1.2, languages: [sv, en]}\n",
    "services/bakery/shop.yaml": "title: {sv: Bageriet, en: The bakery}\nstaff: 3\n"
    "things:\n  - {id: bread, label: {sv: Bröd, en: Bread}}\n",
}
SOLVIK: dict[str, Any] = {
    "id": "solvik",
    "title": {"sv": "Solvik", "en": "Solvik"},
    "version": "1.0.0",
    "licence": "EUPL-1.2",
    "languages": ["sv", "en"],
    "builds_on": "sverige",
}
HOUSE = {
    "package.yaml": PACKAGE,
    "organisation.yaml": ORGANISATION,
    "law.yaml": "acts:\n  - {id: SkolL, title: {sv: Skollagen, en: Education Act}, "
    "number: SFS 2010:800}\n",
    "evidence.yaml": "evidence:\n  - {id: map, title: {sv: Karta, en: Map}}\n"
    "  - {id: drawing, title: {sv: Ritning, en: Drawing}}\n",
}


@dataclass(frozen=True)
class Case:
    """A broken package and what must be said about it."""

    name: str
    says: tuple[str, ...]
    told: dict[str, Any]

    def write(self, folder: Path) -> Path:
        """The package `solvik` with the mistake, beside a right `sverige`."""
        place = folder / "solvik"
        place.mkdir(parents=True)
        put(folder / "sverige", SVERIGE)
        put(place, {"package.yaml": _package(self.told.get("package", {}))})
        self.mistake(place)
        return place

    def mistake(self, place: Path) -> None:
        """Write, change and take away what the case says."""
        put(place, self.told.get("files", {}))
        put(place, self.told.get("latin-1", {}), "latin-1")
        for file, changes in self.told.get("change", {}).items():
            text = (place / file).read_text("utf-8")
            for old, new in changes.items():
                assert old in text, f"{self.name}: {file} has no {old!r}"
                text = text.replace(old, new)
            put(place, {file: text})
        for file in self.told.get("without", ()):
            (place / file).unlink()

    def found(self, folder: Path) -> tuple[str, ...]:
        """What the check says."""
        result = check(self.write(folder))
        return tuple(str(one) for one in _wanted(result, self.told.get("warnings", False)))


class HouseCase(Case):
    """A mistake in a service as `allting new service` begins it, read by all rooms."""

    def write(self, folder: Path) -> Path:
        """The package `solvik` with the service `permit` and the mistake."""
        place = folder / "solvik"
        put(place, HOUSE)
        begin_service(place, "permit", {"sv": "Tillstånd", "en": "Permit"})
        self.mistake(place)
        return place


def put(place: Path, files: Mapping[str, str], encoding: str = "utf-8") -> None:
    """Write files below a folder."""
    for name, text in files.items():
        file = place / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode(encoding))


def _package(changed: Mapping[str, Any]) -> str:
    return "".join(f"{key}: {json.dumps(value)}\n" for key, value in {**SOLVIK, **changed}.items())


def _wanted(result: CheckResult, warnings: bool) -> list[Any]:
    return [one for one in result.problems if (one.weight is Weight.WARNING) == warnings]


def cases(file: str) -> list[Case]:
    """All cases of one file."""
    raw = YAML(typ="safe").load((HERE / file).read_text("utf-8"))
    sort = HouseCase if file == "house.yaml" else Case
    return [sort(one["name"], tuple(one.get("says", "").splitlines()), one) for one in raw]
