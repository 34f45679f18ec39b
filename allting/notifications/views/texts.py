"""Text messages that have come in, for the registrar: read, answered, put aside."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from allting.identity.api import Request, employee, who
from allting.notifications.ports import manners, sms_gateway
from allting.notifications.received import LONGEST, TextRow, settle_text, text_for, texts
from allting.notifications.rules import KEEPER
from allting.ui.api import later, render, translator, url

AT_A_TIME = 20


@require_safe
@employee(KEEPER)
def received(request: Request) -> HttpResponse:
    """A page of them: those that wait, or those that are settled."""
    settled = request.GET.get("show") == "settled"
    found = texts(
        who(request), settled=settled, after=_after(request), limit=AT_A_TIME + 1
    )  # the one more is on the next page
    rows = found[:AT_A_TIME]
    further = f"?after={rows[-1].id}" if len(found) > AT_A_TIME else None
    if further and settled:
        further += "&show=settled"
    ways = manners()
    context = {
        "rows": rows,
        "settled": settled,
        "next": further,
        "done": "done" in request.GET,
        "kept": ways.texts_kept.words(request.language) if ways.texts_kept else "",
        "decided": ways.texts_decided,
    }
    return render(request, "notifications/texts.html", context)


def _after(request: Request) -> int | None:
    written = request.GET.get("after", "")
    return int(written) if written.isdecimal() and len(written) < 19 else None


@require_http_methods(["GET", "HEAD", "POST"])
@employee(KEEPER)
def one(request: Request, id: int) -> HttpResponse:
    """One of them, and what is done about it."""
    row = text_for(who(request), id)
    if row is None:
        raise Http404
    if request.method != "POST":
        return _show(request, row)
    answer = request.POST.get("answer", "")
    fault = _fault(answer, request.POST.get("do", "")) if row.settled_at is None else ""
    if fault:
        return _show(request, row, answer, translator(request.language)(fault, n=LONGEST))
    done = settle_text(who(request), id, answer if request.POST.get("do") == "answer" else "")
    if not done:
        return HttpResponseRedirect(request.path)  # somebody was first: it says who
    return HttpResponseRedirect(url(request.language, "notifications:texts") + "?done")


def _fault(answer: str, do: str) -> str:
    if do != "answer":
        return ""
    if not answer.strip():
        return later("Write an answer, or put the message aside")
    if len(" ".join(answer.split())) > LONGEST:
        return later("Write at most {n} characters")
    return "" if sms_gateway() is not None else later("No text messages can be sent from here")


def _show(request: Request, row: TextRow, answer: str = "", error: str = "") -> HttpResponse:
    context: dict[str, Any] = {
        "row": row,
        "answer": answer,
        "error": error or None,
        "longest": LONGEST,
        "may_answer": sms_gateway() is not None,
    }
    return render(request, "notifications/text.html", context, status=422 if error else 200)
