"""Work that nobody waits for: plans that have been left are removed, with their reminders."""

from datetime import date, timedelta
from uuid import UUID

from django_tasks import task

from allting.journeys.following import under
from allting.journeys.models import KeptPlan, PlanReader
from allting.journeys.retention import goes_on
from allting.kernel.api import now, record, schedule, today, write
from allting.notifications.api import follow

AT_A_TIME = 200  # short transactions: others write meanwhile
_FIRST = UUID(int=0)
_SHORTEST = timedelta(days=1)  # no length of time is shorter


@task()
def remove_old_plans() -> int:
    """Remove what has been kept for its time. Stopped half-way, it begins anew."""
    removed, last, day = 0, _FIRST, today()
    while True:
        found = list(
            KeptPlan.objects.filter(id__gt=last, changed_at__lt=now() - _SHORTEST).order_by("id")[
                :AT_A_TIME
            ]
        )
        removed += sum(_remove(kept.id, day) for kept in found if goes_on(kept) <= day)
        if len(found) < AT_A_TIME:
            return removed
        last = found[-1].id


def _remove(id: UUID, day: date) -> bool:
    """One, with its last days; not if its owner has changed it since it was read."""
    with write():
        kept = KeptPlan.objects.select_for_update().filter(id=id).first()
        if kept is None or goes_on(kept) > day:
            return False
        readers = PlanReader.objects.filter(plan=kept).values_list("person", flat=True)
        for person in (kept.owner, *readers):
            follow(person, under(id), ())
        kept.delete()
        record("Allting", "old plan removed", f"plan {id}")
    return True


schedule("journeys.remove-old-plans", remove_old_plans, every="day at 03:20")
