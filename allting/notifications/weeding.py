"""Text messages that have come in are removed when the municipality has decided that they may be.

They are public documents, so nothing is removed unless the package states for how long they are
kept and by which decision.
"""

from datetime import date, datetime, time

from allting.kernel.api import SWEDEN, record, write
from allting.notifications.models import ReceivedText
from allting.notifications.ports import manners

AT_A_TIME = 500  # short transactions: others write meanwhile


def weed_texts(day: date) -> int:
    """Remove texts that were dealt with longer ago than they are kept; how many. Those that wait to
    be read, and those whose answer has not gone out, are left."""
    kept = manners().texts_kept
    if kept is None:
        return 0
    before = datetime.combine(kept.before(day), time(), SWEDEN)
    removed = 0
    while some := _some(before):
        removed += some
    return removed


def _some(before: datetime) -> int:
    old = ReceivedText.objects.filter(settled_at__lt=before).exclude(answer_state="queued")
    with write():
        ids = list(old.order_by("id").values_list("id", flat=True)[:AT_A_TIME])
        if ids:
            ReceivedText.objects.filter(id__in=ids).delete()
            record("Allting", "texts:weed", "text messages", ids=ids)
    return len(ids)
