"""An offer laid out for whoever it is made to: the same page by a link and signed in."""

from typing import Any
from uuid import UUID

from allting.cases.api import PROCESS, automatic_of, is_decided, law_of, may_decide
from allting.catalogue.api import board, contact_of
from allting.forms.api import (
    FORM,
    Asked,
    answer_values,
    answers_for_reading,
    apply_at,
    few_questions,
)
from allting.kernel.api import today
from allting.offers.answering import Answer, behalf_of, context_values
from allting.offers.answers import worked_out
from allting.offers.models import Offer
from allting.offers.rules import State, is_open
from allting.offers.telling import Words, fact_in_words
from allting.ui.api import later, translator

Context = dict[str, Any]
SOURCES = {
    "population register": later("the population register"),
    "declared by the household": later("what your household has declared"),
}


def context_of(
    offer: Offer, language: str, person: UUID, *, signed_in: bool, asked: Asked | None = None
) -> Context:
    """What the page shows. Values of facts are for those who have signed in."""
    words = Words(offer, language, person)
    situation = words.planned.situation
    open_ = is_open(offer.state, offer.closes, today())
    if open_ and asked is None and situation.accept is not None and situation.accept.asks:
        asked = few_questions(
            behalf_of(offer, words.planned, Answer(person, language), today()),
            situation.accept.asks,
            today(),
            known=signed_in,
        )
    return {
        "offer": offer,
        "state": "open" if open_ else _closed_as(offer),
        "signed_in": signed_in,
        "words": words,
        "because": words.because if signed_in else words.because_in_the_open,
        "title": words.title,
        "unit": words.unit if offer.unit else "",
        "accepts": situation.accept is not None,
        "states": situation.accept.states if situation.accept else None,
        "asked": asked,
        "stations": _stations(words, open_),
        "rows": _answers(words),
        "data": _data(words, signed_in),
        "law": law_of(words.edition, situation.law),
        "automatic": open_ and _decides_itself(words),
        "decided": bool(offer.case) and is_decided(offer.case),
        "service": offer.service,
        "apply": apply_at(language, offer.service),
        "board": board(words.edition, offer.board),
        "contact": contact_of(words.edition, offer.board),
        "may_regret": today() <= offer.closes,
    }


def _closed_as(offer: Offer) -> str:
    return State.EXPIRED.value if offer.state in (State.MADE, State.SENT) else offer.state


def _decides_itself(words: Words) -> bool:
    """Whether a rule may decide at once when this offer is accepted, as far as can be known."""
    form = words.edition.definition.find(FORM, words.offer.service)
    if form is None or words.edition.definition.find(PROCESS, words.offer.service) is None:
        return False
    rules = automatic_of(words.edition, words.offer.service)
    values = {**words.data, **context_values(words.offer), **answer_values(form, _sent(words))}
    return may_decide(rules, values, today())


def _sent(words: Words) -> dict[str, Any]:
    """What a yes answers; nothing is read for it that the offer does not hold already."""
    form = words.edition.definition.find(FORM, words.offer.service)
    if form is None:
        return {}
    return worked_out(words.planned, form, {**words.data, **context_values(words.offer)}, today())


def _answers(words: Words) -> list[dict[str, str]]:
    """The same in words."""
    rows = answers_for_reading(words.edition, words.offer.service, _sent(words), words.language)
    return [{"key": row.label, "value": row.value} for row in rows]


def _data(words: Words, signed_in: bool) -> list[dict[str, str]]:
    _ = translator(words.language)
    rows = []
    for name in words.offer.data:
        fact = words.planned.words.facts.get(name)
        if fact is None:
            continue
        source = SOURCES.get(fact.source)
        value = words.data[name] if signed_in else None
        rows.append(
            {
                "label": fact.says.get(words.language) or next(iter(fact.says.values()), name),
                "source": _(source) if source else "",
                "value": fact_in_words(words.planned, name, value, words.language)
                if signed_in
                else "",
            }
        )
    return rows


def _stations(words: Words, open_: bool) -> list[dict[str, Any]]:
    """The way that is already walked for the person, and what is left of it."""
    offer = words.offer
    if words.planned.situation.accept is None or not (open_ or offer.state == State.ACCEPTED):
        return []
    way = _to_answer(words) if open_ else _answered(words)
    if offer.start:
        _ = translator(words.language)
        title = _("First day at {unit}", unit=words.unit) if offer.unit else _("First day")
        way.append({"title": title, "state": "next", "text": words.start})
    return way


def _to_answer(words: Words) -> list[dict[str, Any]]:
    _ = translator(words.language)
    latest = _("At the latest {day}", day=words.closes)
    then = (
        _("The decision is made at once, and the letter comes to your inbox")
        if _decides_itself(words)
        else _("We handle it as your application, and write to you")
    )
    return [
        {"title": _("We have filled in the application"), "state": "done"},
        {"title": _("You answer"), "state": "now", "text": latest},
        {"title": then, "state": "next"},
    ]


def _answered(words: Words) -> list[dict[str, Any]]:
    _ = translator(words.language)
    then = (
        {"title": _("It is decided, and the letter is in your inbox"), "state": "done"}
        if is_decided(words.offer.case)
        else {"title": _("We handle it as your application, and write to you"), "state": "now"}
    )
    return [{"title": _("The answer is yes"), "state": "done"}, then]
