"""Background work: the last days of kept plans are reminded of by themselves.

Whose they are is worked out as the plan is, for each who keeps or shares it. That is done when a
plan is kept or shared, each morning where something it depends on has changed, and again before
anybody is told: nobody is reminded of a step that is done or has moved.
"""

from uuid import UUID

from django_tasks import task

from allting.journeys.models import KeptPlan
from allting.kernel.api import schedule, today, write

PLAN = "plan"
AT_A_TIME = 200


def under(plan: UUID) -> str:
    """What the names of a plan's last days begin with."""
    return f"{PLAN}:{plan}:"


def follow_soon(plan: UUID) -> None:
    """Let its last days be followed, by background work. Call inside `write()`."""
    follow_plan.enqueue(str(plan))


@task(max_attempts=25)  # type: ignore[call-overload,untyped-decorator,unused-ignore]
def follow_plan(plan: str) -> None:
    """Follow the last days of a plan, for everyone who keeps or shares it."""
    from allting.journeys.reminding import follow_now  # it opens plans, which begins this work

    follow_now(UUID(plan))


@task(max_attempts=5)  # type: ignore[call-overload,untyped-decorator,unused-ignore]
def follow_what_changed(after: str = "") -> None:
    """Each morning: follow the plans for which something may have changed, some at a time."""
    from allting.journeys.reminding import has_changed

    later = KeptPlan.objects.filter(id__gt=UUID(after)) if after else KeptPlan.objects.all()
    some = list(later.order_by("id")[:AT_A_TIME])
    changed = [it.id for it in some if has_changed(it, today())]
    with write():
        for id in changed:
            follow_soon(id)
        if len(some) == AT_A_TIME:
            follow_what_changed.enqueue(str(some[-1].id))


schedule("plans that move on", follow_what_changed, every="day at 05:30")
