"""Work that nobody waits for: drafts that have been left are removed, and their files."""

from datetime import timedelta
from uuid import UUID

from django_tasks import task

from allting.forms import storage
from allting.forms.keeping import goes_on
from allting.forms.models import Draft
from allting.forms.queries import DraftRow, drafts_left
from allting.kernel.api import now, schedule, today, write

AT_A_TIME = 200  # short transactions: others write meanwhile
_FIRST = UUID(int=0)
_SHORTEST = timedelta(days=1)  # no length of time is shorter


@task()
def remove_left_drafts() -> int:
    """Remove what nobody has touched for as long as it is kept.

    It goes through the drafts in the order of their ids, some at a time. Stopped half-way it
    begins anew, and finds that what it had removed is gone.
    """
    removed, last, day = 0, _FIRST, today()
    while True:
        found = drafts_left(last, now() - _SHORTEST, AT_A_TIME)
        removed += _remove([draft for draft in found if goes_on(draft) <= day])
        if len(found) < AT_A_TIME:
            return removed
        last = found[-1].id


def _remove(left: list[DraftRow]) -> int:
    """Remove these, but none that its owner has touched since it was read."""
    if not left:
        return 0
    seen = {draft.id: draft.version for draft in left}
    with write():
        held = Draft.objects.select_for_update().filter(id__in=seen, submitted_at=None)
        gone = [d.id for d in held.only("id", "version") if d.version == seen[d.id]]
        Draft.objects.filter(id__in=gone).delete()
        if gone:
            remove_files.enqueue([str(id) for id in gone])
    return len(gone)


@task()
def remove_files(drafts: list[str]) -> None:
    """Remove the files of drafts that are gone; what is gone already is no error."""
    for id in drafts:
        storage.forget(UUID(id))


schedule("forms.remove-left-drafts", remove_left_drafts, every="day at 03:10")
