"""The demonstration's mailbox as pages. Mail is shown as text: nothing in it can run or load."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from markupsafe import Markup, escape

from allting.connectors.demo_mail.models import Mail
from allting.identity.api import anyone
from allting.ui.api import render

PAGE = 30


@anyone
def mails(request: HttpRequest) -> HttpResponse:
    """What has arrived, newest first."""
    before = request.GET.get("before", "")
    found = Mail.objects.order_by("-pk")
    if before.isdigit():
        found = found.filter(pk__lt=int(before[:18]))
    rows = list(found.values("pk", "arrived_at", "to", "subject")[: PAGE + 1])
    older = f"?before={rows[PAGE - 1]['pk']}" if len(rows) > PAGE else None
    newer = "/demo-mail/" if before else None
    values = {"rows": rows[:PAGE], "older": older, "newer": newer}
    return render(request, "demo_mail/mails.html", values)


@anyone
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail: its headers, its text, and what is attached."""
    row = Mail.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    source = message_from_bytes(bytes(row.source), policy=default)
    values = {
        "row": row,
        "sender": str(source["From"] or ""),
        "paragraphs": _paragraphs(_text_of(source)),
        "spoken": str(source["Content-Language"] or ""),
        "attachments": [_described(part) for part in source.iter_attachments()],
        "copies": Mail.objects.filter(mail_id=row.mail_id).count() if row.mail_id else 1,
    }
    return render(request, "demo_mail/mail.html", values)


def _text_of(source: EmailMessage) -> str:
    body = source.get_body(("plain", "html"))
    if body is None:
        return ""
    try:
        return str(body.get_content())
    except LookupError:  # an alphabet that nobody knows
        return str(body.get_payload())


def _paragraphs(text: str) -> list[list[Markup]]:
    """The lines of each paragraph, escaped; one that is an address of this house is a link."""
    blocks = text.replace("\r\n", "\n").strip().split("\n\n")
    return [[_line(line) for line in block.splitlines() if line] for block in blocks if block]


def _line(line: str) -> Markup:
    if line.startswith(f"{settings.BASE_URL}/") and " " not in line:
        return Markup('<a href="{0}">{0}</a>').format(line)
    return escape(line)


def _described(part: EmailMessage) -> dict[str, object]:
    content = part.get_payload(decode=True)
    size = len(content) if isinstance(content, bytes) else 0
    return {"name": part.get_filename() or part.get_content_type(), "kilobytes": -(-size // 1024)}
