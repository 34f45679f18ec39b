"""A person's own: what we may write to them about, reminders, and the calendar of them."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allting.identity.api import Request, anyone, person_of, resident, who
from allting.notifications.calendar import (
    calendar_at,
    end_calendar,
    has_calendar,
    make_calendar,
    may_have_calendar,
)
from allting.notifications.ports import contact_of
from allting.notifications.preferences import (
    broken_email,
    save_preferences,
    try_address_again,
    unwanted,
)
from allting.notifications.reminders import (
    Deadline,
    choices,
    deadline,
    forget,
    remind,
    reminders_of,
)
from allting.notifications.rules import Channel, address_for
from allting.notifications.topics import TOPICS, Topic, channels
from allting.ui.api import later, render, translator, url

NAMES: dict[str, str] = {
    Channel.EMAIL: later("E-mail"),
    Channel.SMS: later("Text message"),
    Channel.MAILBOX: later("Digital mailbox"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@resident
def preferences(request: Request) -> HttpResponse:
    """What we may write about, and how we tell that we have."""
    actor = who(request)
    if request.method == "POST":
        for topic in TOPICS:
            offered = channels()
            chosen = [it for it in request.POST.getlist(_field(topic)) if it in offered]
            save_preferences(actor, {topic.id: chosen}, offered)
        address = url(request.language, "notifications:preferences")
        return HttpResponseRedirect(f"{address}?saved")
    off, contact = unwanted(actor), contact_of(person_of(actor))
    _ = translator(request.language)
    sets = [
        {
            "name": _field(topic),
            "title": _(topic.title),
            "says": _(topic.says),
            "more": topic.more,
            "options": [(it, _(NAMES[it])) for it in channels()],
            "chosen": [it for it in channels() if (topic.id, it) not in off],
        }
        for topic in TOPICS
    ]
    context = {
        "sets": sets,
        "saved": "saved" in request.GET,
        "email": contact.email if contact else None,
        "phone": address_for(contact, Channel.SMS) if contact else None,
        "protected": bool(contact and contact.protected),
        "broken": broken_email(actor),
    }
    return render(request, "notifications/preferences.html", context)


def _field(topic: Topic) -> str:
    return f"topic-{topic.id or 'own'}"


@require_POST
@resident
def address_again(request: Request) -> HttpResponse:
    """The address works, says the person."""
    try_address_again(who(request))
    return HttpResponseRedirect(url(request.language, "notifications:preferences") + "?saved")


# ---- reminders


@require_safe
@resident
def reminders(request: Request) -> HttpResponse:
    """What one is to be reminded of, and the calendar."""
    return _reminders(request)


def _reminders(request: Request, address: str = "") -> HttpResponse:
    actor = who(request)
    context = {
        "reminders": reminders_of(person_of(actor)),
        "has_calendar": has_calendar(actor),
        "may_have_calendar": may_have_calendar(actor),
        "address": address,
        "saved": "saved" in request.GET,
    }
    return render(request, "notifications/reminders.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@resident
def new_reminder(request: Request) -> HttpResponse:
    """Remind me of this deadline: how long before?"""
    actor = who(request)
    found = deadline(actor, request.GET.get("about", "")[:200])
    if found is None:
        raise Http404
    if request.method == "POST":
        before = request.POST.get("before", "")
        if before.isdigit() and int(before) in choices(found.due):
            remind(actor, found, int(before))
            return HttpResponseRedirect(url(request.language, "notifications:reminders") + "?saved")
        return _ask_when(request, found, wrong=True)
    return _ask_when(request, found)


def _ask_when(request: Request, found: Deadline, *, wrong: bool = False) -> HttpResponse:
    _ = translator(request.language)
    offered = choices(found.due)
    context = {
        "deadline": found,
        "options": [(str(n), _.plural("{n} day before", "{n} days before", n)) for n in offered],
        "usual": str(3 if 3 in offered else offered[-1]) if offered else None,
        "error": _("Choose when we shall remind you") if wrong else None,
    }
    status = 422 if wrong else 200
    return render(request, "notifications/new_reminder.html", context, status=status)


@require_POST
@resident
def forget_reminder(request: Request, id: UUID) -> HttpResponse:
    """No reminder, after all."""
    forget(who(request), id)
    return HttpResponseRedirect(url(request.language, "notifications:reminders") + "?saved")


# ---- the calendar


@require_POST
@resident
def calendar(request: Request) -> HttpResponse:
    """Make an address, which is shown this once; or let it lead nowhere."""
    if request.POST.get("do") == "end":
        end_calendar(who(request))
        return HttpResponseRedirect(url(request.language, "notifications:reminders") + "?saved")
    return _reminders(request, make_calendar(who(request), request.language))


@require_safe
@anyone
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of whoever has the address."""
    found = calendar_at(token)
    if found is None:
        raise Http404
    response = HttpResponse(found, content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
