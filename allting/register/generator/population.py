"""A whole municipality of people who do not exist: the same seed gives the same people."""

import unicodedata
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

from allting.register.generator.families import Home, Slot, homes
from allting.register.generator.figures import first_names, shares, surnames
from allting.register.generator.lives import Fate, Position, Said
from allting.register.numbers import TestNumbers
from allting.register.rules import years_after

STREETS = (
    "Storgatan", "Kyrkogatan", "Skolgatan", "Järnvägsgatan", "Trädgårdsgatan", "Nygatan",
    "Östra Långgatan", "Västra Långgatan", "Hamngatan", "Strandvägen", "Sjövägen", "Björkvägen",
    "Tallvägen", "Granvägen", "Lönnvägen", "Rönnvägen", "Ängsvägen", "Åkervägen", "Lingonvägen",
    "Blåbärsvägen", "Hallonstigen", "Ekbacken", "Parkgatan", "Kvarngatan", "Bruksgatan",
    "Smedjegatan", "Prästgatan", "Södergatan", "Norrgatan", "Bergsgatan", "Solhöjden",
    "Backvägen", "Mossvägen", "Myrvägen", "Lärkvägen", "Svalvägen", "Trastvägen", "Vallgatan",
    "Fabriksgatan", "Stationsgatan", "Dalvägen", "Skogsvägen", "Åvägen", "Brogatan",
)  # fmt: skip
PHONES = [f"+46701740{640 + n % 60}" for n in range(95)]
"""Numbers that the Post and Telecom Authority keeps for books and films: they ring nowhere.

There are 95 of them. The first are left to a demonstration's cast: an answer from a telephone that
several people share cannot be told apart.
"""

_PROTECTION = ("mark", "registration", "new-identity"), (6, 3, 1)
_PROTECTED_HOMES = 0.002


@dataclass(slots=True)
class Population:
    """Rows for the tables, in the order in which families live together."""

    people: list[tuple[object, ...]] = field(default_factory=list)
    households: list[tuple[object, ...]] = field(default_factory=list)
    memberships: list[tuple[object, ...]] = field(default_factory=list)
    guardianships: list[tuple[object, ...]] = field(default_factory=list)
    relations: list[tuple[object, ...]] = field(default_factory=list)
    mandates: list[tuple[object, ...]] = field(default_factory=list)
    facts: list[tuple[object, ...]] = field(default_factory=list)


@dataclass(slots=True)
class _Resident:
    id: UUID
    sex: str
    born: date
    given: str
    surname: str = ""
    civil: str = "unmarried"
    died: date | None = None


@dataclass(slots=True)
class _Address:
    street: str
    postcode: str
    protection: str
    came: date
    position: Position | None

    @property
    def hidden(self) -> bool:
        return self.protection in ("registration", "new-identity")


def generate(
    size: int,
    *,
    seed: int,
    municipality: str,
    city: str,
    on: date,
    taken: Container[str] = (),
    listed: Iterable[str] = (),
    postcode: str = "999",
    centres: Sequence[Position] = (),
) -> Population:
    """`size` people as they stand on the day `on`; a few of them have died within the last year.

    Numbers in `taken` are not given again; `listed` test numbers are given where their day fits.
    Homes lie around the `centres`, latitude and longitude; without any their positions are unknown.
    """
    if size < 200:
        raise ValueError(f"a population of {size} is too small for families; ask for at least 200")
    chance = Random(seed)  # noqa: S311 (made-up people, no secrets)
    numbers = TestNumbers(taken, listed)
    fate = Fate(seed, on, centres)
    return _Town(chance, fate, numbers, municipality, city, on, postcode).people(size)


class _Town:
    """Fills a population, household by household."""

    def __init__(
        self,
        chance: Random,
        fate: Fate,
        numbers: TestNumbers,
        code: str,
        city: str,
        on: date,
        postcode: str,
    ) -> None:
        self._chance = chance
        self._fate = fate
        self._numbers = numbers
        self._code = code
        self._city = city
        self._on = on
        self._postcode = postcode
        self._made = Population()
        self._of_age: list[UUID] = []

    def people(self, size: int) -> Population:
        plans = homes(shares(size), self._chance)
        first_adults: list[_Resident] = []
        for home in plans:
            apart = first_adults[home.elsewhere] if home.elsewhere is not None else None
            first_adults.append(self._settle(home, apart))
        return self._made

    def _settle(self, home: Home, apart: _Resident | None) -> _Resident:
        """Give a household people, names, a place to live, and what it has declared."""
        household = self._id()
        self._made.households.append((household,))
        adults = [self._resident(slot) for slot in home.adults]
        children = [self._resident(slot) for slot in home.children]
        self._name(home, adults, children, apart)
        self._civil_status(home, adults, bool(children))
        address = self._address()
        for someone in (*adults, *children):
            someone.died = self._fate.died(someone.born)
        if home.couple:
            self._couple(home, adults)
        for someone in (*adults, *children):
            self._register(someone, address, household)
        guardians = [adults[0], *adults[1 : 1 + home.couple], *([apart] if apart else [])]
        for child in children:
            self._guard(child, guardians)
        self._declare(household, adults, children)
        self._lives(home, adults, household)
        return adults[0]

    def _couple(self, home: Home, adults: list[_Resident]) -> None:
        """The two of them as spouses, one of them perhaps widowed, or their wedding to be."""
        one, other = adults[:2]
        if not home.married:
            if not (one.died or other.died):
                for said in self._fate.wedding():
                    self._said(said, person=one.id)
            return
        since = self._fate.married(max(one.born, other.born))
        ended = min((d for d in (one.died, other.died) if d), default=None)
        since = min(since, ended or since)
        self._made.relations.append((one.id, other.id, "spouse", since, ended))
        for someone in (one, other):
            if ended and someone.died != ended:
                someone.civil = "widowed"

    def _lives(self, home: Home, adults: list[_Resident], household: UUID) -> None:
        """What has happened lately to those who live."""
        for adult in adults:
            if adult.died is None and self._fate.is_helped(adult.born):
                self._help(adult)
        if adults[0].died is None and (permit := self._fate.building()):
            self._said(permit, person=adults[0].id)

    def _help(self, adult: _Resident) -> None:
        holder = self._of_age[self._fate.helper(len(self._of_age))]
        if holder != adult.id:
            since = max(self._on - timedelta(400), adult.born)
            for scope in ("property", "care"):
                self._made.mandates.append((adult.id, holder, scope, since, None))

    def _said(self, said: Said, *, person: UUID | None = None, home: UUID | None = None) -> None:
        self._made.facts.append(
            (person, home, said.name, said.type, said.value, said.source, said.at)
        )

    def _id(self) -> UUID:
        return UUID(int=self._chance.getrandbits(128), version=4)

    def _resident(self, slot: Slot) -> _Resident:
        sex, age = slot
        latest = years_after(self._on, -age)
        earliest = years_after(self._on, -age - 1) + timedelta(1)
        born = earliest + timedelta(self._chance.randrange((latest - earliest).days + 1))
        given = first_names(sex, born.year).one(self._chance)
        return _Resident(self._id(), sex, born, given)

    def _name(
        self,
        home: Home,
        adults: list[_Resident],
        children: list[_Resident],
        apart: _Resident | None,
    ) -> None:
        names = surnames()
        for adult in adults:
            adult.surname = names.one(self._chance)
        if home.couple and self._chance.random() < (0.75 if home.married else 0.1):
            adults[0].surname = adults[1].surname
        theirs = [a.surname for a in adults[:2]] + ([apart.surname] if apart else [])
        shared = self._chance.choice(theirs)
        for child in children:
            child.surname = shared
        _unlike_siblings(children, self._chance)

    def _civil_status(self, home: Home, adults: list[_Resident], has_children: bool) -> None:
        for place, adult in enumerate(adults):
            if home.couple and place < 2:
                adult.civil = "married" if home.married else "unmarried"
            else:
                age = self._on.year - adult.born.year
                adult.civil = _single(age, has_children, self._chance)

    def _address(self) -> _Address:
        chance = self._chance
        place = chance.randrange(len(STREETS))
        street = f"{STREETS[place]} {chance.randrange(1, 60)}"
        if chance.random() < 0.35:
            street += f" lgh {chance.randrange(10, 15)}0{chance.randrange(1, 5)}"
        protection = "none"
        if chance.random() < _PROTECTED_HOMES:
            protection = chance.choices(*_PROTECTION)[0]
        postcode = f"{self._postcode} {1 + place // 5:02}"
        return _Address(street, postcode, protection, self._fate.came(), self._fate.position())

    def _register(self, someone: _Resident, address: _Address, household: UUID) -> None:
        hidden = address.hidden
        here_since = max(someone.born, min(address.came, someone.died or address.came))
        lat, lon = (None, None) if hidden or not address.position else address.position
        number = self._numbers.give(someone.born, someone.sex)
        email, phone, language = self._contact(someone)
        self._made.people.append((
            someone.id, number, someone.given, someone.surname, someone.born, someone.sex,
            someone.civil,
            "" if hidden else address.street,
            "" if hidden else address.postcode,
            "" if hidden else self._city,
            self._code, address.protection, email, phone, language,
            here_since, someone.died, None, lat, lon,
        ))  # fmt: skip
        moved = years_after(self._on, -self._chance.randrange(1, 12))
        since = max(someone.born, min(moved, someone.died or moved))
        self._made.memberships.append((someone.id, household, since, someone.died))
        if someone.died is None and not hidden and _age(someone.born, self._on) >= 25:
            self._of_age.append(someone.id)

    def _contact(self, someone: _Resident) -> tuple[str, str, str]:
        age = self._on.year - someone.born.year
        reached = 0.0 if age < 18 else 0.85 if age < 70 else 0.45
        if self._chance.random() >= reached:
            return "", "", "sv"
        number = len(self._made.people) + 1
        email = f"{_plain(someone.given)}.{_plain(someone.surname)}.{number}@epost.example"
        language = "en" if self._chance.random() < 0.06 else "sv"
        return email, self._chance.choice(PHONES), language

    def _guard(self, child: _Resident, guardians: list[_Resident]) -> None:
        until = years_after(child.born, 18)
        if until <= self._on:
            for parent in guardians:
                self._made.relations.append((child.id, parent.id, "parent", child.born, None))
            return
        for guardian in guardians:
            self._made.guardianships.append((child.id, guardian.id, child.born, until))

    def _declare(self, household: UUID, adults: list[_Resident], children: list[_Resident]) -> None:
        young = [c for c in children if 1 <= _age(c.born, self._on) <= 9]
        if not young or self._chance.random() > 0.85:
            return
        at = self._on - timedelta(self._chance.randrange(20, 500))
        income = (
            f"{round(sum(self._chance.lognormvariate(10.45, 0.35) for _ in adults[:2]), -2):.0f}"
        )
        self._said(Said("income_month", "number", income, "declared", at), home=household)
        if later := self._fate.income_since(income):
            self._said(later, home=household)
        for child in young:
            if self._chance.random() < 0.9:
                said = Said("in_childcare", "boolean", "true", "placement", at)
                self._said(said, person=child.id)


def _unlike_siblings(children: list[_Resident], chance: Random) -> None:
    """Siblings do not share a first name."""
    used: set[str] = set()
    for child in children:
        while child.given in used:
            child.given = first_names(child.sex, child.born.year).one(chance)
        used.add(child.given)


def _single(age: int, has_children: bool, chance: Random) -> str:
    draw = chance.random()
    if age >= 75 and draw < min(0.35 + (age - 75) * 0.03, 0.85):
        return "widowed"
    divorced = 0.6 if has_children else 0.0 if age < 28 else 0.15 if age < 45 else 0.5
    return "divorced" if draw > 1 - divorced else "unmarried"


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _plain(name: str) -> str:
    """A name as mail addresses are written.

    >>> _plain("Åsa-Märta")
    'asa-marta'
    """
    apart = unicodedata.normalize("NFKD", name.lower())
    return "".join(c for c in apart if c.isascii() and (c.isalnum() or c == "-"))
