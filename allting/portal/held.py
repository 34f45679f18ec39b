"""What is held about someone, in words and in parts that belong together."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Day
from decimal import Decimal
from typing import Any

from allting.catalogue.api import NotInCatalogue, service
from allting.packages.api import Edition
from allting.register.api import Holding, StatedHeld, fact_words
from allting.ui.api import date, later, number, plain, translator

_OWN = {
    "identity_number": later("Identity number"),
    "given_name": later("Given name"),
    "surname": later("Surname"),
    "birth_date": later("Date of birth"),
    "sex": later("Legal sex"),
    "civil_status": later("Civil status"),
    "protection": later("Protection"),
    "municipality_code": later("Municipality, by its code"),
    "moved_in": later("Registered here since"),
    "address": later("Address"),
}
_CONTACT = {
    "email": later("E-mail"),
    "phone": later("Phone"),
    "language": later("The language we write in"),
}
_VALUES = {
    "f": later("woman"),
    "m": later("man"),
    "unmarried": later("unmarried"),
    "married": later("married"),
    "divorced": later("divorced"),
    "widowed": later("widowed"),
    "partner": later("registered partner"),
    "none": later("none"),
    "mark": later("secrecy mark"),
    "registration": later("protected registration"),
    "new-identity": later("new identity"),
    "sv": later("Swedish"),
    "en": later("English"),
    "fi": later("Finnish"),
}
_WORDED = ("sex", "civil_status", "protection", "language")
_RELATED = {
    "lives-with": later("Lives with you"),
    "guardian": later("Your guardian"),
    "child": later("Child you answer for"),
    "spouse": later("Spouse"),
    "parent": later("Parent"),
    "grown-child": later("Your child"),
    "helper-rights": later("Guards your rights"),
    "helper-property": later("Manages your property"),
    "helper-care": later("Cares for you"),
    "helps-rights": later("You guard the rights of"),
    "helps-property": later("You manage the property of"),
    "helps-care": later("You care for"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One fact: what, its value, and a line on where it is from."""

    key: str
    value: str
    note: str = ""


def in_parts(edition: Edition, language: str, holding: Holding) -> dict[str, Any]:
    """The parts of the page."""
    _ = translator(language)
    return {
        "source": holding.source,
        "as_of": holding.as_of,
        "own": list(_rows(language, holding.own, _OWN)),
        "contact": list(_rows(language, holding.own, _CONTACT)),
        "homes": [Row(it.address, _span(language, it.since, it.until)) for it in holding.homes],
        "related": [
            Row(
                _(_RELATED[it.kind]),
                it.name or _("A person with protected details"),
                _span(language, it.since, it.until),
            )
            for it in holding.related
        ],
        "stated": [_stated(edition, language, it) for it in holding.stated],
    }


def _rows(language: str, own: dict[str, Any], words: dict[str, str]) -> Iterator[Row]:
    _ = translator(language)
    for name, key in words.items():
        value = own[name]
        if value in (None, ""):
            continue
        if name in _WORDED:
            value = _(_VALUES[value]) if value in _VALUES else value
        yield Row(_(key), _value(language, value))


def _span(language: str, since: Day, until: Day | None) -> str:
    _ = translator(language)
    if until is None:
        return _("since {day}", day=date(language, since))
    return _("{day} to {last}", day=date(language, since), last=date(language, until))


def _stated(edition: Edition, language: str, it: StatedHeld) -> Row:
    _ = translator(language)
    words = edition.memo("portal.fact-words", lambda: fact_words(edition.definition))
    says = words.get((it.about, it.name), {})
    key = says.get(language) or next(iter(says.values()), it.name)
    note = _("{day}, from {source}.", day=date(language, it.at), source=_source(_, it.source))
    if it.purpose:
        note += " " + _("Kept for: {what}.", what=_purpose(edition, language, it.purpose))
    if it.about == "household":
        note += " " + _("About your household.")
    return Row(key, _value(language, it.value), note)


def _source(_: Any, source: str) -> str:
    known = {"declared": _("your own statement"), "cast": _("the demonstration")}
    return str(known.get(source, source))


def _purpose(edition: Edition, language: str, purpose: str) -> str:
    try:
        return str(plain(service(edition, purpose).title, language))
    except NotInCatalogue:  # a service that is no longer offered keeps its id
        return purpose


def _value(language: str, value: object) -> str:
    _ = translator(language)
    match value:
        case bool():
            return _("Yes") if value else _("No")
        case Day():
            return date(language, value)
        case int() | Decimal():
            return str(number(language, value))
    return str(value)
