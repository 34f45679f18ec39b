"""A small municipality for the tests of this room: a preschool that is offered, and a welcome."""

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
  - {id: executive, name: {sv: Kommunstyrelsen, en: Executive board}, series: KS}
roles:
  - {id: administrator, name: {sv: Handläggare, en: Caseworker}}
  - {id: offers, name: {sv: Ansvarig för erbjudanden, en: Keeper of offers}}
  - {id: protected-people, name: {sv: Utsedd handläggare, en: Named handler}}
"""
LAW = "acts: [{id: SkolL, title: {sv: Skollagen, en: Education Act}, number: SFS 2010:800}]\n"
EVIDENCE = "evidence:\n  - {id: placement, title: {sv: Förskoleplats, en: Preschool place}}\n"
TOPICS = "topics:\n  - {id: childcare, title: {sv: Förskola, en: Preschool}}\n"
PRESCHOOL = """\
title: {sv: Plats i förskola, en: Preschool place}
summary: {sv: Ansök om plats, en: Apply for a place}
board: education
subject: child
topics: [childcare]
produces: [placement]
channels: [{id: online, kind: e-service}, {id: phone, kind: phone}]
law: SkolL 8:3
"""
FORM = """\
pages:
  - id: child
    title: {sv: Vilket barn?, en: Which child?}
    questions: [{id: child, kind: child, label: {sv: Barn, en: Child}}]
  - id: start
    title: {sv: När?, en: When?}
    questions:
      - id: start
        kind: date
        label: {sv: Önskad start, en: Wished start}
        valid_if: answers.start >= as_of
        error: {sv: Välj en dag som inte har varit, en: Choose a day that has not been}
  - id: hours
    title: {sv: Hur mycket?, en: How much?}
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
  - id: contact
    title: {sv: Hur når vi dig?, en: How do we reach you?}
    questions:
      - id: email
        kind: email
        known_from: applicant.email
        required: false
        label: {sv: E-post, en: E-mail}
"""
PROCESS = """\
stages:
  - {id: received, title: {sv: Mottagen, en: Received}}
  - {id: decided, title: {sv: Klar, en: Decided}, final: true}
  - {id: withdrawn, title: {sv: Återtagen, en: Withdrawn}, final: true}
moves:
  - {do: decide, from: [received], to: decided, who: administrator}
  - {do: withdraw, from: [received], to: withdrawn, who: applicant}
outcomes:
  - id: placed
    title: {sv: Barnet får plats, en: The child is given a place}
    granted: true
    letter: placed
    produces: [placement]
    asks: [{id: start, kind: date, label: {sv: Första dagen, en: First day}}]
automatic:
  - when: offer.situation = 'soon-one' and protected = false
    outcome: placed
    values: {start: offer.start_wanted}
appeal:
  kind: legality-review
  to: {sv: Förvaltningsrätten, en: the administrative court}
  within: 3 weeks
  from: announced
  says: {sv: Du kan begära laglighetsprövning., en: You can ask for a review.}
""".replace("offer.start_wanted", "answers.start")
OFFER = """\
situations:
  - id: soon-one
    title: {sv: Ditt barn fyller snart ett år, en: Your child will soon be one}
    about: child
    holds: municipality_code = here and age_months(birth_date) >= 9 and age_months(birth_date) < 24
    because:
      sv: Barnet är fött {birth_date} och bor i kommunen.
      en: Your child was born {birth_date} and lives in the municipality.
    law: SkolL 8:3
    accept:
      answers: {start: "add_months(as_of, 2)", extent: "'full-time'"}
      states: {sv: Vi vårdnadshavare är överens., en: We guardians agree.}
    open_for: 14 days
    remind: 3 days
    sms:
      sv: "Ditt barn kan få plats i förskola. Svara senast {closes}: {link}"
      en: "Your child can have a preschool place. Answer by {closes}: {link}"
  - id: three
    title: {sv: Ditt barn är tre, en: Your child is three}
    about: child
    holds: municipality_code = here and age(birth_date) between 3 and 5
    occasion: year(birth_date)
    because: {sv: Barnet är tre år eller äldre., en: Your child is three or older.}
    law: SkolL 8:3
    accept:
      answers: {start: "add_months(as_of, 1)"}
      asks: [extent, hours]
      states: {sv: Vi vårdnadshavare är överens., en: We guardians agree.}
    open_for: 1 month
    sms: {sv: "Allmän förskola: {link}", en: "Preschool for all: {link}"}
"""
WELCOME = """\
title: {sv: Välkommen hit, en: Welcome here}
summary: {sv: För dig som är ny, en: For those who are new}
board: executive
subject: applicant
topics: [childcare]
channels: [{id: phone, kind: phone}]
"""
WELCOME_OFFER = """\
situations:
  - id: new-here
    title: {sv: Välkommen till Vik, en: Welcome to Vik}
    about: person
    holds: municipality_code = here and age(birth_date) >= 70
    because: {sv: Du har fyllt 70 år., en: You are 70 or older.}
    law: SkolL 8:3
    open_for: 30 days
    sms: {sv: "Välkommen till oss: {link}", en: "Welcome: {link}"}
"""
GIVEN = "# {subject.name} har fått plats\n\nFrån {decision.start}.\n"
LETTER = "# Ett erbjudande till {subject.name}\n\nHej {addressee.name}! {because}\n"
UNITS = """\
kind: preschool
units:
  - {id: solrosen, name: Solrosen, capacity: 1, position: {lat: 58.1, lon: 16.2}}
  - {id: blaklockan, name: Blåklockan, capacity: 1, position: {lat: 58.2, lon: 16.3}}
"""
PLACES = """\
kind: preschool
wishes: wishes
unasked: nearest 2
beyond: nearest 2
opens: administrator
settles: administrator
priorities:
  - id: distance
    by: unit.distance_km
    order: low
    says: {sv: Den som bor närmare går före, en: Who lives nearer comes first}
"""
WISHES = """\
  - id: wishes
    title: {sv: Vilken förskola?, en: Which preschool?}
    questions:
      - {id: wishes, kind: wishes, units: preschool, label: {sv: Önskemål, en: Wishes}}
"""
PLACED = {
    "units__preschools": UNITS,
    "services__preschool__places": PLACES,
    "services__preschool__form": FORM.replace("  - id: contact\n", WISHES + "  - id: contact\n"),
    "services__preschool__process": PROCESS.replace(
        "asks: [{id: start,",
        "asks: [{id: unit, kind: unit, units: preschool, label: {sv: Plats, en: Place}},"
        " {id: start,",
    ).replace("values: {start: answers.start}", "values: {start: offer.start, unit: offer.unit}"),
    "services__preschool__offer": OFFER.replace(
        '    accept:\n      answers: {start: "add_months(as_of, 2)", extent: "\'full-time\'"}',
        '    place: {start: "add_years(birth_date, 1)"}\n    accept:\n'
        "      answers: {start: offer.start, extent: \"'full-time'\", wishes: offer.unit}",
    )
    .replace("Ditt barn kan få plats i förskola.", "Plats på {unit} från {start}.")
    .replace("asks: [extent, hours]", "asks: [extent, hours, wishes]"),
}
"""The same municipality, where places are given in rounds and offered."""

FILES = {
    "package.yaml": PACKAGE,
    "organisation.yaml": ORGANISATION,
    "law.yaml": LAW,
    "evidence.yaml": EVIDENCE,
    "topics.yaml": TOPICS,
    "services/preschool/service.yaml": PRESCHOOL,
    "services/preschool/form.yaml": FORM,
    "services/preschool/process.yaml": PROCESS,
    "services/preschool/offer.yaml": OFFER,
    "services/welcome/service.yaml": WELCOME,
    "services/welcome/offer.yaml": WELCOME_OFFER,
    "services/preschool/letters/placed.sv.md": GIVEN,
    "services/preschool/letters/placed.en.md": GIVEN,
    **{
        f"services/{service}/offers/{situation}.{language}.md": LETTER
        for service, situation in (
            ("preschool", "soon-one"),
            ("preschool", "three"),
            ("welcome", "new-here"),
        )
        for language in ("sv", "en")
    },
}


def write_package(folder: Path, **changed: str) -> Path:
    """The package in `folder`; keyword `services__preschool__offer` replaces a YAML file."""
    files = FILES | {name.replace("__", "/") + ".yaml": text for name, text in changed.items()}
    return written(folder / "vik", files)


def checked(folder: Path, **changed: str) -> CheckResult:
    """What the check says of it."""
    return check(write_package(folder, **changed))


def published(folder: Path, **changed: str) -> Edition:
    """The package, published."""
    return in_force(write_package(folder, **changed))
