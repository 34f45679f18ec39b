"""A plan on a page: a few questions, then the steps. All of it stands in the address, so nothing
is kept, and a plan can be shown to somebody else, printed or come back to."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from allting.catalogue.api import (
    EVENT,
    LifeEvent,
    NotInCatalogue,
    PlanQuestion,
    life_event,
    life_events,
    plan_name,
    plan_questions,
)
from allting.identity.api import Request, anyone, resident, who
from allting.journeys.asking import changes, to_ask
from allting.journeys.compiling import compiled
from allting.journeys.keeping import (
    Opened,
    forget,
    hush,
    is_quiet,
    keep,
    near,
    opened,
    plans_of,
    readers_of,
    share,
    unshare,
)
from allting.journeys.making import ALONE, Together, Wish, asked_of
from allting.journeys.parts import Plan
from allting.journeys.rules import plan
from allting.journeys.showing import shown
from allting.journeys.telling import Teller
from allting.kernel.api import today
from allting.packages.api import Edition, current
from allting.register.api import PersonCard, children_of
from allting.ui.api import render, translator, url

UNKNOWN = "unknown"  # the answer of whoever does not know
MOST_CHANGES = 6
YES_NO = {True: "yes", False: "no"}


@require_safe
@never_cache
@anyone
def plan_page(request: Request, id: str) -> HttpResponse:
    """The plan for a life event, as far as what has been answered leads."""
    edition = current()
    try:
        event = life_event(edition, id)
    except NotInCatalogue:
        raise Http404 from None
    children = _children(request, event)
    errors: dict[str, str] = {}
    wish = _wish(request, edition, id, event, children, errors)
    context = _context(request, edition, wish, event)
    context |= {"errors": errors, "children": children, "child": wish.child, "event": event}
    context["keep"] = f"{_page(request, id)}keep/?{request.GET.urlencode()}"
    return render(request, "journeys/plan.html", context, status=422 if errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@resident
def keep_plan(request: Request, id: str) -> HttpResponse:
    """Keep the plan that the address tells. Whoever had to sign in first comes back to it."""
    if request.method != "POST":
        return HttpResponseRedirect(f"{_page(request, id)}?{request.GET.urlencode()}")
    edition, errors = current(), dict[str, str]()
    try:
        event = life_event(edition, id)
    except NotInCatalogue:
        raise Http404 from None
    wish = _wish(request, edition, id, event, _children(request, event), errors)
    if errors:
        return HttpResponseRedirect(f"{_page(request, id)}?{request.GET.urlencode()}")
    kept = keep(who(request), edition, wish)
    return HttpResponseRedirect(_mine(request, kept))


@require_safe
@resident
def my_plans(request: Request) -> HttpResponse:
    """The plans that one has kept, and those that others share."""
    edition, actor = current(), who(request)
    events = life_events(edition)
    rows = [
        {
            "href": _mine(request, it.id),
            "event": events[it.life_event],
            "own": it.owner == actor.person,
        }
        for it in plans_of(actor)
        if it.life_event in events
    ]
    return render(request, "journeys/mine.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@resident
def my_plan(request: Request, plan_id: UUID) -> HttpResponse:
    """A kept plan as it stands today, with whom it is shared."""
    actor, edition = who(request), current()
    held = opened(actor, plan_id)
    if request.method == "POST":
        return _act(request, held)
    wish = held.wish()
    try:
        event = life_event(edition, wish.life_event)
    except NotInCatalogue:
        raise Http404 from None
    context = _context(request, edition, wish, event, held.together)
    readers = readers_of(held.kept)
    people = near(actor, held.kept) if held.own else ()
    context |= {
        "event": event,
        "own": held.own,
        "plan_id": plan_id,
        "here": request.path,
        "change": f"{_page(request, wish.life_event)}?{_query(wish)}",
        "shared": [it for it in people if it.id in readers],
        "near": [it for it in people if it.id not in readers],
        "someone": bool(readers),
        "quiet": is_quiet(actor, held),
        "deadlines": _deadlines(context["plan"], Teller(edition, request.language)),
    }
    return render(request, "journeys/kept.html", context)


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
    elif verb in ("hush", "tell"):
        hush(actor, id, quiet=verb == "hush")
    elif verb == "share":
        try:
            share(actor, id, UUID(request.POST.get("person", "")))
        except ValueError:
            raise PermissionDenied from None
    return HttpResponseRedirect(_mine(request, id))


def _page(request: Request, id: str) -> str:
    return url(request.language, "journeys:plan", id=id)


def _mine(request: Request, id: UUID) -> str:
    return url(request.language, "journeys:kept", plan_id=id)


def _query(wish: Wish) -> str:
    """A wish as it stands in an address."""
    parts = _day_parts("day", wish.day) if wish.day else {}
    for name, value in wish.answers.items():
        if isinstance(value, date):
            parts |= _day_parts(name, value)
        else:
            parts[name] = (
                {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
            )
    parts |= dict.fromkeys(wish.passed, UNKNOWN)
    if wish.child:
        parts["child"] = str(wish.child)
    return urlencode(parts)


def _day_parts(name: str, day: date) -> dict[str, str]:
    return {
        f"{name}_year": str(day.year),
        f"{name}_month": str(day.month),
        f"{name}_day": str(day.day),
    }


def _children(request: Request, event: LifeEvent) -> tuple[PersonCard, ...]:
    actor = request.actor
    if event.subject != "child" or actor is None or actor.person is None:
        return ()
    return children_of(actor, as_of=today())


def _wish(
    request: Request,
    edition: Edition,
    id: str,
    event: LifeEvent,
    children: tuple[PersonCard, ...],
    errors: dict[str, str],
) -> Wish:
    answers: dict[str, Any] = {}
    passed = set()
    for name, question in plan_questions(edition.definition).items():
        if request.GET.get(name) == UNKNOWN:
            passed.add(name)
            continue
        value = _answer(request, question, errors)
        if value is not None:
            answers[name] = value
    day = _day(request, "day", errors) if event.date else None
    chosen = request.GET.get("child", "")
    child = next((it.id for it in children if str(it.id) == chosen), None)
    return Wish(id, day, answers, frozenset(passed), child)


def _answer(request: Request, question: PlanQuestion, errors: dict[str, str]) -> Any:
    """An answer as conditions take it; None where there is none."""
    if question.kind == "date":
        return _day(request, question.id, errors)
    given = request.GET.get(question.id, "").strip()
    if not given:
        return None
    if question.kind == "yes-no":
        return {"yes": True, "no": False}.get(given)
    if question.kind == "choice":
        return given if given in {it.id for it in question.options} else None
    if given.isascii() and given.isdigit() and len(given) <= 9:
        return int(given)
    errors[question.id] = translator(request.language)("Write a whole number, such as 3.")
    return None


def _day(request: Request, name: str, errors: dict[str, str]) -> date | None:
    parts = [request.GET.get(f"{name}_{part}", "").strip() for part in ("year", "month", "day")]
    if not any(parts):
        return None
    try:
        year, month, day = map(int, parts)
        if 1900 <= year <= 2200:
            return date(year, month, day)
    except ValueError:
        pass
    errors[name] = translator(request.language)("Write a day that exists, such as 2027 6 12.")
    return None


def _context(
    request: Request, edition: Edition, wish: Wish, event: LifeEvent, together: Together = ALONE
) -> dict[str, Any]:
    language, made = request.language, compiled(edition)
    asked = asked_of(edition, wish, request.actor, today(), together)
    questions = to_ask(made, wish.life_event, asked, [plan_name(it) for it in wish.passed])
    drawn, teller = plan(made.graph, asked), Teller(edition, language)
    asking = [*(plan_name(id) for id in (*wish.answers, *wish.passed)), *questions[:1]]
    known = plan_questions(edition.definition)
    return {
        "id": wish.life_event,
        "plan": drawn,
        "stations": teller.stations(drawn),
        "drawn": shown(drawn, teller, language),
        "clashes": [teller.clash(it) for it in drawn.clashes if it.sure],
        "costs": teller.costs(drawn),
        "ready": teller.day(drawn.ready) if drawn.ready else "",
        "decides": [teller.title(it) for it in drawn.critical],
        "together": [[teller.title(id) for id in ids] for ids in drawn.side_by_side],
        "changes": [teller.change(it) for it in changes(made, asked, drawn)][:MOST_CHANGES],
        "questions": [
            _asked(known[id], asked.values, wish) for id in known if plan_name(id) in asking
        ],
        "left": len(questions),
        "day": asked.values.get(EVENT) if event.date else None,
        "typed": {part: request.GET.get(f"day_{part}", "") for part in ("year", "month", "day")},
    }


def _asked(question: PlanQuestion, values: Any, wish: Wish) -> dict[str, Any]:
    value = values.get(plan_name(question.id))
    if question.kind == "yes-no" and value is not None:
        value = "yes" if value else "no"
    if question.id in wish.passed:
        value = UNKNOWN
    return {"question": question, "value": value if value is not None else ""}
