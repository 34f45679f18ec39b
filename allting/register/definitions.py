"""The register's part of the package language: the facts it holds, and a demonstration's cast."""

import re
from datetime import date
from typing import Literal

from pydantic import Field

from allting.conditions.api import Fact, FactType, facts
from allting.packages.api import (
    At,
    Definition,
    Duration,
    FileKind,
    Id,
    Part,
    Report,
    Text,
    cross_check,
    did_you_mean,
    file_kind,
    one_of,
)
from allting.register import stated
from allting.register.models import Person
from allting.register.numbers import is_number

__all__ = ["stated"]

_REGISTER = "population register"
_DECLARED = "declared by the household"


_STATUS = {
    Person.CivilStatus.UNMARRIED: {"sv": "ogift", "en": "unmarried", "fi": "naimaton"},
    Person.CivilStatus.MARRIED: {"sv": "gift", "en": "married", "fi": "naimisissa"},
    Person.CivilStatus.DIVORCED: {"sv": "skild", "en": "divorced", "fi": "eronnut"},
    Person.CivilStatus.WIDOWED: {"sv": "änka eller änkling", "en": "widowed", "fi": "leski"},
    Person.CivilStatus.PARTNER: {
        "sv": "registrerad partner",
        "en": "registered partner",
        "fi": "rekisteröidyssä parisuhteessa",
    },
}


_IN_FINNISH = {
    "birth_date": "Syntymäaika",
    "municipality_code": "Kunta, jonka väestörekisterissä henkilö on",
    "postcode": "Postinumero",
    "protected": "Suojatut henkilötiedot",
    "has_guardian_here": "Huoltaja on kunnan väestörekisterissä",
    "address": "Osoite",
    "civil_status": "Siviilisääty",
    "moved_in": "Kunnan väestörekisterissä alkaen",
    "died": "Kuolinpäivä",
    "school_year": "Luokka-aste syntymävuoden mukaan; 0 alkaa syksyllä, jona lapsi täyttää kuusi",
    "lives_alone": "Asuu yksin",
    "in_childcare": "Paikka esikoulussa tai vapaa-ajankodissa",
    "guarded_children": "Lapset, joiden huoltaja henkilö on",
    "relative_died": "Päivä, jona puoliso, lapsi tai vanhempi viimeksi kuoli",
    "email": "Sähköpostiosoite",
    "phone": "Puhelinnumero",
    "income_month": "Kotitalouden tulot kuukaudessa ennen veroja",
    "adults": "Aikuiset kotitaloudessa",
    "children": "Lapset kotitaloudessa",
    "child_order": "Lapsen järjestys sisarusten joukossa, nuorin on yksi",
    "size": "Kotitalouden henkilöt",
    "youngest_birth_date": "Kotitalouden nuorimman syntymäaika",
    "children_in_childcare": "Lapset, joilla on paikka esikoulussa tai vapaa-ajankodissa",
    "income_changed": "Päivä, jona kotitalouden tulot viimeksi muuttuivat",
}


def _fact(name: str, kind: FactType, sv: str, en: str, source: str = _REGISTER) -> Fact:
    words = {str(k): v for k, v in _STATUS.items()} if name == "civil_status" else {}
    says, money = {"sv": sv, "en": en, "fi": _IN_FINNISH[name]}, name.startswith("income")
    return Fact(name, kind, says, source, tuple(words), words, money)


def _named(*several: Fact) -> dict[str, Fact]:
    return {fact.name: fact for fact in several}


OF_A_PERSON = _named(
    _fact("birth_date", FactType.DATE, "Födelsedatum", "Date of birth"),
    _fact(
        "municipality_code",
        FactType.TEXT,
        "Kommunen där personen är folkbokförd",
        "The municipality where the person is registered",
    ),
    _fact("postcode", FactType.TEXT, "Postnummer", "Postcode"),
    _fact("protected", FactType.BOOLEAN, "Skyddade uppgifter", "Protected personal data"),
    _fact(
        "has_guardian_here",
        FactType.BOOLEAN,
        "En vårdnadshavare är folkbokförd i kommunen",
        "A guardian is registered in the municipality",
    ),
    _fact("address", FactType.TEXT, "Adress", "Address"),
    _fact("civil_status", FactType.TEXT, "Civilstånd", "Civil status"),
    _fact(
        "moved_in",
        FactType.DATE,
        "Folkbokförd i kommunen sedan",
        "Registered in the municipality since",
    ),
    _fact("died", FactType.DATE, "Dödsdag", "Date of death"),
    _fact(
        "school_year",
        FactType.NUMBER,
        "Årskurs efter födelseår; 0 börjar hösten då barnet fyller sex",
        "Year at school by year of birth; 0 begins the autumn the child turns six",
    ),
)
OF_THE_SUBJECT = OF_A_PERSON | _named(
    _fact("lives_alone", FactType.BOOLEAN, "Bor ensam", "Lives alone"),
    _fact(
        "in_childcare",
        FactType.BOOLEAN,
        "Har plats i förskola eller fritidshem",
        "Has a place in preschool or after-school care",
        "stated by the municipality",
    ),
    _fact(
        "guarded_children",
        FactType.NUMBER,
        "Barn som personen är vårdnadshavare för",
        "Children for whom the person is a guardian",
    ),
    _fact(
        "relative_died",
        FactType.DATE,
        "Dag då make, barn eller förälder senast dog",
        "The day a spouse, child or parent last died",
    ),
)
OF_THE_APPLICANT = OF_A_PERSON | _named(
    _fact("email", FactType.TEXT, "E-postadress", "Email address", "given by the person"),
    _fact("phone", FactType.TEXT, "Telefonnummer", "Phone number", "given by the person"),
)
OF_THE_HOUSEHOLD = _named(
    _fact(
        "income_month",
        FactType.NUMBER,
        "Hushållets inkomst per månad före skatt",
        "The household's income a month before tax",
        _DECLARED,
    ),
    _fact("adults", FactType.NUMBER, "Vuxna i hushållet", "Adults in the household"),
    _fact("children", FactType.NUMBER, "Barn i hushållet", "Children in the household"),
    _fact(
        "child_order",
        FactType.NUMBER,
        "Barnets ordning bland syskonen, det yngsta är ett",
        "The child’s place among its siblings, the youngest is one",
    ),
    _fact("size", FactType.NUMBER, "Personer i hushållet", "People in the household"),
    _fact(
        "youngest_birth_date",
        FactType.DATE,
        "Födelsedatum för den yngsta i hushållet",
        "Date of birth of the youngest in the household",
    ),
    _fact(
        "children_in_childcare",
        FactType.NUMBER,
        "Barn i hushållet som har plats i förskola eller fritidshem",
        "Children in the household with a place in preschool or after-school care",
        "stated by the municipality",
    ),
    _fact(
        "income_changed",
        FactType.DATE,
        "Dag då hushållets inkomst senast ändrades",
        "The day the household’s income last changed",
        _DECLARED,
    ),
)

facts("subject", OF_THE_SUBJECT)
facts("child", OF_THE_SUBJECT)
facts("applicant", OF_THE_APPLICANT)
facts("household", OF_THE_HOUSEHOLD)


class CastRole(Part):
    """A role that someone in the cast holds as an employee."""

    role: Id
    board: Id


class CastPerson(Part):
    """Someone whom the stories of a demonstration are about.

    `born` is a date, or an age on the day of loading (`1 year 5 months`) for those whose story
    needs an age.
    """

    id: Id
    says: Text
    given_name: str
    surname: str
    sex: Literal["f", "m"]
    born: date | Duration
    identity_number: str | None = None
    civil_status: Literal["unmarried", "married", "divorced", "widowed", "partner"] = "unmarried"
    protection: Literal["none", "mark", "registration", "new-identity"] = "none"
    email: str | None = None
    phone: str | None = None
    language: str = "sv"
    roles: tuple[CastRole, ...] = ()


class CastPosition(Part):
    """Where a home of the cast lies."""

    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)


class CastHome(Part):
    """A household of the cast, and what it has declared."""

    id: Id
    street: str
    postcode: str
    city: str
    members: tuple[Id, ...]
    position: CastPosition | None = None
    since: date | Duration | None = None
    income_month: int | None = None
    in_childcare: tuple[Id, ...] = ()


class CastChild(Part):
    """Who answers for a child of the cast."""

    id: Id
    guardians: tuple[Id, ...]


class CastCouple(Part):
    """Two of the cast who are married to each other."""

    id: Id
    spouses: tuple[Id, Id]
    since: date


class Cast(Part):
    """`demo.yaml`: the people of a demonstration. Real municipalities have no such file."""

    people: tuple[CastPerson, ...]
    homes: tuple[CastHome, ...]
    children: tuple[CastChild, ...] = ()
    couples: tuple[CastCouple, ...] = ()


CAST = file_kind(FileKind("demo", "demo.yaml", Cast, room="register"))


HERE = "municipality-code"


@cross_check
def the_code_is_a_municipalitys(definition: Definition, report: Report) -> None:
    """With a code that no municipality has nobody would live here, and nothing would say so."""
    code = definition.parameters.get(HERE)
    if code is None or (isinstance(code, str) and re.fullmatch("[0-9]{4}", code)):
        return
    lost = isinstance(code, str) and re.fullmatch("[0-9]{3}", code)
    report.error(
        At("package.yaml", ("parameters", HERE, "value")),
        f"'{code}' is no municipality code",
        'four digits in quotes, such as "2599"',
        f'write "0{code}", if its first digit has been lost on the way' if lost else None,
    )


@cross_check
def everyone_in_the_cast_is_known(definition: Definition, report: Report) -> None:
    """Members, guardians and children are people of the cast, and each lives in one home."""
    cast = definition.find(CAST)
    if cast is None:
        return
    known = {person.id for person in cast.people}
    for place, home in enumerate(cast.homes):
        _all_known(definition, report, known, home.members, ("homes", place, "members"))
        _all_known(definition, report, known, home.in_childcare, ("homes", place, "in_childcare"))
    for place, child in enumerate(cast.children):
        _all_known(definition, report, known, (child.id,), ("children", place, "id"))
        _all_known(definition, report, known, child.guardians, ("children", place, "guardians"))
    for place, couple in enumerate(cast.couples):
        _all_known(definition, report, known, couple.spouses, ("couples", place, "spouses"))
    homes = [member for home in cast.homes for member in home.members]
    for place, person in enumerate(cast.people):
        where = definition.at(CAST, None, "people", place)
        if homes.count(person.id) != 1:
            report.error(
                where,
                f"{person.id} lives in {homes.count(person.id)} homes",
                "every person of the cast in exactly one home",
                f"write {person.id} among the members of one home",
            )
        if person.identity_number is not None and not is_number(person.identity_number):
            report.error(
                where,
                f"'{person.identity_number}' is no identity number",
                "twelve digits with a right check digit, of the Tax Agency's test series",
                "leave identity_number out: a test number is then given",
            )


@cross_check
def roles_of_the_cast_exist(definition: Definition, report: Report) -> None:
    """Roles and boards that employees of the cast hold are those of `organisation.yaml`."""
    cast, organisation = definition.find(CAST), definition.find("organisation")
    if cast is None or organisation is None:
        return
    known = {
        "role": [role.id for role in organisation.roles],
        "board": [board.id for board in organisation.boards],
    }
    for place, person in enumerate(cast.people):
        for n, held in enumerate(person.roles):
            for what, ids in known.items():
                if (id_ := getattr(held, what)) not in ids:
                    report.error(
                        definition.at(CAST, None, "people", place, "roles", n, what),
                        f"there is no {what} '{id_}'",
                        one_of(ids),
                        did_you_mean(id_, ids),
                    )


def _all_known(
    definition: Definition,
    report: Report,
    known: set[str],
    ids: tuple[str, ...],
    path: tuple[str | int, ...],
) -> None:
    for id_ in ids:
        if id_ not in known:
            report.error(
                definition.at(CAST, None, *path),
                f"'{id_}' is not in the cast",
                "the id of someone under people",
                "add the person, or mend the id",
            )
