"""Work after an act: those whose facts may have changed are listed."""

from uuid import UUID

from django_tasks import task

from allting.kernel.api import as_uuid, marks, rows, write
from allting.register.changes import note_changes

_AT_HOME = """
    SELECT DISTINCT n.person_id FROM register_membership m
    JOIN register_membership n ON n.household_id = m.household_id WHERE m.person_id IN ({ids})
"""


@task()
def note_declared(people: list[str], home: bool) -> None:
    """List these people, and with `home` those who live with them; twice does no harm."""
    ids = {UUID(id) for id in people}
    if home:
        ids |= {as_uuid(id) for (id,) in rows(_AT_HOME.format(ids=marks([*ids])), [*ids])}
    with write():
        note_changes(ids, "declared")
