"""One's own plans: kept, named, shared, changed and forgotten; and those that others share."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from allting.catalogue.api import LifeEvent, life_events
from allting.identity.api import Actor, Request, resident, who
from allting.journeys.addresses import query_of
from allting.journeys.keeping import (
    Opened,
    forget,
    hush,
    is_quiet,
    near,
    opened,
    plans_of,
    readers_of,
    rename,
    share,
    stay,
    unshare,
)
from allting.journeys.models import KeptPlan
from allting.journeys.parts import Plan
from allting.journeys.retention import goes_soon
from allting.journeys.telling import Teller
from allting.journeys.views import context_of, plan_address
from allting.kernel.api import today
from allting.packages.api import current
from allting.register.api import children_of
from allting.ui.api import render, url


@require_safe
@never_cache
@resident
def my_plans(request: Request) -> HttpResponse:
    """The plans that one has kept, and those that others share."""
    events, actor = life_events(current()), who(request)
    found = plans_of(actor)
    names = _children_in(found, actor)
    rows = [
        {
            "href": _mine(request, it.id),
            "name": it.name,
            "event": events.get(it.life_event),
            "day": it.day,
            "child": names.get(it.child, ""),
            "own": it.owner == actor.person,
        }
        for it in found
    ]
    return render(request, "journeys/mine.html", {"rows": rows})


def _children_in(found: list[KeptPlan], actor: Actor) -> dict[str, str]:
    """The children that plans are for, by what they are called: one's own."""
    if not any(it.child for it in found):
        return {}
    return {str(it.id): it.given_name for it in children_of(actor, as_of=today())}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@resident
def my_plan(request: Request, plan_id: UUID) -> HttpResponse:
    """A kept plan as it stands today, with whom it is shared."""
    edition, held = current(), opened(who(request), plan_id)
    if request.method == "POST":
        return _act(request, held)
    event = life_events(edition).get(held.kept.life_event)
    if event is None:  # the municipality plans this no longer
        return render(request, "journeys/past.html", {"kept": held.kept, "own": held.own})
    return render(request, "journeys/kept.html", _kept(request, held, event))


def _kept(request: Request, held: Opened, event: LifeEvent) -> dict[str, Any]:
    actor, edition, wish, plan_id = who(request), current(), held.wish(), held.kept.id
    context = context_of(request, edition, wish, event, held.together)
    readers = readers_of(held.kept)
    people = near(actor, held.kept) if held.own else ()
    return context | {
        "event": event,
        "name": held.kept.name,
        "goes": goes_soon(held.kept) if held.own else None,
        "own": held.own,
        "plan_id": plan_id,
        "here": request.path,
        "change": f"{plan_address(request, wish.life_event)}?{query_of(wish, plan=str(plan_id))}",
        "shared": [it for it in people if it.id in readers],
        "near": [it for it in people if it.id not in readers],
        "someone": bool(readers),
        "quiet": is_quiet(actor, held),
        "deadlines": _deadlines(context["plan"], Teller(edition, request.language)),
    }


def _deadlines(made: Plan, teller: Teller) -> list[dict[str, Any]]:
    """The last days to begin that have not passed."""
    ahead = [
        (it.latest, it.id)
        for it in made.steps
        if it.latest and it.latest >= made.as_of and it.state in ("now", "waits", "later")
    ]
    return [{"step": id, "title": teller.title(id), "day": day} for day, id in sorted(ahead)]


def _act(request: Request, held: Opened) -> HttpResponse:
    actor, id, verb = who(request), held.kept.id, request.POST.get("go", "")
    if verb == "forget":
        forget(actor, id)
        return HttpResponseRedirect(url(request.language, "journeys:mine"))
    if verb == "unshare":
        unshare(actor, id)
    elif verb == "name":
        rename(actor, id, request.POST.get("called", ""))
    elif verb == "stay":
        stay(actor, id)
    elif verb in ("hush", "tell"):
        hush(actor, id, quiet=verb == "hush")
    elif verb == "share":
        try:
            share(actor, id, UUID(request.POST.get("person", "")))
        except ValueError:
            raise PermissionDenied from None
    return HttpResponseRedirect(_mine(request, id))


def _mine(request: Request, id: UUID) -> str:
    return url(request.language, "journeys:kept", plan_id=id)
