"""What cases listen to."""

from allting.cases.receive import receive
from allting.forms.api import FormSubmitted
from allting.kernel.api import subscribe


@subscribe(FormSubmitted)
def open_case(event: FormSubmitted) -> None:
    """A submitted form becomes a case, in the same transaction."""
    receive(event)
