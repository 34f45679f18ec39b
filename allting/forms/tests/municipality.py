"""A small municipality for the tests of this room, written to a folder and published."""

from pathlib import Path
from textwrap import dedent

from allting.packages.api import CheckResult, Edition, check
from allting.packages.testing import PACKAGE, in_force, written

ORGANISATION = """\
name: {sv: Viks kommun, en: Municipality of Vik}
contact: {phone: "+46 10 555 00 00", email: kontakt@vik.example}
boards:
  - id: education
    name: {sv: Barn- och utbildningsnämnden, en: Education board}
    series: BUN
roles:
  - {id: administrator, name: {sv: Handläggare, en: Caseworker}}
"""

UNITS = """\
kind: preschool
units:
  - {id: solrosen, name: Solrosen, address: {street: Storgatan 1, postcode: "999 01", city: Vik}}
  - {id: blaklockan, name: Blåklockan}
  - {id: masken, name: Maskrosen & Co}
"""

PRESCHOOL = """\
title: {sv: Plats i förskola, en: Preschool place}
summary: {sv: Ansök om plats i förskola, en: Apply for a preschool place}
board: education
subject: child
topics: []
status: active
conditions:
  - id: lives-here
    holds: municipality_code = here
    says: {sv: Barnet är folkbokfört i kommunen, en: The child is registered in the municipality}
  - id: one-year-old
    holds: age_months(birth_date) >= 9
    says: {sv: Barnet är minst nio månader, en: The child is at least nine months old}
channels:
  - {id: online, kind: e-service}
  - {id: phone, kind: phone}
"""

PRESCHOOL_FORM = """\
pages:
  - id: child
    title: {sv: Vilket barn gäller det?, en: Which child is it for?}
    questions:
      - {id: child, kind: child, label: {sv: Välj barn, en: Choose the child}}
  - id: start
    title: {sv: När vill ni börja?, en: When do you want to start?}
    text: {sv: Du kan önska tidigast i dag., en: Today at the earliest.}
    questions:
      - id: start
        kind: date
        label: {sv: Önskad start, en: Wished start}
        valid_if: answers.start >= as_of
        error: {sv: Välj en dag som inte har varit, en: Choose a day that has not been}
        max: 2 years
  - id: hours
    title: {sv: Hur många timmar?, en: How many hours?}
    questions:
      - id: extent
        kind: choice
        label: {sv: Omfattning, en: Extent}
        options:
          - {id: full-time, label: {sv: Heltid, en: Full time}}
          - {id: part-time, label: {sv: Deltid, en: Part time}}
      - id: hours
        kind: number
        label: {sv: Timmar i veckan, en: Hours a week}
        asked_if: answers.extent = 'part-time'
        min: 1
        max: 40
  - id: reason
    title: {sv: Varför deltid?, en: Why part time?}
    asked_if: answers.extent = 'part-time'
    questions:
      - {id: reason, kind: long-text, required: false, label: {sv: Skäl, en: Reason}, max: 100}
  - id: places
    title: {sv: Vilka förskolor?, en: Which preschools?}
    questions:
      - {id: places, kind: wishes, units: preschool, max: 2, label: {sv: Önskemål, en: Wishes}}
  - id: contact
    title: {sv: Hur når vi dig?, en: How do we reach you?}
    questions:
      - {id: phone, kind: phone, known_from: applicant.phone, label: {sv: Telefon, en: Phone}}
      - {id: email, kind: email, known_from: applicant.email, label: {sv: E-post, en: E-mail}}
"""

PERMIT = """\
title: {sv: Bygglov, en: Building permit}
summary: {sv: Ansök om bygglov, en: Apply for a building permit}
board: education
subject: property
topics: []
status: active
conditions:
  - id: adult
    holds: age(birth_date) >= 18
    says: {sv: Du är myndig, en: You are of age}
channels: [{id: online, kind: e-service}]
"""

PERMIT_FORM = """\
pages:
  - id: what
    title: {sv: Vad ska du bygga?, en: What will you build?}
    questions:
      - {id: what, kind: text, label: {sv: Vad, en: What}}
      - {id: cost, kind: money, label: {sv: Kostnad, en: Cost}, required: false}
  - id: drawings
    title: {sv: Ritningar, en: Drawings}
    questions:
      - {id: drawings, kind: file, max: 2, label: {sv: Bifoga ritningar, en: Attach drawings}}
  - id: truth
    title: {sv: Försäkran, en: Assurance}
    questions:
      - {id: truth, kind: consent, label: {sv: Allt är sant, en: All of it is true}}
"""

PROCESS = """\
stages:
  - {id: received, title: {sv: Mottagen, en: Received}}
  - {id: done, title: {sv: Klar, en: Done}, final: true}
moves:
  - {do: close, from: [received], to: done, who: administrator, title: {sv: Avsluta, en: Close}}
"""

FILES = {
    "package.yaml": PACKAGE,
    "organisation.yaml": ORGANISATION,
    "units/preschools.yaml": UNITS,
    "services/preschool/service.yaml": PRESCHOOL,
    "services/preschool/form.yaml": PRESCHOOL_FORM,
    "services/permit/service.yaml": PERMIT,
    "services/permit/form.yaml": PERMIT_FORM,
    "services/preschool/process.yaml": PROCESS,
    "services/permit/process.yaml": PROCESS,
}


def write_package(folder: Path, **changed: str | None) -> Path:
    """The package in `folder`; keyword `services__permit__form` replaces (None: removes) a file."""
    files = FILES | {name.replace("__", "/") + ".yaml": text for name, text in changed.items()}
    dedented = {name: text and dedent(text) for name, text in files.items()}
    return written(folder / "vik", dedented)


def checked(folder: Path, **changed: str | None) -> CheckResult:
    """What the check says of the package with these files changed."""
    return check(write_package(folder, **changed))


def published(folder: Path, **changed: str | None) -> Edition:
    """The package, published."""
    return in_force(write_package(folder, **changed))
