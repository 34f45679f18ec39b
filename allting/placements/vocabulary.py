"""What a priority may speak of: the child, its household, its answers, the unit and the wish."""

from collections.abc import Mapping
from types import MappingProxyType

from allting.conditions.api import Fact, FactType, Vocabulary, vocabulary
from allting.forms.api import FORM, answer_facts
from allting.packages.api import Definition
from allting.placements.parts import Places

DISTANCE = "unit.distance_km"
SIBLING = "unit.sibling_here"
UNIT = "unit.id"
SINCE = "wish.since"
_ABSENT = ("applicant.", "offer.")  # nobody has applied for those who are asked unasked


def _fact(name: str, kind: FactType, sv: str, en: str) -> Fact:
    return Fact(name, kind, {"sv": sv, "en": en}, "placement")


OWN: Mapping[str, Fact] = MappingProxyType(
    {
        fact.name: fact
        for fact in (
            _fact(DISTANCE, FactType.NUMBER, "Avstånd från hemmet", "Distance from home"),
            _fact(SIBLING, FactType.BOOLEAN, "Syskon där", "Sibling there"),
            _fact(UNIT, FactType.TEXT, "Enhet", "Unit"),
            _fact(SINCE, FactType.DATE, "Önskat", "Wished on"),
        )
    }
)


def words_of(definition: Definition, service: str) -> Vocabulary:
    """Every fact that the priorities of this service may name."""
    known = vocabulary(definition, service).facts
    found = {name: fact for name, fact in known.items() if not name.startswith(_ABSENT)}
    return Vocabulary(MappingProxyType({**found, **OWN}))


def wished(definition: Definition, service: str, places: Places) -> frozenset[str]:
    """The facts that tell what somebody wished for: `answers.places_first` and the like."""
    form = definition.find(FORM, service)
    if form is None or places.wishes is None:
        return frozenset()
    question = places.wishes.replace("-", "_")
    return frozenset(
        f"answers.{name}"
        for name in answer_facts(form)
        if name in (f"{question}_first", f"{question}_count")
    )
