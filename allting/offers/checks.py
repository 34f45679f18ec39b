"""What must hold across `offer.yaml` and the rest of the package, each fault with its mending."""

from datetime import date

from allting.conditions.api import FactType, vocabulary
from allting.offers.accept_check import check_accept
from allting.offers.parts import LETTER, OFFERS
from allting.offers.sheet import Sheet
from allting.offers.texts_check import check_texts
from allting.packages.api import Definition, Report

_SOME_DAY = date(2026, 1, 1)


def check_offers(definition: Definition, report: Report) -> None:
    """The cross-check of every `offer.yaml` of a definition."""
    for service, offers in definition.all(OFFERS).items():
        if service not in definition.ids("service"):
            report.error(
                definition.at(OFFERS, service),
                f"there are offers but no service '{service}'",
                f"services/{service}/service.yaml beside it",
                "write service.yaml, or move the file to the service it belongs to",
            )
            continue
        words = vocabulary(definition, service)
        for n, situation in enumerate(offers.situations):
            sheet = Sheet(definition, report, service, n, situation, words)
            _check(sheet)
        _letters_sent(definition, report, service, {one.id for one in offers.situations})


def _letters_sent(
    definition: Definition, report: Report, service: str, situations: set[str]
) -> None:
    for name in definition.names(LETTER, service):
        if name not in situations:
            at = definition.at_page(LETTER, service, name, definition.languages[0])
            mend = "call it what the situation is called, or take it away"
            report.warning(at, f"no situation sends the letter '{name}'", None, mend)


def _check(sheet: Sheet) -> None:
    _whom(sheet)
    _expressions(sheet)
    _times(sheet)
    _lawful(sheet)
    _place(sheet)
    check_accept(sheet)
    check_texts(sheet)


def _whom(sheet: Sheet) -> None:
    situation, product = sheet.situation, sheet.product
    if product is not None and (product.subject == "child") != (situation.about == "child"):
        fits = "child" if product.subject == "child" else "person"
        sheet.wrong(
            ("about",),
            f"the situation is about a {situation.about}, but the service concerns "
            f"{_concerned(product.subject)}",
            f"about: {fits}, as subject: {product.subject} in service.yaml",
        )
    if situation.about == "child" and situation.to == "mandate":
        sheet.wrong(
            ("to",),
            "a child's offers are not made to a mandate holder",
            "to: guardians, or to: person for those old enough",
        )
    if situation.about == "child" and situation.to == "person" and situation.accept is not None:
        sheet.wrong(
            ("to",),
            "a child cannot accept: the service is applied for by a guardian",
            "to: guardians, or no accept",
        )
    if situation.about == "person" and situation.to == "guardians":
        expected = "to: person or to: mandate"
        sheet.wrong(("to",), "a grown person has no guardians", expected)


def _concerned(subject: str) -> str:
    return "a child" if subject == "child" else "a person"


def _expressions(sheet: Sheet) -> None:
    situation = sheet.situation
    sheet.expression(("holds",), situation.holds, FactType.BOOLEAN)
    if situation.stands is not None:
        sheet.expression(("stands",), situation.stands, FactType.BOOLEAN)
    if situation.occasion is not None:
        sheet.expression(("occasion",), situation.occasion, None)
    if situation.place is not None:
        sheet.expression(("place", "start"), situation.place.start, FactType.DATE)


def _times(sheet: Sheet) -> None:
    situation = sheet.situation
    if situation.remind is None:
        return
    closes = situation.open_for.after(_SOME_DAY)
    if situation.remind.before(closes) <= _SOME_DAY:
        sheet.wrong(
            ("remind",),
            "the reminder would come before the offer",
            "a time before it closes, shorter than open_for",
            "remind: 3 days",
        )


def _lawful(sheet: Sheet) -> None:
    if not sheet.situation.law:
        sheet.wrong(
            (),
            f"'{sheet.situation.id}' names no law: what lets the municipality look for it?",
            "law: the section that gives the task",
            "law: [SkolL 8:12a]",
        )


def _place(sheet: Sheet) -> None:
    if sheet.situation.place is None:
        return
    if sheet.service not in sheet.definition.ids("places"):
        sheet.wrong(
            ("place",),
            "a place is to be kept, but the service has no rules for places",
            f"services/{sheet.service}/places.yaml",
            "write places.yaml, or take place away",
        )
    if sheet.situation.accept is None:
        sheet.wrong(
            ("place",),
            "a place is kept, but nobody can accept it",
            "accept: what a yes answers in the form, and states",
        )
