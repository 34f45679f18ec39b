"""What the expressions of `offer.yaml` may speak of, and what an accepted offer tells others."""

from collections.abc import Iterator, Mapping

from allting.conditions.api import Fact, FactType, Vocabulary, vocabulary
from allting.offers.parts import OFFERS
from allting.packages.api import Definition

SCOPE = "offer"
ABSENT = ("answers", "applicant", "child", "offer", "unit")
"""Scopes of which nothing is known while a situation is looked for."""

SHY = frozenset({"address", "email", "household.income_month", "phone", "postcode", "protected"})
"""Facts that are not written out where a link alone leads."""


def offer_facts(definition: Definition, service_id: str) -> Mapping[str, Fact]:
    """`offer.situation` and its like: known where somebody has accepted, else missing."""
    offers = definition.find(OFFERS, service_id)
    if offers is None:
        return {}
    ids = tuple(one.id for one in offers.situations)
    facts = (
        Fact("situation", FactType.TEXT, _says("Livssituation", "Life situation"), SCOPE, ids),
        Fact("unit", FactType.TEXT, _says("Erbjuden plats", "Place offered"), SCOPE),
        Fact("start", FactType.DATE, _says("Erbjuden första dag", "First day offered"), SCOPE),
    )
    return {fact.name: fact for fact in facts}


def _says(sv: str, en: str) -> dict[str, str]:
    return {"sv": sv, "en": en}


def register_words(definition: Definition, service_id: str) -> Vocabulary:
    """What a situation may be seen in: facts of the person, the household, the package."""
    whole = vocabulary(definition, service_id).facts
    return Vocabulary({name: fact for name, fact in whole.items() if is_held(name)})


def answering_words(definition: Definition, service_id: str) -> Vocabulary:
    """What answers may be worked out of when somebody accepts: that, and the offer itself."""
    whole = vocabulary(definition, service_id).facts
    return Vocabulary(
        {n: fact for n, fact in whole.items() if is_held(n) or n.startswith(f"{SCOPE}.")}
    )


def is_held(name: str) -> bool:
    """Whether a fact is known of anyone, asked or not.

    >>> is_held("birth_date"), is_held("answers.start")
    (True, False)
    """
    scope, dot, _ = name.partition(".")
    return not dot or scope not in ABSENT


def of_the_register(names: Iterator[str] | frozenset[str] | tuple[str, ...]) -> frozenset[str]:
    """Of `names` those that the register, not the package or the offer, answers."""
    return frozenset(n for n in names if is_held(n) and not n.startswith("parameters."))
