"""Broken packages as data: `broken/*.yaml`, written out and checked."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from allting.packages.api import CheckResult, Weight, check

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


@dataclass(frozen=True)
class Case:
    """A broken package and what must be said about it."""

    name: str
    says: tuple[str, ...]
    told: dict[str, Any]

    def write(self, folder: Path) -> Path:
        """The package `solvik` with the mistake, beside a right `sverige`."""
        package = {**SOLVIK, **self.told.get("package", {})}
        lines = "".join(f"{key}: {json.dumps(value)}\n" for key, value in package.items())
        files: dict[str, bytes] = {
            f"../sverige/{name}": text.encode() for name, text in SVERIGE.items()
        }
        files["package.yaml"] = lines.encode()
        files |= {name: text.encode() for name, text in self.told.get("files", {}).items()}
        files |= {
            name: text.encode("latin-1") for name, text in self.told.get("latin-1", {}).items()
        }
        for name, content in files.items():
            if name not in self.told.get("without", ()):
                file = folder / "solvik" / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
        (folder / "solvik").mkdir(exist_ok=True)
        return folder / "solvik"

    def found(self, folder: Path) -> tuple[str, ...]:
        """What the check says."""
        result = check(self.write(folder))
        return tuple(str(one) for one in _wanted(result, self.told.get("warnings", False)))


def _wanted(result: CheckResult, warnings: bool) -> list[Any]:
    return [one for one in result.problems if (one.weight is Weight.WARNING) == warnings]


def cases(file: str) -> list[Case]:
    """All cases of one file."""
    raw = YAML(typ="safe").load((HERE / file).read_text("utf-8"))
    return [Case(one["name"], tuple(one.get("says", "").splitlines()), one) for one in raw]
