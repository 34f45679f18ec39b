"""What the register listens to: its own news, so that those who follow changes are told."""

from functools import partial

from allting.kernel.api import at_the_end, subscribe
from allting.register.changes import note_declared
from allting.register.events import FactsDeclared


@subscribe(FactsDeclared)
def list_the_change(event: FactsDeclared) -> None:
    """Add to the list of changes last of all: others who add to it wait until the commit."""
    home = any(name.startswith("household.") for name in event.names)
    people = [event.applicant] if home else []
    people += [event.applicant if n.startswith("applicant.") else event.subject
               for n in event.names if not n.startswith("household.")]  # fmt: skip
    at_the_end(partial(note_declared, frozenset(people), home=home))
