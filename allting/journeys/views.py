"""A plan on a page: a few questions, then the steps. All of it stands in the address, so nothing
is kept, and a plan can be shown to somebody else, printed or come back to."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from allting.catalogue.api import (
    EVENT,
    LifeEvent,
    NotInCatalogue,
    PlanQuestion,
    life_event,
    plan_name,
    plan_questions,
)
from allting.identity.api import Request, anyone, resident, who
from allting.journeys.addresses import UNKNOWN
from allting.journeys.asking import changes, to_ask
from allting.journeys.compiling import compiled
from allting.journeys.keeping import (
    keep,
    own_plans_for,
)
from allting.journeys.making import ALONE, Together, Wish, asked_of
from allting.journeys.rules import plan
from allting.journeys.showing import shown
from allting.journeys.telling import Teller
from allting.kernel.api import new_id, today
from allting.packages.api import Edition, current
from allting.register.api import PersonCard, children_of
from allting.ui.api import render, translator, url

MOST_CHANGES = 6


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
    context = context_of(request, edition, wish, event)
    context |= {"errors": errors, "children": children, "child": wish.child, "event": event}
    context["keep"] = f"{plan_address(request, id)}keep/?{request.GET.urlencode()}"
    context |= _kept_already(request, id)
    return render(request, "journeys/plan.html", context, status=422 if errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@resident
def keep_plan(request: Request, id: str) -> HttpResponse:
    """Keep the plan that the address tells. Whoever had to sign in first comes back to it."""
    if request.method != "POST":
        return HttpResponseRedirect(f"{plan_address(request, id)}?{request.GET.urlencode()}")
    edition, errors = current(), dict[str, str]()
    try:
        event = life_event(edition, id)
    except NotInCatalogue:
        raise Http404 from None
    wish = _wish(request, edition, id, event, _children(request, event), errors)
    if errors:
        return HttpResponseRedirect(f"{plan_address(request, id)}?{request.GET.urlencode()}")
    kept = keep(who(request), edition, wish, _plan_named(request.POST) or new_id())
    return HttpResponseRedirect(url(request.language, "journeys:kept", plan_id=kept))


def _kept_already(request: Request, event: str) -> dict[str, Any]:
    """The plans for the same that one keeps already, and the one that is being changed. A new plan
    has its id from the page: sent twice, it is kept once."""
    actor = request.actor
    if actor is None or actor.person is None:
        return {"changed": None, "already": [], "new_plan": None}
    own, named = own_plans_for(actor, event), _plan_named(request.GET)
    changed = next((it for it in own if it.id == named), None)
    return {"changed": changed, "already": own, "new_plan": new_id()}


def _plan_named(given: QueryDict) -> UUID | None:
    try:
        return UUID(given.get("plan", ""))
    except ValueError:
        return None


def plan_address(request: Request, id: str) -> str:
    """Where the plan for a life event is made."""
    return url(request.language, "journeys:plan", id=id)


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


def context_of(
    request: Request, edition: Edition, wish: Wish, event: LifeEvent, together: Together = ALONE
) -> dict[str, Any]:
    language, made = request.language, compiled(edition)
    asked = asked_of(edition, wish, request.actor, today(), together)
    questions = to_ask(made, wish.life_event, asked, [plan_name(it) for it in wish.passed])
    drawn, teller = plan(made.graph, asked), Teller(edition, language)
    others = changes(made, wish.life_event, asked, drawn)
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
        "changes": [teller.change(it) for it in others][:MOST_CHANGES],
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
