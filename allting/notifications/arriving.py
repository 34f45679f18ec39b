"""What comes back: receipts, bounces, and text messages that people send us."""

from datetime import datetime
from uuid import UUID

from allting.kernel.api import announce, insert, write
from allting.notifications.actions import move, send
from allting.notifications.events import TextReceived
from allting.notifications.models import Delivery
from allting.notifications.preferences import mark_broken
from allting.notifications.texting import e164
from allting.ui.api import translator


def receipt(name: str, *, delivered: bool, why: str = "") -> bool:
    """A gateway tells how it went with what we gave it under `name`; False if it changed nothing.

    Receipts may come in any order, again, and before the answer to the sending itself.
    """
    id_ = Delivery.objects.filter(mail_id=name).values_list("id", flat=True).first()
    return id_ is not None and move(id_, "delivered" if delivered else "returned", why)


def text_received(*, id: str, from_number: str, text: str, at: datetime) -> bool:
    """Somebody has sent us a text message. Announced once for each `id`; False the next times."""
    number = e164(from_number) or from_number[:20]
    row = {
        "provider_id": id,
        "from_number": number,
        "text": text,
        "at": at,
        "settled_by": "",
        "answer": "",
        "answer_state": "",
    }
    with write():
        if insert("notifications_receivedtext", row, unique="provider_id") is None:
            return False
        announce(TextReceived(id=id, from_number=number, text=text, at=at))
    return True


def bounced(delivery_id: UUID, *, why: str, address_works: bool) -> bool:
    """An e-mail came back; False if that changed nothing.

    If the address is at fault, nothing more is sent there, and the person is told in the inbox.
    """
    with write():
        moved = move(delivery_id, "returned", why)
        found = Delivery.objects.select_related("message").filter(id=delivery_id).first()
        if moved and found is not None and not address_works and mark_broken(found.sent_to, why):
            _tell_of_broken(found)
    return moved


def _tell_of_broken(found: Delivery) -> None:
    language = found.message.language
    _ = translator(language)
    send(
        to_person=found.message.to_person,
        kind="address",
        subject=_("We cannot reach you by e-mail"),
        body_markdown=_(
            "What we send to your e-mail address comes back to us, so we have stopped writing "
            "there. Everything is still here in your inbox.\n\n"
            "[See and change your address](/{language}/my/contact/)",
            language=language,
        ),
        language=language,
        occasion=f"address:{found.id}",
    )


def mail_delivered(delivery_id: UUID) -> bool:
    """The other mail server says that it has put the mail in the mailbox."""
    return move(delivery_id, "delivered")
