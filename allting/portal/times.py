"""How long it has taken: what the cases of the last months say, in words."""

from collections.abc import Mapping
from datetime import datetime

from allting.cases.api import Measured, measured_lengths
from allting.packages.api import Edition
from allting.ui.api import Translator, date, translator


def times_taken(edition: Edition, at: datetime) -> Mapping[str, Measured]:
    """What the cases of each service took, as it stood this hour: asked once an hour."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    return edition.memo(("portal.taken", hour), lambda: measured_lengths(at.date()))


def taken_in_words(taken: Measured | None, language: str) -> str:
    """`Half of 34 cases since 23 May 2026 were decided within 12 days, nine of ten within 40.`"""
    if taken is None:
        return ""
    _ = translator(language)
    since = date(language, taken.since)
    if taken.most == 0:
        said = _("All but a few of {n} cases since {since} were decided the same day.")
    else:
        said = _("Of {n} cases since {since} half were decided {half}, nine of ten {most}.")
    half, most = _within(_, taken.days), _within(_, taken.most)
    return said.format(n=taken.number, since=since, half=half, most=most)


def _within(_: Translator, days: int) -> str:
    if days == 0:
        return _("the same day")
    return _.plural("within {n} day", "within {n} days", days)
