"""A small municipality on a small starting point, and those who work with its texts."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.test import Client

from allting.identity.api import Actor
from allting.identity.testing import signed_in_client
from allting.packages.api import Edit, Edition
from allting.packages.testing import PACKAGE, in_force, written

SERVICE = "preschool-place"
FEE = ("package.yaml", ("parameters", "map-fee", "value"))
GRUND = {
    "package.yaml": PACKAGE.replace("id: vik", "id: grund")
    + "  map-fee: {value: 800, type: number, says: {sv: Kartavgift, en: Map fee}}\n"
    "  bin-fee: {value: 100, type: number, says: {sv: Sopavgift, en: Bin fee}}\n",
    "topics.yaml": "topics:\n  - {id: childcare, title: {sv: Förskola, en: Preschool}}\n",
    f"services/{SERVICE}/service.yaml": """\
title: {sv: Plats i förskola, en: Preschool place}
summary: {sv: Ansök om plats, en: Apply for a place}
board: education
subject: child
topics: [childcare]
conditions:
  - id: lives-here
    holds: municipality_code = here
    says: {sv: Barnet är folkbokfört här, en: The child is registered here}
channels: [{id: phone, kind: phone}]
costs:
  - {id: fee, title: {sv: Avgift, en: Fee}, amount: parameters.map_fee, per: month}
processing_time: {legal: 4 months, typical: 6 weeks}
""",
    f"services/{SERVICE}/page.sv.md": "## Så går det till\n\nRing oss.\n",
    f"services/{SERVICE}/page.en.md": "## How it works\n\nCall us.\n",
}
VIK = {
    "package.yaml": """\
# Vik by the sea
id: vik
title: {sv: Viks kommun, en: Municipality of Vik}
version: 1.0.0
licence: EUPL-1.2
languages: [sv, en]
builds_on: grund
parameters:
  map-fee:
    value: 900   # since 2020
""",
    "organisation.yaml": """\
name: {sv: Viks kommun, en: Municipality of Vik}
contact: {phone: "+46 10 555 00 00", email: kontakt@vik.example}
boards:
  - id: education
    name: {sv: Barn- och utbildningsnämnden, en: Education board}
    series: BUN
    contact:
      phone: "+46 10 555 00 10"
      hours:
        - {days: mon-fri, opens: "08:00", closes: "16:30"}
  - id: building
    name: {sv: Byggnadsnämnden, en: Building board}
    series: BN
roles:
  - {id: administrator, name: {sv: Handläggare, en: Caseworker}}
  - {id: editor, name: {sv: Redaktör, en: Editor}}
  - {id: approver, name: {sv: Godkännare, en: Approver}}
""",
    "units/preschools.yaml": "kind: preschool\nunits:\n  - {id: solrosen, name: Solrosen}\n",
}


@dataclass(frozen=True)
class Person:
    """Someone with a browser."""

    client: Client
    actor: Actor


@dataclass(frozen=True)
class Staff:
    """Who works with the texts, and who does not."""

    amir: Person  # editor of education
    siv: Person  # editor too
    other: Person  # editor of another board
    birgitta: Person  # approver
    anna: Person  # a caseworker of the education board
    maja: Person  # a resident


def published(folder: Path) -> Edition:
    """Vik in force."""
    written(folder / "grund", GRUND)
    return in_force(written(folder / "vik", VIK))


def people(*boards: str) -> Staff:
    """Everyone, signed in."""
    held = boards or ("education",)
    return Staff(
        _person("198907022398", "Amir Rahimi", [("editor", one) for one in held]),
        _person("197001012399", "Siv Ek", [("editor", one) for one in held]),
        _person("196601012388", "Ola Mark", [("editor", "building")]),
        _person("197010192384", "Birgitta Nilsson", [("approver", one) for one in held]),
        _person("198403262387", "Anna Berglund", [("administrator", "education")]),
        _person("199204032386", "Maja Lindgren", []),
    )


def _person(number: str, name: str, roles: list[tuple[str, str]]) -> Person:
    return Person(*signed_in_client(number, name, roles=tuple(roles)))


def fee(value: Any, id: str = "map-fee", before: Any = 900) -> Edit:
    """A fee that shall be another."""
    return Edit("package.yaml", ("parameters", id, "value"), before, value)


def summary(text: str) -> Edit:
    """The service's summary in Swedish."""
    file = f"services/{SERVICE}/service.yaml"
    return Edit(file, ("summary", "sv"), "Ansök om plats", text)
