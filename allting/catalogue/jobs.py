"""Work that nobody waits for."""

from django_tasks import task

from allting.catalogue.missed import weed
from allting.kernel.api import schedule, today


@task()
def forget_missed_searches() -> None:
    """Forget what is no longer needed of searches that found nothing."""
    weed(today())


schedule("catalogue.forget-missed-searches", forget_missed_searches, every="day at 03:20")
