"""What header and footer say, taken from the package in force."""

from django.conf import settings

from allting.catalogue.api import NotInCatalogue, Organisation, organisation
from allting.packages.api import Edition, NothingPublished, Theme, current
from allting.portal.words import hours_in_words
from allting.ui.api import UNNAMED, Contact, Frame, NavItem, later, translator

NAV = ((later("Services"), "/services/"), (later("About us"), "/about/"))


def municipality_frame() -> Frame:
    """The frame of the edition in force: the same object for as long as it is in force."""
    try:
        edition = current()
    except NothingPublished:
        return UNNAMED
    return edition.memo("portal.frame", lambda: _frame(edition))


def _frame(edition: Edition) -> Frame:
    package, languages = edition.definition.package, edition.definition.languages
    in_part = tuple(code for code in languages if code not in package.languages)
    try:
        town = organisation(edition)
    except NotInCatalogue:
        return Frame(package.title, languages, in_part)
    return Frame(
        name=town.name,
        languages=languages,
        in_part=in_part,
        theme=_colours(package.theme),
        contact=_contact(town, languages),
        nav=tuple(
            NavItem({code: translator(code)(title) for code in languages}, href)
            for title, href in NAV
        ),
        search="/search/",
        accessibility="/accessibility/",
        demo=settings.DEMO,
        arms=edition.definition.drawings.get(town.arms or ""),
    )


def _colours(theme: Theme) -> dict[str, str]:
    return {"brand": theme.brand, "accent": theme.accent, "surface": theme.surface}


def _contact(town: Organisation, languages: tuple[str, ...]) -> Contact:
    it = town.contact
    return Contact(
        phone=it.phone,
        email=it.email,
        address=it.visit or it.address,
        web=it.web,
        hours={code: hours_in_words(it.hours, code) for code in languages} if it.hours else None,
    )
