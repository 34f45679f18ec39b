"""Taking in what came on paper, by phone or in person: who and what first, then the form.

Everything is sent by POST: an identity number never stands in an address or a log.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.views.decorators.http import require_http_methods

from allting.cases.api import CHANNELS, Handed, behalf_of, find_for, take_in, to_take_in
from allting.catalogue.api import service
from allting.forms.api import NotComplete, WholeForm, on_paper, whole_form
from allting.identity.api import Actor, Request, employee, who
from allting.kernel.api import today
from allting.packages.api import Edition, current
from allting.register.api import PersonCard, is_guardian, is_number
from allting.ui.api import LANGUAGE_NAMES, frame, later, plain, render, translator
from allting.workplace.views.acting import day_of, parts_of

WORDS = {"paper": later("On paper"), "phone": later("By phone"), "visit": later("In person")}
FIELDS = ("service", "channel", "number", "child", "language")
OLDEST = timedelta(days=365)


@dataclass(frozen=True)
class Begun:
    """What the first page says, found to be right."""

    handed: Handed
    applicant: PersonCard
    subject: PersonCard


@require_http_methods(["GET", "POST"])
@employee()
def taking_in(request: Request) -> HttpResponseBase:
    """Both pages; the second carries what the first said."""
    actor, held = who(request), current()
    offered = to_take_in(actor, held)
    if not offered:
        raise PermissionDenied("no service whose applications are the actor's")
    if request.method == "GET":
        chosen = request.GET.get("service", "")
        first = {"service": chosen if chosen in offered else "", "channel": CHANNELS[0]}
        return _first(request, held, offered, first, {})
    begun = _begin(request, actor, held, offered)
    if isinstance(begun, dict):
        return _first(request, held, offered, request.POST, begun)
    return _second(request, actor, held, begun)


def _begin(
    request: Request, actor: Actor, held: Edition, offered: Sequence[str]
) -> Begun | dict[str, str]:
    """The first page as sent, or what is wrong with it by field."""
    posted, _ = request.POST, translator(request.language)
    wrong: dict[str, str] = {}
    chosen = posted.get("service", "")
    if chosen not in offered:
        return {"service": _("Choose what it is about")}
    if posted.get("channel") not in CHANNELS:
        wrong["channel"] = _("Choose how it came")
    came_on = _came_on(posted)
    if came_on is None:
        wrong["came_on"] = _("Write the day it came: today, or a day of the last year")
    applicant = _someone(actor, held, chosen, posted.get("number", ""))
    subject = applicant
    if applicant is None:
        wrong["number"] = _nobody(request.language)
    elif service(held, chosen).subject == "child":
        subject = _someone(actor, held, chosen, posted.get("child", ""))
        if subject is None:
            wrong["child"] = _nobody(request.language)
        elif not is_guardian(applicant.id, subject.id, today()):
            wrong["child"] = _("The register does not have the applicant as this child’s guardian")
    if wrong or applicant is None or subject is None or came_on is None:
        return wrong
    language = posted.get("language", "")
    spoken = language if language in frame().languages else frame().languages[0]
    handed = Handed(chosen, posted["channel"], came_on, applicant.id, subject.id, spoken)
    return Begun(handed, applicant, subject)


def _nobody(language: str) -> str:
    _ = translator(language)
    return _(
        "Nobody whose application you can enter has this number. Twelve digits, as 19850113-9995. "
        "A protected person’s is entered by the named handler."
    )


def _someone(actor: Actor, held: Edition, chosen: str, typed: str) -> PersonCard | None:
    number = "".join(sign for sign in typed if sign not in " -–+")
    return find_for(actor, held, chosen, number) if is_number(number) else None


def _came_on(posted: Mapping[str, str]) -> date | None:
    try:
        day = date.fromisoformat(day_of(posted, "came_on"))
    except ValueError:
        return None
    return day if today() - OLDEST <= day <= today() else None


def _first(
    request: Request,
    held: Edition,
    offered: Sequence[str],
    written: Mapping[str, str],
    wrong: Mapping[str, str],
) -> HttpResponse:
    language, _ = request.language, translator(request.language)
    names = sorted((plain(service(held, id).title, language), id) for id in offered)
    of_children = [name for name, id in names if service(held, id).subject == "child"]
    spoken = frame().languages
    came_on = parts_of(written, "came_on") if request.method == "POST" else today()
    context = {
        "written": {name: written.get(name, "") for name in FIELDS},
        "came_on": came_on,
        "services": [{"value": id, "label": name} for name, id in names],
        "of_children": of_children,
        "channels": [{"value": it, "label": _(WORDS[it])} for it in CHANNELS],
        "spoken": [{"value": it, "label": LANGUAGE_NAMES.get(it, it)} for it in spoken],
        "error": wrong,
        "errors": [{"href": f"#{field}", "text": text} for field, text in wrong.items()],
    }
    return render(request, "workplace/take_in.html", context, status=422 if wrong else 200)


def _second(request: Request, actor: Actor, held: Edition, begun: Begun) -> HttpResponseBase:
    posted = request.POST if request.POST.get("go") == "send" else None
    once = _once(request.POST)
    form = whole_form(behalf_of(actor, held, begun.handed, {}), today(), posted)
    if posted is not None and form.whole:
        try:
            behalf = behalf_of(actor, held, begun.handed, form.answers)
            number = take_in(actor, behalf, once)
        except NotComplete as lacking:
            form.errors += [{"href": one.href, "text": one.text} for one in lacking.wrong]
        else:
            return HttpResponseRedirect(f"/{request.language}/desk/cases/{number}/")
    return _form(request, held, begun, form, once)


def _once(posted: QueryDict) -> UUID:
    """Made with the page: pressing twice opens one case."""
    try:
        return UUID(posted.get("once", ""))
    except ValueError:
        return uuid4()


def _form(
    request: Request, held: Edition, begun: Begun, form: WholeForm, once: UUID
) -> HttpResponse:
    _, handed = translator(request.language), begun.handed
    kept: dict[str, Any] = {name: request.POST.get(name, "") for name in FIELDS}
    kept |= {f"came_on_{part}": it for part, it in parts_of(request.POST, "came_on").items()}
    context = {
        "kept": {**kept, "once": str(once)},
        "service": service(held, handed.service),
        "begun": begun,
        "channel": _(WORDS[handed.channel]),
        "form": form,
        "on_paper": bool(on_paper(held, handed.service)),
    }
    status = 422 if form.errors else 200
    return render(request, "workplace/take_in_form.html", context, status=status)
