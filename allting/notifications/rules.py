"""Pure decisions: how a delivery changes state, what keeps it from being sent, and until when."""

from datetime import datetime, timedelta

from django.db.models import TextChoices

from allting.kernel.api import SWEDEN
from allting.notifications.ports import Contact, Manners
from allting.notifications.texting import e164


class Channel(TextChoices):
    """How news of a message reaches a person, besides the inbox."""

    EMAIL = "email"
    SMS = "sms"
    MAILBOX = "mailbox"  # a digital mailbox: see ports.MailboxGateway


class State(TextChoices):
    """Where a delivery stands."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"  # the next server has taken responsibility for it
    DELIVERED = "delivered"  # its receiver says that it has come
    RETURNED = "returned"  # it was taken, and came back
    FAILED = "failed"  # will be tried again
    DEAD = "dead"  # given up; a person may let it be tried again
    WITHHELD = "withheld"  # not to be sent: protected, turned off, or no address


Q, SENDING, SENT, FAILED = State.QUEUED, State.SENDING, State.SENT, State.FAILED
DELIVERED, RETURNED = State.DELIVERED, State.RETURNED
DEAD, WITHHELD = State.DEAD, State.WITHHELD

# what can happen to a delivery: in which states, and the state that follows
MOVES: dict[str, tuple[tuple[State, ...], State]] = {
    "begin": ((Q, FAILED, SENDING), SENDING),  # SENDING: the worker was killed in the midst of it
    # one that was called off while it was on its way, and went all the same
    "accepted": ((SENDING, WITHHELD), SENT),
    "failed": ((SENDING,), FAILED),
    "refused": ((SENDING,), DEAD),
    "withhold": ((Q, FAILED, SENDING), WITHHELD),
    # a receipt may come before the answer to the sending itself, or instead of it
    "delivered": ((SENDING, SENT, FAILED, DEAD, WITHHELD), DELIVERED),
    "returned": ((SENDING, SENT, FAILED), RETURNED),
    "retry": ((DEAD, RETURNED), Q),
}
WAITING = (Q, FAILED, SENDING)  # those that "begin" takes
STRANDED = (DEAD, RETURNED)

KEEPER = "registrar"  # the role of the package that sees what did not arrive
PROTECTED = "protected"
NO_ADDRESS = "no address"
NOT_WANTED = "not wanted"
BROKEN = "broken address"
NO_GATEWAY = "no gateway"
NO_MAILBOX = "no mailbox"
CALLED_OFF = "called off"  # what it told of was taken back before it went out


def why_withheld(contact: Contact | None, channel: Channel = Channel.EMAIL) -> str | None:
    """Why nothing may be sent this way, or None. Protection comes first: before any address."""
    if contact is not None and contact.protected:
        return PROTECTED
    return None if contact is not None and address_for(contact, channel) else NO_ADDRESS


def address_for(contact: Contact, channel: Channel) -> str | None:
    """Where news goes by this channel. A digital mailbox is found by the person themselves."""
    if channel is Channel.EMAIL:
        return contact.email
    return e164(contact.phone or "") if channel is Channel.SMS else "mailbox"


def after_quiet(moment: datetime, manners: Manners) -> datetime:
    """`moment`, or the end of the quiet hours (in Sweden) if it falls in them.

    >>> from datetime import time
    >>> night = Manners(time(21), time(7))
    >>> evening = datetime(2026, 11, 22, 22, 30, tzinfo=SWEDEN)
    >>> after_quiet(evening, night).isoformat()
    '2026-11-23T07:00:00+01:00'
    >>> after_quiet(datetime(2026, 11, 22, 6, 59, tzinfo=SWEDEN), night).isoformat()
    '2026-11-22T07:00:00+01:00'
    >>> noon = datetime(2026, 11, 22, 12, tzinfo=SWEDEN)
    >>> after_quiet(noon, night) == noon
    True
    """
    begins, ends = manners.quiet_from, manners.quiet_to
    if begins is None or ends is None or begins == ends:
        return moment
    here = moment.astimezone(SWEDEN)
    now = here.time()
    over_midnight = begins > ends
    quiet = (now >= begins or now < ends) if over_midnight else begins <= now < ends
    if not quiet:
        return moment
    day = here.date() + timedelta(days=int(over_midnight and now >= begins))
    end = datetime.combine(day, ends, SWEDEN)
    # when the clocks go back an hour comes twice: the end that is still to come
    return end if end.timestamp() > moment.timestamp() else end.replace(fold=1)
