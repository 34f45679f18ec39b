"""Asking something about a service, signed in or not, and reading the answer by a code."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from allting.cases.addresses import case_at, question_at
from allting.cases.askers import LETTERS, case_by, only_code, shown, takes_questions
from allting.cases.knocking import Door, TooSoon, caller
from allting.cases.models import Case
from allting.cases.processes import process_of
from allting.cases.queries import Opened
from allting.cases.questions import Question, ask, longest, question_in
from allting.cases.showing import due_of, stations_of
from allting.cases.views.strangers import REACHED, guarded, let_in, not_reached, reached, signed_in
from allting.catalogue.api import NotInCatalogue, Service, board, contact_of, organisation, service
from allting.forms.api import NotComplete, answers_for_reading
from allting.identity.api import Request, anyone
from allting.kernel.api import SWEDEN, today
from allting.packages.api import current, edition
from allting.ui.api import later, render, translator

readers = Door("read", 60)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@anyone
def ask_about(request: Request, about: str) -> HttpResponse:
    """A question about a service: the form, and what comes of it."""
    it = _service(about)
    if request.method != "POST":
        return _form(request, about, it, {}, {})
    typed = {"question": request.POST.get("question", "").strip(), **reached(request)}
    faults = _faults(typed, request.language)
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
    key, known, language = let_in(request), signed_in(request), request.language
    reach = {} if known else {name: typed[name] for name in REACHED}
    question = Question(about, typed["question"], language, key, **reach)
    received = ask(current(), question, known)
    if not received.code:
        return HttpResponseRedirect(case_at(language, received.number))
    return HttpResponseRedirect(question_at(language, received.code) + "?new")


def _faults(typed: dict[str, str], language: str) -> dict[str, str]:
    _, faults = translator(language), dict[str, str]()
    if not typed["question"]:
        faults["question"] = _(later("Write what you want to ask"))
    elif len(typed["question"]) > (most := longest(current())):
        faults["question"] = _(later("Write at most {n} characters"), n=most)
    return faults | not_reached(typed, language)


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
    held = current()
    context: dict[str, Any] = {
        "about": about,
        "service": it,
        "typed": typed,
        "faults": faults,
        "most": longest(held),
        "known": bool(signed_in(request)),
        "contact": contact_of(held, it.board),
        "asked": board(held, it.board).name if it.board else organisation(held).name,
        **guarded(request, held, refused=refused),
    }
    return render(request, "cases/ask.html", context, status=status)


def _service(about: str) -> Service:
    held = current()
    try:
        it = service(held, about)
    except NotInCatalogue:
        raise Http404 from None
    if it.status == "closed" or not takes_questions(held):
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
    """What was sent in without signing in, and its answer, for whoever holds the code."""
    try:
        readers.look(caller(request))
        found = case_by(code)
        if found is None:
            readers.knock(caller(request))  # only those who guess are counted
            return _no_question(request, 404)
    except TooSoon:
        return _no_question(request, 429)
    context = {"code": shown(only_code(code)), "new": "new" in request.GET}
    if found.service == takes_questions(edition(found.edition)):
        context["it"] = question_in(found)
        response = render(request, "cases/question.html", context)
    else:
        response = render(request, "cases/sent.html", {**context, **_sent_in(request, found)})
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _sent_in(request: Request, case: Case) -> dict[str, Any]:
    opened = Opened(case, process_of(case.edition, case.service))
    sent, first = opened.submission, opened.process.confirmation  # the page itself says that
    answers = answers_for_reading(
        opened.edition,
        case.service,
        sent.answers if sent else {},
        request.language,
        as_of=case.received_at.astimezone(SWEDEN).date(),
    )
    return {
        "case": case,
        "service": opened.service,
        "stations": stations_of(opened, request.language),
        "due": due_of(opened, today()),
        "letters": [it for it in reversed(opened.letters) if it.name != first],
        "answers": answers,
        "board": board(opened.edition, case.board),
        "contact": contact_of(opened.edition, case.board),
    }


def _no_question(request: Request, status: int) -> HttpResponse:
    context = {"typed": "", "absent": True}
    return render(request, "cases/find_question.html", context, status=status)
