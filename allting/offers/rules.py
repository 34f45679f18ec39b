"""How an offer changes: one table. Pure: no database, clock or request."""

from datetime import date, datetime, time, timedelta

from django.db.models import TextChoices

from allting.kernel.api import SWEDEN


class State(TextChoices):
    """Where an offer stands."""

    MADE = "made"
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"  # by the municipality: the situation ended


MADE, SENT, ACCEPTED, DECLINED = State.MADE, State.SENT, State.ACCEPTED, State.DECLINED

# what can happen to an offer: in which states, the state that follows, and whether the place that
# it keeps is let go. Until it closes one may change one's mind, signed in.
MOVES: dict[str, tuple[tuple[State, ...], State, bool]] = {
    "tell": ((MADE,), SENT, False),
    "accept": ((MADE, SENT), ACCEPTED, False),
    "decline": ((MADE, SENT), DECLINED, True),
    "expire": ((MADE, SENT), State.EXPIRED, True),
    "withdraw": ((MADE, SENT), State.WITHDRAWN, True),
    "give-back": ((ACCEPTED,), DECLINED, True),
    "reopen": ((DECLINED,), SENT, False),
}
OPEN: tuple[State, ...] = (MADE, SENT)
ANSWERS = ("accept", "decline", "give-back", "reopen")
"""What an addressee can do, and only until the offer closes."""

# why an offer is withdrawn, as it is kept
ENDED = "ended"  # the situation is no longer there
PROTECTED = "protected"
DIED = "died"
BY_US = "by-us"  # an employee took it back

KEY_LASTS_ON = timedelta(days=30)
"""How long after it has closed a link still tells that it has, before it tells nothing."""


def is_open(state: str, closes: date, today: date) -> bool:
    """Whether it can be answered.

    >>> is_open("sent", date(2026, 11, 15), date(2026, 11, 15))
    True
    >>> is_open("sent", date(2026, 11, 15), date(2026, 11, 16))
    False
    """
    return state in OPEN and today <= closes


def key_expires(closes: date) -> datetime:
    """When a link to an offer no longer leads anywhere."""
    return datetime.combine(closes, time(), tzinfo=SWEDEN) + KEY_LASTS_ON


def occasion_text(value: object) -> str:
    """An occasion as it is kept: a day, a number, a text.

    >>> occasion_text(date(2026, 5, 1)), occasion_text(None), occasion_text(True)
    ('2026-05-01', '', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)[:100]
