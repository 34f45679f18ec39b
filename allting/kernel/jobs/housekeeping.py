"""The house's own recurring work."""

from datetime import timedelta

from django_tasks import task

from allting.kernel.clock import now
from allting.kernel.database import write
from allting.kernel.jobs.schedules import schedule
from allting.kernel.models import DONE, Job

KEEP_FINISHED = timedelta(days=7)
AT_A_TIME = 1000  # short transactions: others write meanwhile


@task()
def prune() -> int:
    """Remove finished jobs of last week and before; dead ones stay until a person decides."""
    old = Job.objects.filter(DONE, finished_at__lt=now() - KEEP_FINISHED)
    removed = 0
    while True:
        with write():
            ids = list(old.order_by("finished_at").values_list("pk", flat=True)[:AT_A_TIME])
            Job.objects.filter(pk__in=ids).delete()
        removed += len(ids)
        if len(ids) < AT_A_TIME:
            return removed


schedule("kernel.prune", prune, every="1 hour")
