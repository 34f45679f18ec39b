"""For tests of this room and those above: a small municipality in a folder.

Two topics, three services of which two are tied together by a map, one life event.
"""

from pathlib import Path

from allting.packages.testing import written

FILES: dict[str, str] = {
    "package.yaml": """\
id: solvik
title: {sv: Solviks kommun, en: Municipality of Solvik}
version: 1.0.0
licence: EUPL-1.2
languages: [sv, en]
parameters:
  municipality-code: {value: "2599", type: text, says: {sv: Kommunkod, en: Municipality code}}
  income-cap: {value: 61560, type: number, says: {sv: Inkomsttak, en: Income cap}}
""",
    "organisation.yaml": """\
name: {sv: Solviks kommun, en: Municipality of Solvik}
organisation_number: "212000-0000"
contact: {phone: "+46 10 555 00 00", email: kontakt@solvik.example}
boards:
  - id: education
    name: {sv: Barn- och utbildningsnämnden, en: Education board}
    series: BUN
    contact:
      phone: "+46 10 555 00 10"
      hours: [{days: mon-fri, opens: "08:00", closes: "16:30"}]
  - id: building
    name: {sv: Byggnadsnämnden, en: Building board}
    series: BN
roles:
  - {id: administrator, name: {sv: Handläggare, en: Caseworker}}
""",
    "law.yaml": """\
acts:
  - {id: SkolL, title: {sv: Skollagen, en: Education Act}, number: SFS 2010:800}
  - {id: PBL, title: {sv: Plan- och bygglagen, en: Planning and Building Act}, number: SFS 2010:900}
""",
    "topics.yaml": """\
topics:
  - {id: childcare, title: {sv: Förskola och omsorg, en: Preschool and childcare}}
  - {id: building, title: {sv: Bygga och bo, en: Building and housing}}
""",
    "evidence.yaml": """\
evidence:
  - id: new-construction-map
    title: {sv: Nybyggnadskarta, en: New-construction map}
    issued_by: {service: new-construction-map}
    valid_for: 2 years
    law: PBL 9:1
  - id: proof-of-income
    title: {sv: Inkomstuppgift, en: Statement of income}
    issued_by: {authority: {sv: Skatteverket, en: Swedish Tax Agency}}
""",
    "units/preschools.yaml": """\
kind: preschool
units:
  - id: solrosen
    name: Solrosen
    address: {street: Storgatan 1, postcode: "999 01", city: Solvik}
    position: {lat: 58.1, lon: 16.2}
    capacity: 72
""",
    "life-events/having-a-child.yaml": """\
title: {sv: Få barn, en: Having a child}
summary: {sv: När familjen växer, en: When the family grows}
picture: child
order: 20
services: [preschool-place]
""",
    "services/preschool-place/service.yaml": """\
title: {sv: Plats i förskola, en: Preschool place}
summary: {sv: Ansök om plats för ditt barn., en: Apply for a place for your child.}
board: education
subject: child
topics: [childcare]
life_events: [having-a-child]
keywords: {sv: [dagis, förskoleplats], en: [nursery, kindergarten, daycare]}
conditions:
  - id: lives-here
    holds: municipality_code = here
    says: {sv: Barnet är folkbokfört här, en: The child is registered here}
    law: SkolL 8:12
  - id: one-year-old
    holds: age(birth_date) >= 1
    says: {sv: Barnet har fyllt ett år, en: The child has turned one}
    law: SkolL 8:3
channels:
  - {id: phone, kind: phone}
  - {id: visit, kind: visit}
costs:
  - id: fee
    title: {sv: Avgift, en: Fee}
    amount: least(household.income_month, parameters.income_cap) * 0.03
    per: month
processing_time: {legal: 4 months, typical: 6 weeks, law: SkolL 8:14}
law: [SkolL 8:3, SFS 2001:160 § 3]
reviewed: {on: 2026-10-15, by: {sv: Barnomsorgen, en: Childcare office}}
""",
    "services/preschool-place/page.sv.md": "## Så går det till\n\nDu önskar en eller flera.\n",
    "services/preschool-place/page.en.md": "## How it works\n\nYou wish for one or more.\n",
    "services/preschool-place/examples.yaml": """\
examples:
  - id: two-year-old
    says: {sv: En tvååring som bor här, en: A two-year-old who lives here}
    on: 2026-11-01
    given:
      child: {birth_date: 2024-09-10, municipality_code: "2599"}
      household: {income_month: 52000}
    expect:
      conditions: {lives-here: yes, one-year-old: yes}
      costs: {fee: 1560}
""",
    "services/building-permit/service.yaml": """\
title: {sv: Bygglov, en: Building permit}
summary: {sv: Ansök om lov för att bygga nytt eller bygga ut., en: Apply for a permit to build.}
board: building
subject: property
topics: [building]
keywords: {sv: [altan, attefallshus, carport], en: [extension, patio, garage]}
requires:
  - {evidence: new-construction-map}
channels:
  - {id: phone, kind: phone}
""",
    "services/new-construction-map/service.yaml": """\
title: {sv: Nybyggnadskarta, en: New-construction map}
summary: {sv: Kartan som ritningarna ritas på., en: The map that drawings are made on.}
board: building
subject: property
topics: [building]
keywords: {sv: [tomtkarta], en: [site plan]}
produces: [new-construction-map]
channels:
  - {id: phone, kind: phone}
""",
}


def town(path: Path) -> Path:
    """Write the municipality below `path` and give its folder."""
    return written(path / "solvik", FILES)


def changed(folder: Path, file: str, old: str, new: str) -> None:
    """Replace `old` in a file; it must be there, so that no test passes for nothing."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    if old not in text:
        raise AssertionError(f"{old!r} is not in {file}")
    path.write_text(text.replace(old, new), encoding="utf-8")
