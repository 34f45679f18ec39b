"""Pages for someone signed in: what is theirs."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from allting.identity.api import Request, person_of, resident, signed_in, who
from allting.notifications.api import (
    attachment,
    deliveries_of,
    delivery_to_you,
    inbox,
    mark_read,
    message,
)
from allting.packages.api import current
from allting.portal.held import in_parts
from allting.portal.mine import mine
from allting.portal.reads import in_words
from allting.register.api import access_log, card, held_about, save_contact
from allting.ui.api import render, translator, url

READS_SHOWN = 200
OWN_CONTACT = "own contact details"


@require_safe
@signed_in
def my_pages(request: Request) -> HttpResponse:
    """What is under way, what has been said, and what can be changed."""
    actor = who(request)
    if actor.person is None:
        return render(request, "portal/unknown.html", {"name": actor.name})
    return render(request, "portal/my.html", {"mine": mine(actor, request.language)})


@require_safe
@resident
def my_inbox(request: Request) -> HttpResponse:
    """All messages, the newest first."""
    before = _uuid(request.GET.get("before"))
    page = inbox(who(request), before=before)
    return render(request, "portal/inbox.html", {"page": page, "further": before is not None})


@require_safe
@resident
def my_message(request: Request, id: UUID) -> HttpResponse:
    """One message; opening it marks it as read."""
    found = message(who(request), id)
    if found is None:
        raise Http404
    if not found.read:
        mark_read(who(request), id)
    told = [delivery_to_you(it, request.language) for it in deliveries_of(who(request), id)]
    context = {"message": found, "told": [it for it in told if it]}
    return render(request, "portal/message.html", context)


@require_safe
@resident
def my_letter(request: Request, id: UUID) -> HttpResponse:
    """The document of a message, as a file."""
    found = attachment(who(request), id)
    if found is None:
        raise Http404
    response = HttpResponse(found.content, content_type=found.media_type)
    header = content_disposition_header(False, found.name)
    if header:
        response.headers["Content-Disposition"] = header
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@resident
def my_contact(request: Request) -> HttpResponse:
    """How the municipality reaches me, and in which language."""
    actor = who(request)
    if request.method == "POST":
        return _save_contact(request)
    own = card(actor, person_of(actor), purpose=OWN_CONTACT)
    values = {"email": own.email or "", "phone": own.phone or "", "language": own.language}
    return _contact_page(request, values, {}, saved="saved" in request.GET)


def _save_contact(request: Request) -> HttpResponse:
    values = {name: request.POST.get(name, "").strip() for name in ("email", "phone", "language")}
    errors = _save_each(request, values)
    if errors:
        return _contact_page(request, values, errors, status=422)
    language = values["language"]
    return HttpResponseRedirect(url(language, "portal:contact") + "?saved")


def _save_each(request: Request, values: dict[str, str]) -> dict[str, str]:
    """Nothing is saved unless all of it is right."""
    _ = translator(request.language)
    if values["language"] not in current().definition.languages:
        return {"language": _("Choose a language")}
    said = {
        "email": _("That is not an email address. It looks like name@example.se"),
        "phone": _("That is not a telephone number. It looks like 070-123 45 67"),
    }
    try:
        save_contact(who(request), **values)
    except ValidationError as wrong:
        return {name: said[name] for name in wrong.message_dict}
    return {}


def _contact_page(
    request: Request,
    values: dict[str, str],
    errors: dict[str, str],
    *,
    saved: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "values": values,
        "errors": errors,
        "summary": [{"href": f"#{name}", "text": text} for name, text in errors.items()],
        "saved": saved,
        "spoken": current().definition.languages,
    }
    return render(request, "portal/contact.html", context, status=status)


@require_safe
@resident
def my_reads(request: Request) -> HttpResponse:
    """Who has read about me and the children I answer for."""
    found = access_log(who(request), limit=READS_SHOWN)
    lines = list(in_words(current(), request.language, found))
    context = {
        "others": [line for line in lines if not line.yourself],
        "own": [line for line in lines if line.yourself],
    }
    return render(request, "portal/reads.html", context)


@require_safe
@resident
def my_facts(request: Request) -> HttpResponse:
    """What we hold about me: each fact with where it is from, its day and what it is for."""
    holding = held_about(who(request))
    return render(request, "portal/held.html", in_parts(current(), request.language, holding))


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Http404 from None
