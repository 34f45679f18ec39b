"""A service in the words of schema.org, for search engines: in the page, read and never run."""

import json
from typing import Any

from django.conf import settings
from markupsafe import Markup

from allting.catalogue.api import (
    Channel,
    Contact,
    Service,
    board,
    contact_of,
    costs,
    organisation,
    service,
)
from allting.packages.api import Edition
from allting.ui.api import plain

UNSAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def structured(edition: Edition, language: str, id: str) -> Markup:
    """The JSON-LD of a service's page."""
    it = service(edition, id)
    who, web = it.done_by, settings.BASE_URL
    name = who.authority if who else board(edition, it.board).name
    # others may be a bank, a congregation or oneself: the package does not say which
    kind = "Organization" if who else "GovernmentOrganization"
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "@id": f"{web}/data/services/{id}",
        "name": plain(it.title, language),
        "description": plain(it.summary, language),
        "url": f"{web}/{language}/services/{id}/",
        "mainEntityOfPage": {
            "@type": "WebPage",
            "@id": f"{web}/{language}/services/{id}/",
            "inLanguage": language if language in it.title else edition.definition.languages[0],
        },
        "provider": {"@type": kind, "name": plain(name, language)},
        "areaServed": {
            "@type": "AdministrativeArea",
            "name": plain(organisation(edition).name, language),
        },
    }
    if who and who.web:
        found["provider"]["url"] = who.web
    ways = [_way(edition, language, id, it, each) for each in it.channels]
    if ways:
        found["availableChannel"] = ways
    offers = [
        {"@type": "Offer", "price": str(each.amount), "priceCurrency": "SEK"}
        for each in costs(edition, id, {}, edition.published_at.date())
        if each.amount is not None and each.cost.per is None
    ]
    if offers:
        found["offers"] = offers
    # what stands between the tags is not escaped as text is, so nothing in it may end them
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":")).translate(UNSAFE)
    return Markup(text)  # noqa: S704


def _way(edition: Edition, language: str, id: str, it: Service, each: Channel) -> dict[str, Any]:
    contact: Contact = each.contact or contact_of(edition, it.board)
    found: dict[str, Any] = {"@type": "ServiceChannel"}
    if each.kind == "e-service":
        found["serviceUrl"] = each.web or f"{settings.BASE_URL}/{language}/apply/{id}/"
    elif each.kind == "phone" and contact.phone:
        found["servicePhone"] = {"@type": "ContactPoint", "telephone": contact.phone}
    elif each.kind == "visit" and contact.visit:
        found["serviceLocation"] = {"@type": "Place", "address": _said(contact.visit, language)}
    elif each.kind == "email" and contact.email:
        found["servicePhone"] = {"@type": "ContactPoint", "email": contact.email}
    elif each.kind == "paper" and contact.address:
        address = {"@type": "PostalAddress", "streetAddress": _said(contact.address, language)}
        found["servicePostalAddress"] = address
    return found


def _said(name: Any, language: str) -> str:
    return name if isinstance(name, str) else plain(name, language)
