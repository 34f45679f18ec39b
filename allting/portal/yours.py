"""The parts of a service's page that are made for the one who reads; all else is ready bytes."""

from typing import Any

from allting.catalogue.api import Service
from allting.forms.api import apply_at
from allting.identity.api import Actor, Request
from allting.kernel.api import today
from allting.packages.api import Edition
from allting.portal import few_questions
from allting.portal.few_questions import Told, told_in
from allting.portal.for_you import Asker, ForPerson, for_anyone, for_reader, missing_of
from allting.portal.mine import start_context
from allting.portal.nearby import places_context
from allting.portal.needs import Held, held_by, needs_of
from allting.portal.service_page import starts_here
from allting.ui.api import fragment


def asks(request: Request, edition: Edition, id: str) -> bool:
    """Whether the address answers something, so that the page is for one reader."""
    if not request.META.get("QUERY_STRING"):
        return False
    return bool(told_in(edition, request.language, id, request.GET, today()).typed)


def yours(request: Request, edition: Edition, id: str, it: Service) -> dict[str, str]:
    """What goes into the openings of a service's page."""
    language, actor, day = request.language, request.actor, today()
    asker, begins = Asker(edition, language, id, day), starts_here(it)
    told = told_in(edition, language, id, request.GET, day)
    known = actor is not None and actor.person is not None
    found: dict[str, str] = {}
    if actor is not None and known:
        people = for_reader(asker, actor, told.values)
        found["needs"] = _needs(asker, actor, people)
        found["places"] = _places(asker, actor, near="near" in request.GET)
    else:
        people = [for_anyone(asker, told.values)] if told.typed or not actor else []
        found["needs"] = _drawn(asker, {}, known=False)
    found["for-you"] = _whom(asker, it, people, told, known=known)
    if begins:
        start: dict[str, Any] = {"id": id, "draft": None}
        start = start_context(language, id, actor) if actor and known else start
        found["start"] = str(
            fragment(
                language,
                "portal/start.html",
                {**start, "words": it.words, "begin": apply_at(language, id)},
            )
        )
    return found


def _whom(asker: Asker, it: Service, people: list[ForPerson], told: Told, *, known: bool) -> str:
    missing = missing_of(people or [for_anyone(asker, {})])
    if known and not people:
        missing = ()  # no child to answer for
    context = {
        "id": asker.service,
        "people": people,
        "known": known,
        "starts_here": starts_here(it),
        "conditions": it.conditions,
        "questions": few_questions.fields(
            asker.edition, asker.language, asker.service, missing, told
        ),
        "errors": told.errors,
        "asked": bool(told.typed),
    }
    return str(fragment(asker.language, "portal/for_you.html", context))


def _places(asker: Asker, actor: Actor, *, near: bool) -> str:
    context = places_context(asker.edition, asker.language, asker.service, actor, near=near)
    return str(fragment(asker.language, "portal/places.html", context)) if context["places"] else ""


def _needs(asker: Asker, actor: Actor, people: list[ForPerson]) -> str:
    held = held_by(asker, actor, people)
    if held:
        return _drawn(asker, held, known=True)
    key = f"portal.needs.{asker.language}.{asker.service}"
    return asker.edition.memo(
        key, lambda: _drawn(asker, {}, known=True)
    )  # nothing in it is anybody's


def _drawn(asker: Asker, held: dict[str, list[Held]], *, known: bool) -> str:
    needs = needs_of(asker.edition, asker.language, asker.service)
    context = {"needs": needs, "held": held, "known": known}
    return str(fragment(asker.language, "portal/needs.html", context))
