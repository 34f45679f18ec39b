"""The draft as a whole: go on with it, remove it, and the files in it."""

from uuid import UUID

from django.http import FileResponse, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from allting.catalogue.api import NotInCatalogue, service
from allting.forms.actions import Changed, delete
from allting.forms.addresses import apply_at
from allting.forms.models import Attachment
from allting.forms.queries import DraftRow, draft_of
from allting.forms.sitting import Sitting
from allting.forms.storage import path_of
from allting.forms.views.common import no_draft, seated, to_receipt, to_where_it_is
from allting.identity.api import Request, resident, who
from allting.packages.api import NoSuchEdition, current, edition
from allting.ui.api import render


@require_safe
@resident
@seated()
def resume(request: Request, sitting: Sitting) -> HttpResponse:
    """Where it was left."""
    return to_where_it_is(request, sitting)


@require_http_methods(["GET", "POST"])
@resident
def remove(request: Request, draft: UUID) -> HttpResponseBase:
    """Asks before it removes. A draft whose service is gone can be removed too."""
    found = draft_of(who(request), draft)
    if found is None:
        return no_draft(request)
    if found.submitted_at is not None:
        return to_receipt(request, found)
    if request.method == "GET":
        context = {"draft": found, "title": _title(found)}
        return render(request, "forms/delete.html", context)
    try:
        delete(found)
    except Changed:
        again = draft_of(who(request), draft)
        return to_receipt(request, again) if again else no_draft(request)
    if found.service not in current().definition.ids("service"):
        return HttpResponseRedirect(f"/{request.language}/")
    return HttpResponseRedirect(f"{apply_at(request.language, found.service)}?removed")


def _title(draft: DraftRow) -> object:
    try:
        return service(edition(draft.edition), draft.service).title
    except (NoSuchEdition, NotInCatalogue):
        return None


@require_safe
@resident
def attached(request: Request, draft: UUID, attachment: UUID) -> HttpResponseBase:
    """A file of the person's own draft, to save and never to run."""
    found = draft_of(who(request), draft)
    file = Attachment.objects.filter(id=attachment, draft_id=draft).first() if found else None
    if file is None:
        return no_draft(request)
    return download(file)


def download(file: Attachment) -> FileResponse:
    """The file as a download; the caller has made sure that whoever asks may have it."""
    response = FileResponse(
        path_of(file.draft_id, file.digest).open("rb"),
        as_attachment=True,
        filename=file.name,
        content_type=file.media_type,
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
