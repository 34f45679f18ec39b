"""Asking something about a service, signed in or not, and reading the answer by a code."""

import re
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from allting.cases.addresses import case_at, question_at
from allting.cases.askers import kept_of_askers, takes_questions
from allting.cases.knocking import TRAP, Door, TooSoon, caller, key_of, stamp
from allting.cases.questions import LETTERS, Question, ask, longest, only_code, question_by, shown
from allting.catalogue.api import NotInCatalogue, Service, board, contact_of, organisation, service
from allting.forms.api import NotComplete
from allting.identity.api import Request, anyone
from allting.packages.api import Edition, current
from allting.ui.api import later, render, translator

EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,}")
PHONE = re.compile(r"\+?[0-9][0-9 ()-]{4,24}")
door = Door("ask")
readers = Door("read", 60)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@anyone
def ask_about(request: Request, about: str) -> HttpResponse:
    """A question about a service: the form, and what comes of it."""
    it = _service(about)
    if request.method != "POST":
        return _form(request, about, it, {}, {})
    typed = {name: request.POST.get(name, "").strip() for name in ("question", "email", "phone")}
    faults = _faults(request, typed)
    if faults:
        return _form(request, about, it, typed, faults, status=422)
    try:
        return _asked(request, about, typed)
    except NotComplete as wrong:
        said = {one.question: one.text for one in wrong.wrong}
        return _form(request, about, it, typed, said, status=422)
    except TooSoon:
        return _form(request, about, it, typed, {}, refused=True, status=429)


def _asked(request: Request, about: str, typed: dict[str, str]) -> HttpResponse:
    if request.POST.get(TRAP):
        raise TooSoon
    key = key_of(request.POST.get("stamp", ""))
    door.knock(caller(request))
    actor, language = request.actor, request.language
    known = actor if actor and actor.person else None
    reach = {} if known else {"email": typed["email"], "phone": typed["phone"]}
    question = Question(about, typed["question"], language, key, **reach)
    received = ask(current(), question, known)
    if not received.code:
        return HttpResponseRedirect(case_at(language, received.number))
    return HttpResponseRedirect(question_at(language, received.code) + "?new")


def _faults(request: Request, typed: dict[str, str]) -> dict[str, str]:
    _, faults = translator(request.language), dict[str, str]()
    if not typed["question"]:
        faults["question"] = _(later("Write what you want to ask"))
    elif len(typed["question"]) > (most := longest(current())):
        faults["question"] = _(later("Write at most {n} characters"), n=most)
    if typed["email"] and not EMAIL.fullmatch(typed["email"][:255]):
        faults["email"] = _(later("Write the address as in name@example.se, or leave it out"))
    if typed["phone"] and not PHONE.fullmatch(typed["phone"]):
        faults["phone"] = _(later("Write the number with digits, or leave it out"))
    return faults


def _form(
    request: Request,
    about: str,
    it: Service,
    typed: dict[str, str],
    faults: dict[str, str],
    *,
    refused: bool = False,
    status: int = 200,
) -> HttpResponse:
    edition = current()
    context: dict[str, Any] = {
        "about": about,
        "service": it,
        "typed": typed,
        "faults": faults,
        "refused": refused,
        "most": longest(edition),
        "trap": TRAP,
        # a form that is shown again keeps its stamp: it is still the same question
        "stamp": request.POST.get("stamp") or stamp(),
        "known": bool(request.actor and request.actor.person),
        **_kept(edition, request.language),
        "contact": contact_of(edition, it.board),
        "asked": board(edition, it.board).name if it.board else organisation(edition).name,
    }
    if refused:
        context["stamp"] = stamp()
    return render(request, "cases/ask.html", context, status=status)


def _kept(edition: Edition, language: str) -> dict[str, Any]:
    """How long what one leaves is kept, in words."""
    kept = kept_of_askers(edition)
    return {
        "forgotten": kept.contact.words(language) if kept.contact else "",
        "decided": kept.decided,
        "readable": kept.answer.words(language),
    }


def _service(about: str) -> Service:
    edition = current()
    try:
        it = service(edition, about)
    except NotInCatalogue:
        raise Http404 from None
    if it.status == "closed" or not takes_questions(edition):
        raise Http404
    return it


@require_safe
@never_cache
@anyone
def find_question(request: Request) -> HttpResponse:
    """Where one writes the code of a question; with it in the address, on to the question."""
    typed = request.GET.get("code", "").strip()[:40]
    code = only_code(typed)
    if len(code) == LETTERS:
        return HttpResponseRedirect(question_at(request.language, code))
    return render(request, "cases/find_question.html", {"typed": typed, "absent": bool(typed)})


@require_safe
@never_cache
@anyone
def read_question(request: Request, code: str) -> HttpResponse:
    """A question and its answer, for whoever holds the code."""
    try:
        readers.look(caller(request))
        found = question_by(code)
        if found is None:
            readers.knock(caller(request))  # only those who guess are counted
            return _no_question(request, 404)
    except TooSoon:
        return _no_question(request, 429)
    context = {"it": found, "code": shown(only_code(code)), "new": "new" in request.GET}
    response = render(request, "cases/question.html", context)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _no_question(request: Request, status: int) -> HttpResponse:
    context = {"typed": "", "absent": True}
    return render(request, "cases/find_question.html", context, status=status)
