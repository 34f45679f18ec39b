"""What the applicant does in a case: answers what we asked, or withdraws."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from allting.cases.actions import do
from allting.cases.addresses import case_at
from allting.cases.definitions import SUPPLEMENT, WITHDRAW
from allting.cases.errors import Fault, Incomplete, NotDone
from allting.cases.models import Supplement
from allting.cases.queries import Opened, case_for_applicant
from allting.cases.steps import File, Given
from allting.cases.views.common import not_done, seen
from allting.cases.words import button_of
from allting.forms.api import Unfit, keep_file, safe_name
from allting.identity.api import Request, resident, who
from allting.ui.api import later, render, translator

MOST_FILES = 5
_UNFIT = {
    "large": later("The file {name} is larger than 10 MB. Make it smaller, or send it in parts."),
    "empty": later("The file {name} is empty. Choose another."),
    "kind": later("We can take PDF, PNG and JPEG. The file {name} is something else."),
    "torn": later("The file {name} is not whole. Save it again, and then attach it."),
}


@require_http_methods(["GET", "POST"])
@resident
def answer(request: Request, number: str) -> HttpResponseBase:
    """Answer what we asked for, in words and files."""
    opened = case_for_applicant(who(request), number)
    back = case_at(request.language, number)
    if request.method == "GET":
        if opened.question is None or not opened.parts:
            return HttpResponseRedirect(back)
        return _ask(request, opened, ())
    try:
        _answered(request, opened)
    except Incomplete as incomplete:
        if opened.question is None:
            return HttpResponseRedirect(back)
        return _ask(request, opened, incomplete.faults)
    except NotDone as why:
        return not_done(request, why, back)
    return HttpResponseRedirect(f"{back}?answered")


def _answered(request: Request, opened: Opened) -> None:
    question = opened.question
    files = _kept(question, request.FILES.getlist("files")) if question and opened.parts else []
    stage, version = seen(request)
    given = Given(text=request.POST.get("text", ""), files=files)
    actor = who(request)
    do(actor, opened.case.id, SUPPLEMENT, seen_stage=stage, seen_version=version, given=given)


def _kept(question: Supplement, uploads: Sequence[Any]) -> list[File]:
    """The files, on disk under the question they answer. Raises Incomplete for one unfit."""
    if len(uploads) > MOST_FILES:
        sentence = later("Attach at most {n} files")
        raise Incomplete(Fault("files", sentence, {"n": MOST_FILES}))
    kept = []
    for upload in uploads:
        name = upload.name or ""
        try:
            file = keep_file(question.id, upload.chunks())
        except Unfit as unfit:
            raise Incomplete(Fault("files", _UNFIT[unfit.why], {"name": name})) from None
        named = safe_name(name, file.media_type)
        kept.append(File(named, file.media_type, file.size, file.digest))
    return kept


def _ask(request: Request, opened: Opened, faults: Sequence[Fault]) -> HttpResponse:
    speak = translator(request.language)
    context: dict[str, Any] = {
        "case": opened.case,
        "service": opened.service,
        "question": opened.question,
        "errors": [{"href": f"#{f.field}", "text": f.said(speak)} for f in faults],
        "error": {f.field: f.said(speak) for f in faults},
        "text": request.POST.get("text", ""),
        "back": case_at(request.language, opened.case.number),
        "most": MOST_FILES,
    }
    return render(request, "cases/answer.html", context, status=422 if faults else 200)


@require_http_methods(["GET", "POST"])
@resident
def withdraw(request: Request, number: str) -> HttpResponseBase:
    """Take back what was sent in, after being asked whether one means it."""
    opened = case_for_applicant(who(request), number)
    back = case_at(request.language, number)
    if request.method == "GET":
        move = next((move for move in opened.moves if move.do == WITHDRAW), None)
        if move is None:
            return HttpResponseRedirect(back)
        context = {
            "case": opened.case,
            "service": opened.service,
            "back": back,
            "withdraw": button_of(move, translator(request.language)),
        }
        return render(request, "cases/withdraw.html", context)
    stage, version = seen(request)
    given = Given(text=request.POST.get("text", ""))
    try:
        do(
            who(request),
            opened.case.id,
            WITHDRAW,
            seen_stage=stage,
            seen_version=version,
            given=given,
        )
    except NotDone as why:
        return not_done(request, why, back)
    return HttpResponseRedirect(back)
