"""Work after an act: a new contact is kept."""

from django_tasks import task

from allting.kernel.api import record, write
from allting.register.changes import note_changes
from allting.register.models import Person


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
