"""Reading a report of delivery: what happened, and whether the address is to blame."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default

# RFC 3463: bad address, disabled mailbox, no such domain; a full mailbox (5.2.2) is no bad address
_BLAMES = ("5.0.", "5.1.", "5.2.1.", "5.4.4.")


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a mail."""

    action: str  # failed, delayed, delivered, relayed, expanded
    status: str  # RFC 3463, such as 5.1.1
    why: str

    @property
    def failed(self) -> bool:
        """Nobody will try any more."""
        return self.action == "failed"

    @property
    def address_works(self) -> bool:
        """Whether what went wrong says nothing of the address."""
        return not any(f"{self.status}.".startswith(it) for it in _BLAMES)


def read_report(source: bytes) -> Report | None:
    """The report in a mail, or None for a mail that is no report (a holiday reply, an advert)."""
    mail = message_from_bytes(source, policy=default)
    if mail.get_content_type() != "multipart/report":
        return None
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status":
            return next(_of_recipients(part), None)
    return None


def _of_recipients(part: EmailMessage | Message) -> Iterator[Report]:
    """One for each recipient; we write to one at a time. The first block is about the mail."""
    blocks = part.get_payload()
    for block in blocks if isinstance(blocks, list) else ():
        if not isinstance(block, Message):
            continue
        action = str(block.get("Action", "")).strip().lower()
        if action:
            status = str(block.get("Status", "")).split()
            yield Report(action, status[0] if status else "", _why(block))


def _why(block: Message) -> str:
    """The other server's own words, without the address, which is not for everyone to read."""
    said = str(block.get("Diagnostic-Code", "")).partition(";")[2] or str(block.get("Status", ""))
    words = [word for word in said.split() if "@" not in word]
    return " ".join(words)[:300]
