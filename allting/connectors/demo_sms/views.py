"""The telephones as pages: what has come, links that can be tapped, and a way to answer."""

import re
from uuid import uuid4

from django.conf import settings
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from markupsafe import Markup, escape

from allting.connectors.demo_sms.jobs import answer
from allting.connectors.demo_sms.models import Sms
from allting.identity.api import anyone
from allting.notifications.api import text_length
from allting.ui.api import render

PHONES, MESSAGES, LONGEST = 50, 40, 500
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


@require_safe
@anyone
def phones(request: HttpRequest) -> HttpResponse:
    """Every telephone that has been written to, the latest first."""
    found = Sms.objects.values("phone").annotate(latest=Max("id"), number=Count("id"))
    rows = list(found.order_by("-latest")[:PHONES])
    latest = Sms.objects.in_bulk([row["latest"] for row in rows])
    shown = [{**row, "sms": latest[row["latest"]]} for row in rows]
    return render(request, "demo_sms/phones.html", {"rows": shown})


@require_http_methods(["GET", "HEAD", "POST"])
@anyone
def phone(request: HttpRequest, number: str) -> HttpResponse:
    """One telephone."""
    found = list(Sms.objects.filter(phone=number).order_by("-id")[:MESSAGES])[::-1]
    if not found:
        raise Http404
    if request.method == "POST":
        text = (request.POST.get("quick") or request.POST.get("text", "")).strip()[:LONGEST]
        if text:
            answer(number, found[-1].house, text, f"in-{uuid4().hex}")
        return HttpResponseRedirect(reverse("demo-phone", kwargs={"number": number}) + "#latest")
    messages = [
        {"row": sms, "text": _linked(sms.text), "length": text_length(sms.text)} for sms in found
    ]
    return render(request, "demo_sms/phone.html", {"number": number, "messages": messages})


def _linked(text: str) -> Markup:
    """The text, escaped; addresses of this house are links, as a telephone makes them."""
    parts, at = [], 0
    for found in _ADDRESS.finditer(text):
        parts.append(escape(text[at : found.start()]))
        at = found.end()
        address = found.group()
        ours = address.startswith(f"{settings.BASE_URL}/")
        link = Markup('<a href="{0}">{0}</a>').format(address)
        parts.append(link if ours else escape(address))
    return Markup("").join([*parts, escape(text[at:])])
