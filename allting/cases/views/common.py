"""What the pages of a case share."""

from django.http import FileResponse, HttpResponse

from allting.cases import documents
from allting.cases.errors import NotDone
from allting.cases.models import Letter, SupplementFile
from allting.forms.api import path_of
from allting.identity.api import Request
from allting.ui.api import render, translator


def not_done(request: Request, why: NotDone, back: str, *, desk: bool = False) -> HttpResponse:
    """A page that says that nothing was changed, and why."""
    context = {
        "why": why.said(translator(request.language)),
        "back": back,
        "frame_page": "ui/desk.html" if desk else "ui/frame.html",
    }
    return render(request, "cases/not_done.html", context, status=409)


def letter_response(letter: Letter) -> FileResponse:
    """A letter's document, to read in the browser or save. The caller has checked who asks."""
    response = FileResponse(
        documents.opened(letter), filename=documents.name_of(letter), content_type=documents.PDF
    )
    return _kept_private(response)


def file_response(file: SupplementFile) -> FileResponse:
    """A file that somebody sent, to save and never to run. The caller has checked who asks."""
    response = FileResponse(
        path_of(file.supplement_id, file.digest).open("rb"),
        as_attachment=True,
        filename=file.name,
        content_type=file.media_type,
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return _kept_private(response)


def _kept_private(response: FileResponse) -> FileResponse:
    response.headers["Cache-Control"] = "private, no-store"
    return response


def seen(request: Request) -> tuple[str, int | None]:
    """The stage and version that the person saw, as the form carried them."""
    version = request.POST.get("seen_version", "")
    return request.POST.get("seen_stage", ""), int(version) if version.isdecimal() else None
