"""`facts.yaml`: facts that a package adds to the register's own, and how their values are kept.

They come from cases, from the people themselves or from other registers; the register keeps each
with its source and day (`DeclaredFact`). A fact that nobody has stated is unknown.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Literal
from weakref import WeakKeyDictionary

from allting.conditions.api import Fact, FactType, declared, provider
from allting.packages.api import (
    Definition,
    FileKind,
    Id,
    Law,
    Part,
    Report,
    Text,
    cross_check,
    file_kind,
)
from allting.register.rules import as_number

Value = bool | int | Decimal | date | str
NAME = 64  # characters of a fact's name
IN_CHILDCARE, INCOME = "in_childcare", "income_month"  # the register's own that cases may state


class StatedFact(Part):
    """One fact: about whom it is, its type, and who vouches for it."""

    id: Id
    about: Literal["person", "household"] = "person"
    type: Literal["boolean", "number", "text", "date"]
    says: Text
    source: Text | None = None
    money: bool = False
    law: Law = ()

    @property
    def name(self) -> str:
        """What conditions call it, without its scope."""
        return self.id.replace("-", "_")


class StatedFacts(Part):
    """The whole file."""

    facts: tuple[StatedFact, ...]


FACTS = file_kind(FileKind("facts", "facts.yaml", StatedFacts, room="register"))


def stated_facts(definition: Definition, about: str) -> tuple[StatedFact, ...]:
    """The facts that a package states about a `person` or a `household`."""
    found = definition.find(FACTS)
    return tuple(fact for fact in found.facts if fact.about == about) if found else ()


def open_case_fact(service: str) -> str:
    """The fact that a case of this service concerns someone and is open.

    >>> open_case_fact("preschool-place")
    'open_case_preschool_place'
    """
    return f"open_case_{service.replace('-', '_')}"[:NAME]


def place_fact(kind: str) -> str:
    """The fact that someone has a place at a unit of this kind."""
    return f"place_{kind.replace('-', '_')}"[:NAME]


def standing_facts(definition: Definition) -> dict[str, Fact]:
    """Facts of every package: an open case of each service, a place of each kind of unit.

    They are stated when a case opens and closes and when a place is taken; before that, unknown.
    """
    found = _standing.get(definition)
    if found is None:
        found = _standing[definition] = _standing_facts(definition)
    return found


# asked for with every expression of a package, and the same for as long as the definition lives
_standing: WeakKeyDictionary[Definition, dict[str, Fact]] = WeakKeyDictionary()


def _standing_facts(definition: Definition) -> dict[str, Fact]:
    found = {}
    for id_, service in definition.all("service").items():
        name, title = open_case_fact(id_), dict(service.title)
        says = {lang: _STANDING.get(lang, "{}").format(text) for lang, text in title.items()}
        found[name] = Fact(name, FactType.BOOLEAN, says, "cases")
    for kind in {units.kind for units in definition.all("units").values()}:
        says = {lang: words.format(kind) for lang, words in _PLACED.items()}
        found[place_fact(kind)] = Fact(place_fact(kind), FactType.BOOLEAN, says, "placements")
    return found


_STANDING = {
    "sv": "Har ett öppet ärende: {}",
    "en": "Has an open case: {}",
    "fi": "Asia vireillä: {}",
}
_PLACED = {"sv": "Har en plats ({})", "en": "Has a place ({})", "fi": "Paikka: {}"}


def as_stored(value: Value) -> tuple[str, str]:
    """The type and the text of a value, as the register keeps it.

    >>> as_stored(True), as_stored(Decimal("61560.50")), as_stored(date(2026, 8, 17))
    (('boolean', 'true'), ('number', '61560.50'), ('date', '2026-08-17'))
    """
    match value:
        case bool():
            return "boolean", "true" if value else "false"
        case int() | Decimal():
            return "number", f"{value:f}" if isinstance(value, Decimal) else str(value)
        case date():
            return "date", value.isoformat()
    return "text", value


def from_stored(type_: str, text: str) -> Value:
    """A value from its type and text.

    >>> from_stored("boolean", "false"), from_stored("number", "52000")
    (False, 52000)
    """
    match type_:
        case "boolean":
            return text == "true"
        case "number":
            return as_number(text) or 0
        case "date":
            return date.fromisoformat(text)
    return text


def _facts_about(about: str) -> Callable[[Definition, str], Mapping[str, Fact]]:
    def facts(definition: Definition, service_id: str) -> Mapping[str, Fact]:
        stated = {fact.name: _fact(fact) for fact in stated_facts(definition, about)}
        return stated | (standing_facts(definition) if about == "person" else {})

    return facts


def _fact(stated: StatedFact) -> Fact:
    source = next(iter(dict(stated.source).values())) if stated.source else "stated"
    return Fact(stated.name, FactType(stated.type), dict(stated.says), source, money=stated.money)


for _scope, _about in (
    ("subject", "person"),
    ("child", "person"),
    ("applicant", "person"),
    ("household", "household"),
):
    provider(_scope, _facts_about(_about))


def declarable(definition: Definition) -> dict[str, FactType]:
    """Every fact that a case may state, by its full name in conditions."""
    of_people = {it.name: FactType(it.type) for it in stated_facts(definition, "person")}
    of_homes = {it.name: FactType(it.type) for it in stated_facts(definition, "household")}
    of_people[IN_CHILDCARE], of_homes[INCOME] = FactType.BOOLEAN, FactType.NUMBER
    scopes = {"": of_people, "child.": of_people, "household.": of_homes}
    found = {scope + name: type for scope, kinds in scopes.items() for name, type in kinds.items()}
    own = {f"applicant.{name}": type for name, type in of_people.items() if name != IN_CHILDCARE}
    return found | own


@cross_check
def no_fact_is_stated_twice(definition: Definition, report: Report) -> None:
    """A package's fact does not bear the name of one that the register has."""
    found = definition.find(FACTS)
    for place, fact in enumerate(found.facts if found else ()):
        scope = "subject" if fact.about == "person" else "household"
        own = standing_facts(definition) if fact.about == "person" else {}
        if fact.name in declared().get(scope, {}) or fact.name in own:
            report.error(
                definition.at(FACTS, None, "facts", place, "id"),
                f"the register already has a fact '{fact.name}'",
                "a name of its own",
                "use the register's fact, or call this one something else",
            )


def fact_words(definition: Definition) -> dict[tuple[str, str], Mapping[str, str]]:
    """What each fact that may be stated is called: about whom (person, household), and its name."""
    known = declared()
    found = {
        (about, name): fact.says
        for about, scope in (("person", "subject"), ("household", "household"))
        for name, fact in known.get(scope, {}).items()
    }
    for about in ("person", "household"):
        found |= {(about, it.name): dict(it.says) for it in stated_facts(definition, about)}
    return found | {("person", it.name): it.says for it in standing_facts(definition).values()}
