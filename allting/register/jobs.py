"""Work after an act: those whose facts may have changed are listed, a new contact is kept."""

from uuid import UUID

from django_tasks import task

from allting.kernel.api import as_uuid, marks, record, rows, write
from allting.register.changes import note_changes
from allting.register.models import Person

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


@task()
def keep_given_contact(person: str, contact: dict[str, str], account: str, source: str) -> None:
    """Keep what was given; twice changes nothing more, and nothing once they are protected."""
    wanted = {name: contact[name] for name in ("email", "phone") if contact.get(name)}
    with write():
        held = Person.objects.select_for_update().filter(id=person).first()
        if held is None or held.protection != Person.Protection.NONE:
            return
        changed = sorted(name for name, value in wanted.items() if getattr(held, name) != value)
        if not changed:
            return
        Person.objects.filter(id=held.id).update(**{name: wanted[name] for name in changed})
        record(account, "save-contact", person, changed=changed, source=source)
        note_changes([held.id], "contact")
