"""How long kept plans are kept: after their day, and after they were last changed."""

from datetime import date, timedelta

from django.conf import settings
from pydantic import TypeAdapter

from allting.journeys.models import KeptPlan
from allting.kernel.api import SWEDEN, today
from allting.packages.api import Duration

SOON = timedelta(60)  # so long before, its page says that it goes
_DURATION: TypeAdapter[Duration] = TypeAdapter(Duration)


def goes_on(kept: KeptPlan) -> date:
    """The day on which it is removed: so long after its day, and after it was last changed."""
    changed = kept.changed_at.astimezone(SWEDEN).date()
    length = _DURATION.validate_python(settings.ALLTING_PLANS_KEPT)
    return length.after(max(changed, kept.day or changed))


def goes_soon(kept: KeptPlan) -> date | None:
    """The day on which it is removed, where that is near."""
    day = goes_on(kept)
    return day if day <= today() + SOON else None
