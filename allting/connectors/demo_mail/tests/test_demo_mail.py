"""The demonstration's mailbox: mail comes over SMTP and is shown as text."""

import socket
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from django.test import Client
from pytest_django import Settings

from allting.connectors.demo_mail import server
from allting.connectors.demo_mail.models import Mail
from tests.ports import free_port

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def running(settings: Settings) -> Iterator[int]:
    settings.DEMO_MAIL_PORT = free_port()
    yield server.start_demo_mail()
    server.stop_demo_mail()


def mail(body: str = "Hej!\n\nVälkommen.", **headers: str) -> EmailMessage:
    made = EmailMessage()
    usual = {
        "From": "Solviks kommun <kontakt@solvik.example>",
        "To": "anna@post.example",
        "Subject": "Nytt meddelande",
        "Message-ID": "<1@solvik.example>",
    }
    for name, value in (usual | headers).items():
        made[name] = value
    made.set_content(body)
    made["Content-Language"] = "sv"
    return made


def test_mail_arrives_over_smtp_and_is_shown(running: int) -> None:
    made = mail("Hej!\n\nLäs här:\nhttp://127.0.0.1:8000/sv/my/inbox/1\n\nhttp://evil.example/x")
    made.add_attachment(b"%PDF-" * 500, maintype="application", subtype="pdf", filename="B.pdf")
    server.hand_to_demo_mail(made)
    kept = Mail.objects.get()
    assert (kept.to, kept.subject, kept.mail_id) == (
        "anna@post.example", "Nytt meddelande", "<1@solvik.example>",
    )  # fmt: skip
    page = Client().get("/demo-mail/").content.decode()
    assert f'<a href="/demo-mail/{kept.pk}/">Nytt meddelande</a>' in page
    shown = Client().get(f"/demo-mail/{kept.pk}/").content.decode()
    assert 'href="http://127.0.0.1:8000/sv/my/inbox/1"' in shown
    assert 'href="http://evil.example' not in shown and "http://evil.example/x" in shown
    assert "B.pdf" in shown and 'lang="sv"' in shown


def test_nothing_in_a_mail_can_run(running: int) -> None:
    script = "<script>alert(1)</script>"
    server.hand_to_demo_mail(mail(script, Subject=script))
    for address in ("/demo-mail/", f"/demo-mail/{Mail.objects.get().pk}/"):
        page = Client().get(address).content.decode()
        assert script not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_mail_that_came_twice_says_why(running: int) -> None:
    server.hand_to_demo_mail(mail())
    server.hand_to_demo_mail(mail())
    shown = Client().get(f"/demo-mail/{Mail.objects.first().pk}/", {"language": "en"})  # type: ignore[union-attr]
    assert "This mail has arrived 2 times" in shown.content.decode()


def test_an_occupied_port_is_not_a_reason_to_stop(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        settings.DEMO_MAIL_PORT = other.getsockname()[1]
        assert server.start_demo_mail() != settings.DEMO_MAIL_PORT
        server.hand_to_demo_mail(mail())
        server.stop_demo_mail()
    assert Mail.objects.count() == 1


def test_only_the_newest_mails_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "KEPT", 3)
    for n in range(5):
        server.keep(mail(Subject=str(n)).as_bytes(), ["anna@post.example"])
    assert sorted(Mail.objects.values_list("subject", flat=True)) == ["2", "3", "4"]


def test_broken_mail_is_kept_and_shown() -> None:
    server.keep(b"\xff\xfe no headers at all", ["x@post.example"])
    server.keep(b"Content-Type: text/plain; charset=nonsense\r\n\r\n\xe5", [])
    for pk in Mail.objects.values_list("pk", flat=True):
        assert Client().get(f"/demo-mail/{pk}/").status_code == 200
    assert Client().get("/demo-mail/").status_code == 200


def test_an_empty_mailbox_and_a_mail_that_is_not_there() -> None:
    assert "Nothing has been sent yet" in Client().get("/demo-mail/?language=en").content.decode()
    assert Client().get("/demo-mail/77/").status_code == 404


def test_many_mails_are_shown_page_by_page() -> None:
    for n in range(31):
        server.keep(mail(Subject=f"mail {n}").as_bytes(), ["anna@post.example"])
    first = Client().get("/demo-mail/").content.decode()
    oldest_shown = Mail.objects.order_by("-pk")[29].pk
    assert f"?before={oldest_shown}" in first
    second = Client().get(f"/demo-mail/?before={oldest_shown}").content.decode()
    assert "mail 0" in second and "mail 1<" not in second
