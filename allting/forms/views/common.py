"""What the pages of a draft share: who may be there, and where to go when it cannot go on."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, cast
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from allting.catalogue.api import NotInCatalogue, contact_of, organisation
from allting.forms.addresses import draft_at
from allting.forms.queries import DraftRow, submission_id_of
from allting.forms.sitting import NoDraft, Sitting, Vanished, sit_down
from allting.identity.api import Request, who
from allting.kernel.api import today
from allting.packages.api import Edition, current
from allting.register.api import write_with_looks
from allting.ui.api import render

P = ParamSpec("P")
_NOBODYS = UUID(int=0)  # stands in an address for the submission that it will lead to
Seated = Callable[Concatenate[Request, Sitting, P], HttpResponseBase]


def seated(
    *, all: bool = False
) -> Callable[[Seated[P]], Callable[Concatenate[Request, P], HttpResponseBase]]:
    """Let the view have the person's own draft; anyone else gets a page that tells nothing.

    `all`: the facts that the conditions on answers need are read too.
    """

    def decorate(view: Seated[P]) -> Callable[Concatenate[Request, P], HttpResponseBase]:
        @wraps(view)
        def enter(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            draft: Any = kwargs.pop("draft")
            page = str(kwargs.get("page", ""))
            try:
                shown = request.method in ("GET", "HEAD") and not all
                sitting = sit_down(
                    who(request), draft, today(), page=page, all=all, fresh=not shown
                )
            except NoDraft:
                return no_draft(request)
            except Vanished as vanished:
                if vanished.draft.submitted_at is not None:
                    return to_receipt(request, vanished.draft)
                return gone(request, vanished)
            if sitting.draft.submitted_at is not None:
                return to_receipt(request, sitting.draft)
            return view(request, sitting, *args, **kwargs)

        return cast(Callable[Concatenate[Request, P], HttpResponseBase], enter)

    return decorate


def at_once(view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """Let all that a view reads, logs and writes be one commit, on the disk when it answers.

    It stands before who may enter: the session too is then read by the connection that writes.
    """

    @wraps(view)
    def enter(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        with write_with_looks():
            return view(*args, **kwargs)

    return enter


def no_draft(request: Request) -> HttpResponse:
    """The page for a draft that is not there, or is someone else's: nobody can tell which."""
    return render(request, "forms/no_draft.html", status=404)


def gone(request: Request, vanished: Vanished) -> HttpResponse:
    """The page for a draft of a service that is no longer offered."""
    context = {
        "draft": vanished.draft,
        "title": vanished.service.title if vanished.service else None,
        "contact": contact(current(), vanished.service.board if vanished.service else None),
    }
    return render(request, "forms/vanished.html", context, status=410)


def contact(edition: Edition, board: str | None) -> Any:
    """Whom to turn to: the board's contact points, or the municipality's."""
    try:
        return contact_of(edition, board) if board else organisation(edition).contact
    except NotInCatalogue:
        return organisation(edition).contact


def to_receipt(request: Request, draft: DraftRow) -> HttpResponseBase:
    """Where a submitted draft leads: the one receipt."""
    submission = submission_id_of(draft.id)
    if submission is None:
        return no_draft(request)
    return HttpResponseRedirect(receipt_at(request.language, submission))


def receipt_at(language: str, submission: UUID) -> str:
    """The page that a submission leads to; a room above may have put its own there."""
    name = getattr(settings, "AFTER_SUBMIT_URL", "") or "forms:received"
    return _address(name, language).replace(str(_NOBODYS), str(submission))


@lru_cache(maxsize=64)
def _address(name: str, language: str) -> str:
    return reverse(name, kwargs={"language": language, "submission": _NOBODYS})


def to_page(request: Request, sitting: Sitting, page: str) -> HttpResponse:
    """Go to a page of the draft."""
    return HttpResponseRedirect(draft_at(request.language, sitting.draft.id, page))


def to_where_it_is(request: Request, sitting: Sitting) -> HttpResponse:
    """Go to the first page that is not answered, or to the check."""
    page = sitting.way.open(sitting.answers)
    return to_page(request, sitting, page.id if page else "check")
