"""The named handler is told that a protected child waits to be placed; of whom, nothing."""

from datetime import datetime

from allting.notifications.api import TaskList, task_list
from allting.placements.models import ByHand
from allting.register.api import NAMED_HANDLER
from allting.ui.api import later


def _boards(since: datetime) -> set[str]:
    waits = ByHand.objects.filter(done_at=None, made_at__gt=since)
    return set(waits.values_list("round__board", flat=True))


BY_HAND = task_list(
    TaskList(
        name="places-by-hand",
        role=NAMED_HANDLER,
        subject=later("There is somebody for you to place"),
        body=later(
            "A round must not place this child: it waits for you as named handler. You find it "
            "with the round, under “To place by hand”.\n\n[Open the rounds]({link})"
        ),
        url="/desk/rounds/",
        boards=_boards,
    )
)
