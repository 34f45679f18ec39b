"""Why somebody is in a situation, in the words that they would be told."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any
from uuid import UUID

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
    return (
        (hit, reason_of(forecast.planned, hit, found, language))
        for hit in islice(forecast.new, most)
    )


def reason_of(planned: Planned, hit: Hit, found: Preview, language: str) -> str:
    """The reason that one person would be told."""
    known = facts_about(planned, hit.person, planned.data, as_of=found.as_of)
    closes = planned.situation.open_for.after(found.as_of)
    own = {"closes": in_words(language, closes), "unit": "…"}
    own["start"] = in_words(language, hit.start) if hit.start else "…"
    return fill(
        plain(planned.situation.because, language),
        lambda name: own.get(name) or fact_in_words(planned, name, known.get(name), language),
    )


def data_of(
    planned: Planned, person: UUID, found: Preview, language: str
) -> list[Mapping[str, Any]]:
    """The facts that count for one person, with their values, for whoever may read them."""
    known = facts_about(planned, person, planned.finding, as_of=found.as_of)
    return [
        {
            "label": fact.says.get(language) or name,
            "value": fact_in_words(planned, name, known.get(name), language),
        }
        for name in sorted(planned.finding)
        if (fact := planned.words.facts.get(name)) is not None
    ]
