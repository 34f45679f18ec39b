"""What the register listens to: its own news, so that those who follow changes are told."""

from allting.kernel.api import subscribe
from allting.register.events import FactsDeclared
from allting.register.jobs import note_declared


@subscribe(FactsDeclared)
def list_the_change(event: FactsDeclared) -> None:
    """A job adds to the list of changes: a submission does not wait in that list's queue."""
    home = any(name.startswith("household.") for name in event.names)
    people = [event.applicant] if home else []
    people += [event.applicant if n.startswith("applicant.") else event.subject
               for n in event.names if not n.startswith("household.")]  # fmt: skip
    note_declared.enqueue([str(id) for id in dict.fromkeys(people)], home)
