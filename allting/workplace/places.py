"""The place of a case: what a round, an offer or a decision has come to, where it is decided."""

from typing import Any

from allting.cases.api import Opened
from allting.catalogue.api import units
from allting.offers.api import START, UNIT, place_of_case
from allting.placements.api import PLACES, Placed
from allting.ui.api import Translator, later, plain, translator, url
from allting.ui.api import date as in_words

OFFERED, TAKEN, WITHOUT = "offered", "taken", "without"
SAID = {
    OFFERED: later("{unit} is kept from {day}, and waits for the decision."),
    TAKEN: later("{unit} from {day}: the seat is the child’s."),
    "declined": later("{unit} from {day} was declined or given up."),
    "released": later("{unit} was kept from {day}, but has been let go."),
    WITHOUT: later("The round for {day} had no place to give. The child is in the next one too."),
}


def place_in(opened: Opened, language: str) -> dict[str, Any] | None:
    """The place as the desk shows it."""
    found = place_of_case(opened.case.service, opened.case.number)
    if found is None:
        return None
    # a place that a person has given stands in no round
    address = {"round": found.round, "place": found.id}
    return {
        "says": _said(opened, found, translator(language)),
        "kept": found.state == OFFERED,
        "href": url(language, "placements:child", **address) if found.round else "",
    }


def _said(opened: Opened, found: Placed, speak: Translator) -> str:
    known = units(opened.edition, opened.edition.definition.one(PLACES, opened.case.service).kind)
    unit = known.get(found.unit)
    name = plain(unit.name, speak.language) if unit else found.unit
    return speak(SAID[found.state], unit=name, day=in_words(speak.language, found.start))


def kept_values(opened: Opened) -> dict[str, str]:
    """What a decision states of the place that is kept for the case, or taken because of it."""
    found = place_of_case(opened.case.service, opened.case.number)
    if found is None or found.state not in (OFFERED, TAKEN):
        return {}
    return {UNIT: found.unit, START: found.start.isoformat()}
