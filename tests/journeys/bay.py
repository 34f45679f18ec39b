"""A small municipality beside Solvik, where more families than there are places have a baby.

It builds on the demonstration as it is and states the units' room, and five families and one
whose data is protected. Each lives nearer its preschool than the next, so that it is known who
comes first.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.browser import ROOT

UNITS = ("solrosen", "blaklockan", "ekorren", "masen", "strandpiparen", "kvarnen", "lyktan",
         "bjorkdungen", "smultronet", "trollskogen", "bruket", "norrsken")  # fmt: skip
ROOM = {"solrosen": 2, "blaklockan": 2}
SOLROSEN, BLAKLOCKAN = (58.1287, 16.2103), (58.1341, 16.2188)

PACKAGE = """\
id: bay
title: {sv: Solviks kommun, en: Municipality of Solvik}
version: 1.0.0
licence: EUPL-1.2
builds_on: solvik
"""
WIDER = """\
situations:
  - id: child-soon-one
    holds: >-
      municipality_code = here and coalesce(in_childcare, false) = false
      and age_months(birth_date) between 7 and 11
"""


@dataclass(frozen=True)
class Family:
    """A baby and those who answer for it. The first guardian is who answers."""

    surname: str
    baby: str
    guardians: tuple[str, ...]
    near: tuple[float, float]
    north: float  # degrees from the preschool: who lives nearer comes first
    number: int  # the last digits of the first guardian's telephone
    months: int = 10
    language: str = "sv"
    protection: str = "none"

    def name(self, n: int = 0) -> str:
        """What a guardian is called."""
        return f"{self.guardians[n]} {self.surname}"

    def phone(self, n: int = 0) -> str:
        """A guardian's telephone, of the numbers kept for fiction."""
        return f"+467017406{self.number + n}"

    def email(self, n: int = 0) -> str:
        """A guardian's mail, which goes to nobody else."""
        return f"{self.guardians[n].lower()}.{self.surname.lower()}@epost.example"

    @property
    def ids(self) -> list[str]:
        """Their names in the package, the guardians first."""
        return [f"{name}-{self.surname}".lower() for name in (*self.guardians, self.baby)]


BERG = Family("Berg", "Vera", ("Elin", "Oskar"), SOLROSEN, 0.0002, 20)
RAHIMI = Family("Rahimi", "Dina", ("Amir",), SOLROSEN, 0.0004, 22)
MILLER = Family("Miller", "Noah", ("Grace",), BLAKLOCKAN, 0.0002, 24, language="en")
SANDELL = Family("Sandell", "Hugo", ("Sofia",), BLAKLOCKAN, 0.0004, 26)
DAHLIN = Family("Dahlin", "Ines", ("Jonas", "Mira"), SOLROSEN, 0.0009, 28, months=8, language="en")
HIDDEN = Family("Vidmark", "Torkel", ("Nora",), SOLROSEN, 0, 30, protection="registration")
FAMILIES = (BERG, RAHIMI, MILLER, SANDELL, DAHLIN)


def package(folder: Path, name: str = "bay", offer: str = "") -> Path:
    """The package, beside those it builds on; with an `offer.yaml` of its own if given."""
    for below in ("sverige", "solvik"):
        if not (folder / below).exists():
            shutil.copytree(ROOT / "packages" / below, folder / below)
    files = {
        "package.yaml": PACKAGE.replace("bay", name),
        "demo.yaml": _demo(),
        "units/preschools.yaml": "units:\n"
        + "".join(f"  - {{id: {it}, {_room(it)}}}\n" for it in UNITS),
    }
    if offer:
        files["services/preschool-place/offer.yaml"] = offer
    for file, text in files.items():
        path = folder / name / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder / name


def _demo() -> str:
    every = (*FAMILIES, HIDDEN)
    parts = {
        "people": [*map(_people, every), KEEPER],
        "homes": [*map(_home, every), HOME],
        "children": [*map(_child, every)],
    }
    return "\n".join(f"{name}:\n" + "\n".join(lines) for name, lines in parts.items())


def _room(unit: str) -> str:
    return f"capacity: {ROOM[unit]}" if unit in ROOM else "remove: true"


KEEPER = """\
  - id: moa-ekstrom
    given_name: Moa
    surname: Ekström
    sex: f
    born: 1983-05-17
    email: moa.ekstrom@solvik.example
    roles: [{role: offers, board: education}]
    says:
      sv: Ansvarar för erbjudanden på barn- och utbildningsnämnden
      en: Keeps the offers of the education board"""
HOME = """\
  - {id: ekstrom, street: Lotsgatan 2, postcode: "999 02", city: Solvik, since: 9 years, \
members: [moa-ekstrom]}"""


def _people(it: Family) -> str:
    told = "{sv: En av familjerna i berättelsen, en: One of the families of the story}"
    lines = []
    for n, (id, given) in enumerate(zip(it.ids, (*it.guardians, it.baby), strict=True)):
        grown = n < len(it.guardians)
        born = f"{1988 + n}-04-1{n}" if grown else f"{it.months} months"
        reached = f'email: {it.email(n)}, phone: "{it.phone(n)}", ' if grown else ""
        lines.append(
            f"  - {{id: {id}, given_name: {given}, surname: {it.surname}, sex: f, born: {born}, "
            f"{reached}language: {it.language}, protection: {it.protection}, says: {told}}}"
        )
    return "\n".join(lines)


def _home(it: Family) -> str:
    lat, lon = it.near
    where = (
        "" if it.protection != "none" else f"position: {{lat: {lat + it.north:.4f}, lon: {lon}}}, "
    )
    return (
        f'  - {{id: {it.surname.lower()}, street: Babordsgatan {it.number}, postcode: "999 02", '
        f"city: Solvik, since: 6 years, {where}members: [{', '.join(it.ids)}]}}"
    )


def _child(it: Family) -> str:
    return f"  - {{id: {it.ids[-1]}, guardians: [{', '.join(it.ids[:-1])}]}}"
