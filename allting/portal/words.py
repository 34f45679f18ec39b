"""Opening hours, durations and references to law, as people say them."""

from functools import lru_cache

from babel import Locale

from allting.catalogue.api import WEEK, Hours, Opening
from allting.ui.api import Translator, clock, short_date, translator


def hours_in_words(hours: tuple[Hours, ...], language: str) -> str:
    """The hours of a week: `Mon–Fri 08:00–16:30`."""
    said = ", ".join(
        f"{_days(it.days, language)} {clock(language, it.opens)}–{clock(language, it.closes)}"
        for it in hours
    )
    return said[:1].upper() + said[1:]


def opening_in_words(opening: Opening | None, language: str) -> str:
    """Whether it is open now and until when; empty when no hours are stated."""
    if opening is None:
        return ""
    _ = translator(language)
    if opening.until is None:
        return _("Closed now")
    at = clock(language, opening.until.strftime("%H:%M"))
    if opening.open:
        return _("Open now, until {clock}", clock=at)
    day = _when(opening, language, _)
    if opening.holiday:
        return _("Closed today, a holiday; opens {day} {clock}", day=day, clock=at)
    return _("Closed now, opens {day} {clock}", day=day, clock=at)


def _when(opening: Opening, language: str, _: Translator) -> str:
    if opening.in_days == 0:
        return _("today at")
    if opening.in_days == 1:
        return _("tomorrow at")
    weekday = opening.until.weekday() if opening.until else 0
    if opening.until and opening.in_days > 6:  # the weekday alone would be taken for a nearer one
        return _("{date} at", date=short_date(language, opening.until))
    return _("{weekday} at", weekday=_day_names(language)[weekday])


def _days(text: str, language: str) -> str:
    names = _day_names(language, "abbreviated")
    return "–".join(names[WEEK.index(day)] for day in text.split("-"))


@lru_cache(maxsize=16)
def _day_names(language: str, width: str = "wide") -> tuple[str, ...]:
    names = Locale.parse(language).days["format"][width]
    return tuple(names[number].rstrip(".") for number in range(7))
