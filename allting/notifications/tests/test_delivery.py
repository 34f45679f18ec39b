"""E-mail about a message: what stands in it, and what happens when it cannot be sent."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from uuid import UUID

import pytest

from allting.kernel.api import clock_at, dead_letters, work_off
from allting.notifications.api import (
    About,
    Attachment,
    dead_deliveries,
    deliveries_about,
    delivery_in_words,
    retry_delivery,
    send,
)
from allting.notifications.jobs import ATTEMPTS
from allting.notifications.models import Delivery
from allting.notifications.ports import PermanentFailure, TemporaryFailure
from allting.notifications.tests.conftest import ANNA, Known, LetterBox, acting
from allting.ui import ports
from allting.ui.api import Contact, Frame, frame_from

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ABOUT = About("BUN-2026-000001", "/sv/my/cases/BUN-2026-000001", "Förskoleplats")
pytestmark = pytest.mark.django_db(transaction=True)


def tell(language: str = "sv", **more: object) -> UUID:
    values: dict[str, object] = {
        "to_person": ANNA, "kind": "decision", "subject": "Mira har fått en plats",
        "body_markdown": "# Beslut\n\nMira får en plats på Solrosen.", "language": language,
        "about": ABOUT, "occasion": "decision:1",
    }  # fmt: skip
    return send(**(values | more))  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def solvik() -> "object":
    # what is asked for the frame, not today's answer: that would be every later test's frame
    before = ports._source
    names = {"sv": "Solviks kommun", "en": "Municipality of Solvik"}
    contact = Contact(phone="010-555 00 00", email="kontakt@solvik.example")
    frame_from(lambda: Frame(name=names, languages=("sv", "en"), contact=contact))
    yield
    frame_from(before)


def text_of(mail: EmailMessage, kind: str = "plain") -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def state() -> tuple[str, str, int]:
    delivery = Delivery.objects.get()
    return delivery.state, delivery.why, delivery.attempts


def test_the_email_says_that_there_is_a_message_and_where_and_no_more(box: LetterBox) -> None:
    id_ = tell(attachment=Attachment("Beslut.pdf", "application/pdf", b"%PDF-"))
    work_off()
    [mail] = box.mails
    assert mail["Subject"] == "Nytt meddelande från Solviks kommun: Förskoleplats"
    assert (mail["To"], mail["From"]) == (
        "anna@post.example", "Solviks kommun <kontakt@solvik.example>",
    )  # fmt: skip
    for kind in ("plain", "html"):
        body = text_of(mail, kind)
        assert f"http://127.0.0.1:8000/sv/my/inbox/{id_}" in body
        assert "Förskoleplats" in body and "010-555 00 00" in body
    everything = mail.as_string()
    for secret in ("Mira", "Solrosen", "BUN-2026", "PDF"):
        assert secret not in everything
    assert state() == ("sent", "", 1)


def test_the_email_is_written_for_reading_aloud_and_for_machines(box: LetterBox) -> None:
    tell("en")
    work_off()
    [mail] = box.mails
    html = text_of(mail, "html")
    assert '<html lang="en">' in html and html.count("<h1") == 1 and "<title>New message" in html
    assert text_of(mail).startswith("Hello!\n\nYou have a new message from Municipality of Solvik.")
    assert "\n\n\n" not in text_of(mail)
    assert mail["Content-Language"] == "en"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == Delivery.objects.get().mail_id
    assert mail.is_multipart() and mail.get_content_type() == "multipart/alternative"


def test_odd_characters_stay_what_they_are(box: LetterBox) -> None:
    tell(about=About(service='Bygg & bo <b>"x"</b>\r\nBcc: eve@evil.example'))
    work_off()
    [mail] = box.mails
    assert 'Bygg & bo <b>"x"</b>' in text_of(mail)
    assert "Bygg &amp; bo &lt;b&gt;" in text_of(mail, "html")
    assert mail["Bcc"] is None and "\n" not in mail["Subject"]


def test_a_service_that_must_not_be_named_is_not(box: LetterBox) -> None:
    tell(about=About("SOC-2026-000001"))
    work_off()
    assert box.mails[0]["Subject"] == "Nytt meddelande från Solviks kommun"
    assert "gäller" not in box.mails[0].as_string()


def test_the_document_goes_along_only_when_the_sender_says_so(box: LetterBox) -> None:
    tell(attachment=Attachment("Karta.pdf", "application/pdf", b"%PDF-1", in_email=True))
    work_off()
    [part] = list(box.mails[0].iter_attachments())
    assert (part.get_filename(), part.get_content()) == ("Karta.pdf", b"%PDF-1")


def test_someone_protected_since_gets_no_email(box: LetterBox, people: dict[UUID, Known]) -> None:
    tell()
    people[ANNA].protected = True
    work_off()
    assert box.mails == []
    assert state() == ("withheld", "protected", 0)


def test_a_new_address_is_used(box: LetterBox, people: dict[UUID, Known]) -> None:
    tell()
    people[ANNA].email = "new@post.example"
    work_off()
    assert box.mails[0]["To"] == "new@post.example"


def test_a_passing_trouble_is_waited_out_under_the_same_message_id(box: LetterBox) -> None:
    with clock_at(NOON):
        tell()
        box.trouble = [TemporaryFailure("451 try later"), ConnectionError("gone")]
        work_off()
        assert state() == ("failed", "451 try later", 1)
    with clock_at(NOON + timedelta(seconds=30)):
        work_off()
        assert state() == ("failed", "ConnectionError", 2)
    with clock_at(NOON + timedelta(seconds=90)):
        work_off()
    assert state() == ("sent", "", 3)
    assert [mail["Message-ID"] for mail in box.mails] == [Delivery.objects.get().mail_id]


def test_a_refusal_is_not_repeated_and_can_be_seen_and_tried_again(box: LetterBox) -> None:
    tell()
    box.trouble = [PermanentFailure("the mail server answered 550 no such user")]
    work_off()
    assert state() == ("dead", "the mail server answered 550 no such user", 1)
    [dead] = dead_deliveries()
    assert (dead.number, dead.state, dead.why) == ("BUN-2026-000001", "dead", state()[1])
    assert dead_letters() == ()  # the work was done: it found out that the mail cannot be sent
    assert dead_deliveries(after=dead.id) == ()
    assert retry_delivery(acting(None), dead.id)
    assert not retry_delivery(acting(None), dead.id)
    work_off()
    assert state() == ("sent", "", 2)


def test_trouble_that_does_not_pass_is_given_up_after_close_to_two_days(box: LetterBox) -> None:
    box.trouble = [TemporaryFailure("no answer") for _ in range(ATTEMPTS)]
    moment = NOON
    with clock_at(moment):
        tell()
    for _ in range(ATTEMPTS):
        with clock_at(moment):
            assert work_off() == 1
        moment += timedelta(hours=4)
    assert state() == ("dead", "no answer", ATTEMPTS)
    assert box.mails == []


def test_what_is_known_of_deliveries_says_nothing_of_reading(box: LetterBox) -> None:
    tell()
    work_off()
    [row] = deliveries_about("BUN-2026-000001")
    assert (row.channel, row.state, row.subject) == ("email", "sent", "Mira har fått en plats")
    assert not hasattr(row, "read_at")
    assert deliveries_about("") == () and deliveries_about("BUN-2026-000002") == ()


@pytest.mark.parametrize(
    ("state_now", "why", "said"),
    [
        ("queued", "", "Mejlet är på väg."),
        ("sending", "", "Mejlet är på väg."),
        ("sent", "", "Ett mejl skickades 22 november 2026 kl. 13:00."),
        ("failed", "x", "Mejlet har inte kunnat skickas än. Ett nytt försök görs snart."),
        ("dead", "550 okänd", "Mejlet kunde inte skickas: 550 okänd"),
        ("withheld", "protected", "Inget mejl skickas: personen har skyddade personuppgifter."),
        (
            "withheld",
            "no address",
            "Inget mejl skickas: personen har inte angett någon e-postadress.",
        ),
    ],
)
def test_how_a_delivery_stands_is_said_honestly(state_now: str, why: str, said: str) -> None:
    tell()
    Delivery.objects.update(state=state_now, why=why, changed_at=NOON)
    [row] = deliveries_about("BUN-2026-000001")
    assert delivery_in_words(row, "sv") == said


def test_the_address_is_not_kept_in_jobs_or_errors(box: LetterBox) -> None:
    from allting.kernel.models import Job

    box.trouble = [ConnectionError("to anna@post.example")]
    tell()
    work_off()
    job = Job.objects.get()
    assert "anna@" not in f"{job.errors}{job.arguments}{state()}"


def test_a_delivery_already_sent_is_not_sent_again(box: LetterBox) -> None:
    from allting.notifications.jobs import deliver

    tell()
    work_off()
    deliver.enqueue(str(Delivery.objects.get().id))
    work_off()
    assert len(box.mails) == 1
