"""What a service takes in, and what it is called: an application, a question, a report of a fault.

CPSV-AP has no property for it, so it stays in the package and is not exported.
"""

from dataclasses import dataclass
from typing import Literal

from allting.ui.api import later

Kind = Literal[
    "application", "notification", "report", "question", "opinion", "proposal", "order",
    "booking", "request",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class KindWords:
    """Sentences that are not the same for all kinds; whole ones, for languages inflect."""

    start: str  # on the button
    go_on: str  # on the button, when there is a draft
    received: str  # on the receipt
    name: str  # of what was sent in, as a heading


WORDS: dict[Kind, KindWords] = {
    "application": KindWords(
        later("Apply"),
        later("Continue your application"),
        later("We have received your application"),
        later("The application"),
    ),
    "notification": KindWords(
        later("Notify us"),
        later("Continue your notification"),
        later("We have received your notification"),
        later("The notification"),
    ),
    "report": KindWords(
        later("Report it"),
        later("Continue your report"),
        later("We have received your report"),
        later("The report"),
    ),
    "question": KindWords(
        later("Ask"),
        later("Continue your question"),
        later("We have received your question"),
        later("The question"),
    ),
    "opinion": KindWords(
        later("Tell us what you think"),
        later("Continue what you began to write"),
        later("We have received what you wrote"),
        later("What was written"),
    ),
    "proposal": KindWords(
        later("Make your proposal"),
        later("Continue your proposal"),
        later("We have received your proposal"),
        later("The proposal"),
    ),
    "order": KindWords(
        later("Order"),
        later("Continue your order"),
        later("We have received your order"),
        later("The order"),
    ),
    # nothing is booked before the municipality has answered, and no word says otherwise
    "booking": KindWords(
        later("Book"),
        later("Continue your booking request"),
        later("We have received your booking request"),
        later("The booking request"),
    ),
    "request": KindWords(
        later("Make a request"),
        later("Continue your request"),
        later("We have received your request"),
        later("The request"),
    ),
}
