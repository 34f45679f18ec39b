"""The gateway's work afterwards: telling Allting how it went, and what was answered."""

import json
from datetime import UTC, datetime

import httpx2
from django.conf import settings
from django_tasks import task
from standardwebhooks import Webhook

from allting.connectors.demo_sms.models import Sms
from allting.kernel.api import write

NOT_IN_USE = "99"  # how such numbers end


class Back:
    """The way back to Allting: over the network, or inside one process."""

    transport: httpx2.BaseTransport | None = None


@task(max_attempts=12, first_wait=2, longest_wait=600)
def report(id: int) -> int:
    """Tell Allting of one message, signed; told again it says the same."""
    sms = Sms.objects.filter(pk=id).first()
    if sms is None:
        return 0
    kind, data = _told(sms)
    body = json.dumps({"type": kind, "data": data}, ensure_ascii=False)
    with httpx2.Client(transport=Back.transport, timeout=10, trust_env=False) as client:
        answer = client.post(
            f"{settings.BASE_URL}/hooks/sms/", content=body.encode(), headers=_signed(sms, body)
        )
    answer.raise_for_status()
    return answer.status_code


def _told(sms: Sms) -> tuple[str, dict[str, str]]:
    if not sms.incoming:
        data = {"id": sms.key, "from": sms.phone, "to": sms.house, "text": sms.text}
        return "message.received", {**data, "at": sms.at.isoformat()}
    if sms.phone.endswith(NOT_IN_USE):
        return "message.failed", {"reference": sms.key, "error": "the number is not in use"}
    return "message.delivered", {"reference": sms.key}


def _signed(sms: Sms, body: str) -> dict[str, str]:
    name, moment = f"demo-{sms.pk}", datetime.now(UTC)
    return {
        "Content-Type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(settings.SMS["secret"]).sign(name, moment, body),
    }


def answer(phone: str, house: str, text: str, key: str) -> None:
    """Somebody answers on their telephone."""
    from allting.kernel.api import now

    with write():
        sms = Sms.objects.create(
            key=key, phone=phone, house=house, text=text, incoming=False, at=now()
        )
        report.enqueue(sms.pk)
