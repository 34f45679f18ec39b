"""Work that nobody waits for."""

from django_tasks import task

from allting.kernel.api import schedule
from allting.workplace.written import forget_old


@task()
def forget_what_was_left() -> int:
    """Remove what was written for a move and never come back for."""
    return forget_old()


schedule("workplace.forget-what-was-left", forget_what_was_left, every="1 hour")
