"""Why somebody is in a situation, in the words that they would be told."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from allting.identity.api import Actor
from allting.offers.finding import Hit
from allting.offers.known import facts_about
from allting.offers.placeholders import fill
from allting.offers.plan import Planned
from allting.offers.previewing import Forecast, Preview
from allting.offers.telling import fact_in_words
from allting.ui.api import date as in_words
from allting.ui.api import plain


def reasons(
    forecast: Forecast, found: Preview, most: int, language: str = "sv"
) -> Iterator[tuple[Hit, str]]:
    """The reasons of the first of those who would be offered something; each look is logged."""
    planned = forecast.planned
    for hit in islice(forecast.new, most):
        known = known_of(planned, hit, found.as_of)
        yield hit, reason_of(planned, hit, known, found.as_of, language)


def known_of(planned: Planned, hit: Hit, as_of: date, by: Actor | None = None) -> Mapping[str, Any]:
    """What counts for one person; read by the house, or by an employee."""
    return facts_about(planned, hit.person, planned.data, as_of=as_of, by=by)


def reason_of(
    planned: Planned, hit: Hit, known: Mapping[str, Any], as_of: date, language: str
) -> str:
    """The reason that one person would be told."""
    closes = planned.situation.open_for.after(as_of)
    own = {"closes": in_words(language, closes), "unit": "…"}
    own["start"] = in_words(language, hit.start) if hit.start else "…"
    return fill(
        plain(planned.situation.because, language),
        lambda name: own.get(name) or fact_in_words(planned, name, known.get(name), language),
    )


def data_of(
    planned: Planned, known: Mapping[str, Any], language: str
) -> Iterator[Mapping[str, str]]:
    """The facts that count, with what they are, for whoever may read them."""
    for name in sorted(planned.data):
        fact = planned.words.facts.get(name)
        if fact is not None:
            value = fact_in_words(planned, name, known.get(name), language)
            yield {"key": fact.says.get(language) or name, "value": value}
