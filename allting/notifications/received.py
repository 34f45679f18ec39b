"""Text messages that people have sent us: taken as an answer by a room, or read by an employee."""

from dataclasses import dataclass
from datetime import datetime

from django_tasks import TaskContext, task

from allting.identity.api import Actor
from allting.kernel.api import now, record, write
from allting.notifications.models import ReceivedText
from allting.notifications.ports import PermanentFailure, manners, sms_gateway
from allting.notifications.rules import after_quiet

LONGEST = 300  # characters in an answer: two parts as the networks count
ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text message as the registrar sees it: from where it came only so far that two senders
    can be told apart."""

    id: int
    sender: str
    text: str
    at: datetime
    replied_at: datetime | None  # by the machine that did not understand it
    settled_at: datetime | None
    settled_by: str  # "" for the machine that took it as an answer
    answer: str
    answer_state: str


_FIELDS = (
    "id", "from_number", "text", "at", "replied_at", "settled_at", "settled_by", "answer",
    "answer_state",
)  # fmt: skip


def _row(id: int, number: str, *more: object) -> TextRow:
    return TextRow(id, masked(number), *more)  # type: ignore[arg-type]


def masked(number: str) -> str:
    """
    >>> masked("+46701740605"), masked("ICA")
    ('… 05', '… CA')
    """
    return f"… {number[-2:]}"


# ---- by the house


def text_understood(provider_id: str, *, settled: bool) -> None:
    """A room has answered a text; `settled` where it was understood and nobody need read it."""
    moment = now()
    found = ReceivedText.objects.filter(provider_id=provider_id)
    with write():
        found.filter(replied_at=None).update(replied_at=moment)
        if settled:
            found.filter(settled_at=None).update(settled_at=moment)


# ---- by an employee; the caller has checked that they keep the post


def texts(
    actor: Actor, *, settled: bool = False, after: int | None = None, limit: int = 20
) -> list[TextRow]:
    """Texts that wait to be read, the oldest first; or those that are settled, the latest first.
    That they were read is logged."""
    found = ReceivedText.objects.filter(settled_at__isnull=not settled)
    if after is not None:
        found = found.filter(id__lt=after) if settled else found.filter(id__gt=after)
    rows = list(found.order_by("-id" if settled else "id").values_list(*_FIELDS)[:limit])
    if rows:
        with write():
            record(str(actor.account), "texts:read", "text messages", ids=[row[0] for row in rows])
    return [_row(*row) for row in rows]


def waiting_texts() -> int:
    """How many wait to be read."""
    return ReceivedText.objects.filter(settled_at=None).count()


def text_for(actor: Actor, id: int) -> TextRow | None:
    """One text message; that it was read is logged."""
    row = ReceivedText.objects.filter(id=id).values_list(*_FIELDS).first()
    if row is None:
        return None
    with write():
        record(str(actor.account), "texts:read", "text message", ids=[id])
    return _row(*row)


def settle_text(actor: Actor, id: int, answer: str = "") -> bool:
    """Say that a text is dealt with, with an answer by text or none; False where it was already.

    The answer waits for the end of the quiet hours. Raises ValueError for one too long.
    """
    said = " ".join(answer.split())
    if len(said) > LONGEST:
        raise ValueError(f"the answer has {len(said)} characters; at most {LONGEST}")
    moment = now()
    with write():
        done = ReceivedText.objects.filter(id=id, settled_at=None).update(
            settled_at=moment,
            settled_by=actor.name,
            answer=said,
            answer_state="queued" if said else "",
        )
        if done:
            record(str(actor.account), "texts:settle", f"text {id}", answered=bool(said))
            if said:
                send_answer.using(run_after=after_quiet(moment, manners())).enqueue(id)
    return bool(done)


@task(takes_context=True, max_attempts=ATTEMPTS, first_wait=30, longest_wait=4 * 3600)  # type: ignore[call-overload,untyped-decorator,unused-ignore]
def send_answer(context: TaskContext, id: int) -> str:
    """Send an employee's answer, once: tried again the gateway knows it by the same name."""
    found = ReceivedText.objects.get(id=id)
    gateway = sms_gateway()
    if gateway is None or found.answer_state == "sent":
        return "nothing to send"
    try:
        gateway.send(id=f"answer-{id}", to=found.from_number, text=found.answer)
    except PermanentFailure:
        return _became(id, "failed")
    except Exception:
        if context.attempt >= ATTEMPTS:
            return _became(id, "failed")
        raise
    return _became(id, "sent")


def _became(id: int, state: str) -> str:
    with write():
        ReceivedText.objects.filter(id=id).update(answer_state=state)
    return state
