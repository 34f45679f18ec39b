"""The named handler is told that a protected person waits to be reached; of whom, nothing."""

from datetime import datetime

from allting.notifications.api import TaskList, task_list
from allting.offers.models import ByHand
from allting.register.api import NAMED_HANDLER
from allting.ui.api import later


def _boards(since: datetime) -> set[str]:
    waits = ByHand.objects.filter(done_at=None, made_at__gt=since)
    return set(waits.values_list("board", flat=True))


BY_HAND = task_list(
    TaskList(
        name="offers-by-hand",
        role=NAMED_HANDLER,
        subject=later("There is somebody for you to reach"),
        body=later(
            "A machine must not make this offer: it waits for you as named handler.\n\n"
            "[Open your list]({link})"
        ),
        url="/desk/offers/by-hand/",
        boards=_boards,
    )
)
