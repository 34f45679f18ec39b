"""The inbox: everyone's own, once for each occasion, newest first."""

from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from allting.kernel.api import write
from allting.notifications.api import (
    About,
    Attachment,
    attachment,
    inbox,
    mark_read,
    message,
    send,
    unread_count,
)
from allting.notifications.models import Delivery, Message
from allting.notifications.tests.conftest import ANNA, BO, CARIN, DAN, acting

pytestmark = pytest.mark.django_db(transaction=True)


def tell(person: UUID = ANNA, occasion: str = "decision:1", **more: object) -> UUID:
    values: dict[str, object] = {
        "kind": "decision",
        "subject": "Ditt barn har fått en plats",
        "body_markdown": "# Beslut\n\nMira får en plats på Solrosen.",
        "language": "sv",
    }
    return send(to_person=person, occasion=occasion, **(values | more))  # type: ignore[arg-type]


def test_a_message_lies_in_the_inbox_of_its_person_alone() -> None:
    about = About("BUN-2026-000001", "/sv/my/cases/BUN-2026-000001", "Förskoleplats")
    id_ = tell(about=about)
    found = message(acting(ANNA), id_)
    assert found is not None
    assert (found.subject, found.number, found.service, found.read) == (
        "Ditt barn har fått en plats", "BUN-2026-000001", "Förskoleplats", False,
    )  # fmt: skip
    assert [row.id for row in inbox(acting(ANNA)).rows] == [id_]
    assert message(acting(BO), id_) is None
    assert attachment(acting(BO), id_) is None
    assert inbox(acting(BO)).rows == ()


def test_someone_whom_the_register_does_not_know_has_no_inbox() -> None:
    assert unread_count(acting(None)) == 0
    for ask in (inbox, lambda actor: message(actor, UUID(int=5))):
        with pytest.raises(PermissionDenied):
            ask(acting(None))


def test_the_same_occasion_is_told_once() -> None:
    first = tell(subject="First")
    assert tell(subject="Again") == first
    assert Message.objects.get().subject == "First"
    assert Delivery.objects.count() == 1


def test_a_message_vanishes_with_the_transaction_that_sent_it() -> None:
    with pytest.raises(ZeroDivisionError), write():
        tell()
        _ = 1 / 0
    assert not Message.objects.exists()


def test_unread_messages_are_counted_until_they_are_read() -> None:
    first = tell(occasion="1")
    tell(occasion="2")
    assert unread_count(acting(ANNA)) == 2
    mark_read(acting(BO), first)
    assert unread_count(acting(ANNA)) == 2
    mark_read(acting(ANNA), first)
    read_at = Message.objects.get(id=first).read_at
    mark_read(acting(ANNA), first)
    assert Message.objects.get(id=first).read_at == read_at
    assert unread_count(acting(ANNA)) == 1
    assert [row.read for row in inbox(acting(ANNA)).rows] == [False, True]


def test_the_inbox_is_read_page_by_page_newest_first() -> None:
    sent = [tell(occasion=str(n)) for n in range(5)]
    seen: list[UUID] = []
    before = None
    while True:
        page = inbox(acting(ANNA), before=before, limit=2)
        seen += [row.id for row in page.rows]
        before = page.older
        if before is None:
            break
    # ids made in the same millisecond have no order among themselves
    assert set(seen) == set(sent) and len(seen) == 5
    assert seen == sorted(seen, reverse=True)


def test_the_inbox_asks_one_question_however_many_messages() -> None:
    for n in range(30):
        tell(occasion=str(n))
    for ask in (lambda: inbox(acting(ANNA)), lambda: unread_count(acting(ANNA))):
        with CaptureQueriesContext(connection) as asked:
            ask()
        assert len(asked) == 1


def test_the_document_is_for_its_person() -> None:
    id_ = tell(attachment=Attachment("Beslut.pdf", "application/pdf", b"%PDF-"))
    found = attachment(acting(ANNA), id_)
    assert found == Attachment("Beslut.pdf", "application/pdf", b"%PDF-")
    shown = message(acting(ANNA), id_)
    assert shown is not None and shown.attachment_name == "Beslut.pdf"


@pytest.mark.parametrize(
    ("person", "state", "why"),
    [
        (ANNA, "queued", ""),
        (BO, "withheld", "no address"),
        (CARIN, "withheld", "protected"),
        (DAN, "withheld", "no address"),
    ],
)
def test_who_gets_an_email(person: UUID, state: str, why: str) -> None:
    tell(person)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.why) == (state, why)
    assert len(inbox(acting(person)).rows) == 1
