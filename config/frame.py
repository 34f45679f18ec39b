"""What header and footer say: drawn from the published package, and kept with its edition."""

from babel.dates import get_day_names
from django.conf import settings
from django.urls import Resolver404, resolve

from allting.catalogue.api import Contact as Reach
from allting.catalogue.api import NotInCatalogue, organisation
from allting.packages.api import Edition, NothingPublished, current
from allting.ui.api import UNNAMED, Contact, Frame, NavItem

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PLACES = (({"sv": "Tjänster", "en": "Services"}, "/services/"),)


def frame_of_package() -> Frame:
    """The frame of the newest edition; before anything is published, one without a name."""
    try:
        edition = current()
    except NothingPublished:
        return UNNAMED
    return edition.memo("frame", lambda: _frame(edition))


def _frame(edition: Edition) -> Frame:
    package = edition.definition.package
    theme = package.theme
    try:
        about = organisation(edition)
    except NotInCatalogue:
        return Frame(dict(package.title), package.languages)
    return Frame(
        name=about.name,
        languages=tuple(package.languages),
        theme={"brand": theme.brand, "accent": theme.accent, "surface": theme.surface},
        contact=_contact(about.contact, tuple(package.languages)),
        nav=tuple(NavItem(title, href) for title, href in PLACES if _answers(href)),
        search="/search" if _answers("/search") else None,
        accessibility="/accessibility" if _answers("/accessibility") else None,
        demo=settings.DEMO,
    )


def _answers(href: str) -> bool:
    """Whether a room answers there: the frame leads nowhere else."""
    try:
        resolve(f"/sv{href}")
    except Resolver404:
        return False
    return True


def _contact(reach: Reach, languages: tuple[str, ...]) -> Contact:
    hours = {one: hours_in_words(reach, one) for one in languages} if reach.hours else None
    return Contact(reach.phone, reach.email, reach.visit or reach.address, reach.web, hours)


def hours_in_words(reach: Reach, language: str) -> str:
    """`Mån–fre 08:00–16:30`, and so on for each line."""
    short = get_day_names("abbreviated", locale=language)
    spoken = {day: short[place].rstrip(".") for place, day in enumerate(DAYS)}
    lines = (
        f"{'–'.join(spoken[day] for day in hours.days.split('-'))} {hours.opens}–{hours.closes}"
        for hours in reach.hours
    )
    said = ", ".join(lines)
    return said[:1].upper() + said[1:]
