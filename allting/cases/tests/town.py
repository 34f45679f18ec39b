"""A small municipality for the tests of this room: two services with a process each."""
# ruff: noqa: E501 (a table reads better as a table; the lines of a package are its own)

from pathlib import Path

from allting.packages.api import CheckResult, Edition, check
from allting.packages.testing import PACKAGE, in_force, written

ORGANISATION = """\
name: {sv: Viks kommun, en: Municipality of Vik}
contact: {phone: "+46 10 555 00 00", email: kontakt@vik.example}
boards:
  - id: education
    name: {sv: Barn- och utbildningsnämnden, en: Education board}
    series: BUN
    contact: {phone: "+46 10 555 00 10"}
  - id: building
    name: {sv: Byggnadsnämnden, en: Building board}
    series: BN
roles:
  - {id: administrator, name: {sv: Handläggare, en: Caseworker}}
  - {id: decision-maker, name: {sv: Beslutsfattare, en: Decision maker}}
"""
UNITS = """\
kind: preschool
units:
  - {id: solrosen, name: Solrosen, capacity: 72}
  - {id: blaklockan, name: Blåklockan}
"""
EVIDENCE = """\
evidence:
  - {id: preschool-placement, title: {sv: Förskoleplats, en: Preschool place}}
"""
TOPICS = """\
topics:
  - {id: childcare, title: {sv: Förskola, en: Preschool}}
"""
PRESCHOOL = """\
title: {sv: Plats i förskola, en: Preschool place}
summary: {sv: Ansök om plats, en: Apply for a place}
board: education
subject: child
topics: [childcare]
conditions:
  - id: lives-here
    holds: answers.start is not null
    says: {sv: Barnet är folkbokfört i Vik, en: The child is registered in Vik}
produces: [preschool-placement]
channels: [{id: online, kind: e-service}, {id: phone, kind: phone}]
costs:
  - {id: fee, title: {sv: Avgift, en: Fee}, amount: "1260", per: month}
"""
FORM = """\
pages:
  - id: child
    title: {sv: Vilket barn?, en: Which child?}
    questions:
      - {id: child, kind: child, label: {sv: Barn, en: Child}}
  - id: place
    title: {sv: Vilken plats?, en: Which place?}
    questions:
      - {id: start, kind: date, label: {sv: Önskad start, en: Wished start}}
      - {id: unit, kind: wishes, units: preschool, max: 2, label: {sv: Önskemål, en: Wishes}}
"""
PROCESS = """\
stages:
  - {id: received, title: {sv: Mottagen, en: Received}, says: {sv: Vi har fått den., en: We have it.}}
  - {id: investigation, title: {sv: Utreds, en: Looked into}}
  - {id: waiting, title: {sv: Väntar på dig, en: Waiting for you}}
  - {id: proposed, title: {sv: Hos beslutsfattare, en: With the decision maker}}
  - {id: decided, title: {sv: Beslutad, en: Decided}, final: true}
  - {id: withdrawn, title: {sv: Återtagen, en: Withdrawn}, final: true}
moves:
  - {do: take, from: [received], to: investigation, who: administrator}
  - {do: ask-for-supplement, from: [received, investigation], to: waiting, who: administrator, letter: supplement}
  - {do: supplement, from: [waiting], to: investigation, who: applicant, restarts: offer}
  - {do: extend, from: [investigation], who: administrator, extends: offer, letter: extended, title: {sv: Förläng, en: Extend}}
  - {do: propose, from: [received, investigation], to: proposed, who: administrator}
  - {do: send-back, from: [proposed], to: investigation, who: decision-maker}
  - {do: decide, from: [investigation, proposed], to: decided, who: decision-maker}
  - {do: withdraw, from: [received, investigation, waiting, proposed], to: withdrawn, who: applicant}
deadlines:
  - {id: offer, within: 4 months, from: received, extension: 10 weeks, restart_within: 3 weeks, says: {sv: Du får erbjudande, en: You are offered a place}}
tasks:
  - {id: hear, at: investigation, who: administrator, title: {sv: Hör andra vårdnadshavaren, en: Hear the other guardian}, before: [decide]}
outcomes:
  - id: placed
    title: {sv: Plats erbjuds, en: A place is offered}
    granted: true
    letter: placed
    produces: [preschool-placement]
    asks:
      - {id: unit, kind: unit, units: preschool, label: {sv: Förskola, en: Preschool}}
      - {id: start, kind: date, label: {sv: Startdag, en: First day}}
  - {id: refused, title: {sv: Avslag, en: Refused}, letter: refused}
appeal:
  kind: legality-review
  to: {sv: Förvaltningsrätten, en: The administrative court}
  within: 3 weeks
  from: announced
  says: {sv: Beslutet kan prövas av förvaltningsrätten., en: The administrative court can test the decision.}
confirmation: received
"""
LETTERS = {
    "received.sv": "# Vi har tagit emot din ansökan\n\nHej {applicant.name}! Ärendet har nummer {case.number}.\n",
    "received.en": "# We have your application\n\nHello {applicant.name}! The case has number {case.number}.\n",
    "supplement.sv": "# Vi behöver veta mer\n\n{message}\n",
    "supplement.en": "# We need to know more\n\n{message}\n",
    "extended.sv": "# Det tar längre tid\n\n{message}\n\nVi svarar senast {case.due}.\n",
    "extended.en": "# It takes longer\n\n{message}\n\nWe answer by {case.due}.\n",
    "placed.sv": "# Plats på {decision.unit}\n\n{subject.name} börjar {decision.start}. Avgift: {cost.fee}.\n\n{decision.reason}\n",
    "placed.en": "# A place at {decision.unit}\n\n{subject.name} starts {decision.start}. Fee: {cost.fee}.\n\n{decision.reason}\n",
    "refused.sv": "# Beslut om förskoleplats\n\n{decision.reason}\n\n{appeal}\n",
    "refused.en": "# Decision about preschool\n\n{decision.reason}\n\n{appeal}\n",
}
MAP = """\
title: {sv: Nybyggnadskarta, en: New-construction map}
summary: {sv: Beställ karta, en: Order a map}
board: building
topics: [childcare]
channels: [{id: online, kind: e-service}, {id: phone, kind: phone}]
"""
MAP_FORM = """\
pages:
  - id: what
    title: {sv: Vad?, en: What?}
    questions:
      - {id: size, kind: number, label: {sv: Storlek, en: Size}}
"""
MAP_PROCESS = """\
stages:
  - {id: received, title: {sv: Mottagen, en: Received}}
  - {id: done, title: {sv: Klar, en: Done}, final: true}
moves:
  - {do: decide, from: [received], to: done, who: decision-maker}
outcomes:
  - id: granted
    title: {sv: Beviljad, en: Granted}
    granted: true
    letter: granted
    asks: [{id: size, kind: number, label: {sv: Storlek, en: Size}}]
automatic:
  - {when: answers.size <= 100 and protected = false, outcome: granted, values: {size: answers.size}}
appeal: {kind: appeal, to: {sv: Länsstyrelsen, en: The county board}, within: 3 weeks, from: received, says: {sv: Överklaga, en: Appeal}}
"""

FILES = {
    "package.yaml": PACKAGE,
    "organisation.yaml": ORGANISATION,
    "units/preschools.yaml": UNITS,
    "evidence.yaml": EVIDENCE,
    "topics.yaml": TOPICS,
    "services/preschool-place/service.yaml": PRESCHOOL,
    "services/preschool-place/form.yaml": FORM,
    "services/preschool-place/process.yaml": PROCESS,
    **{f"services/preschool-place/letters/{n}.md": text for n, text in LETTERS.items()},
    "services/map/service.yaml": MAP,
    "services/map/form.yaml": MAP_FORM,
    "services/map/process.yaml": MAP_PROCESS,
    "services/map/letters/granted.sv.md": "# Din karta\n\nStorlek: {decision.size}\n",
    "services/map/letters/granted.en.md": "# Your map\n\nSize: {decision.size}\n",
}
PROCESS_FILE = "services/preschool-place/process.yaml"


def write_town(folder: Path, changed: dict[str, str | None] | None = None) -> Path:
    """The municipality as files; `changed` replaces a file, None takes it away."""
    return written(folder, {**FILES, **(changed or {})})


def checked(folder: Path, changed: dict[str, str | None] | None = None) -> CheckResult:
    """What the check says of it."""
    return check(write_town(folder, changed))


def published(folder: Path, changed: dict[str, str | None] | None = None) -> Edition:
    """The municipality, in force."""
    return in_force(write_town(folder, changed))
