"""What the gateway tells us: receipts, and messages that people have sent."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from standardwebhooks import Webhook, WebhookVerificationError

from allting.identity.api import machine
from allting.kernel.api import now
from allting.notifications.api import receipt, text_received

LARGEST = 64 * 1024
LONGEST_TEXT = 5000


@csrf_exempt
@require_POST
@machine
def hook(request: HttpRequest) -> HttpResponse:
    """Keep what is told, if it is signed; told again it changes nothing."""
    if not settings.SMS["secret"]:
        raise Http404
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        return HttpResponse(status=413)
    try:
        told = Webhook(settings.SMS["secret"]).verify(request.body, _headers(request))
    except (WebhookVerificationError, ValueError):
        return HttpResponse("the signature does not hold\n", status=401, content_type="text/plain")
    try:
        _keep(told["type"], told["data"])
    except (KeyError, TypeError, ValueError, AttributeError):
        return HttpResponse("not understood\n", status=422, content_type="text/plain")
    return HttpResponse(status=204)


def _headers(request: HttpRequest) -> dict[str, str]:
    return {name.lower(): value for name, value in request.headers.items()}


def _keep(kind: str, data: dict[str, Any]) -> None:
    if kind == "message.delivered":
        receipt(_text(data, "reference"), delivered=True)
    elif kind == "message.failed":
        why = str(data.get("error") or "the gateway could not deliver it")
        receipt(_text(data, "reference"), delivered=False, why=" ".join(why.split()))
    elif kind == "message.received":
        text_received(
            id=_text(data, "id"),
            from_number=_text(data, "from"),
            text=_text(data, "text", LONGEST_TEXT),
            at=_moment(data.get("at")),
        )
    else:
        raise ValueError(kind)


def _text(data: dict[str, Any], name: str, longest: int = 100) -> str:
    value = data[name]
    if not isinstance(value, str) or len(value) > longest or "\0" in value:
        raise ValueError(name)
    return value


def _moment(value: object) -> datetime:
    """When it was sent, as the gateway says; what says no time zone is not believed."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else now()
    return found if found.tzinfo else now()
