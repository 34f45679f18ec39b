"""Why something could not be done, in words for whoever tried. Sentences are translated later."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from allting.ui.api import Translator, later


class NotDone(Exception):
    """Nothing was changed; `said` tells why."""

    def __init__(self, sentence: str, **values: Any) -> None:
        super().__init__(sentence.format(**values))
        self.sentence = sentence
        self.values = values

    def said(self, speak: Translator) -> str:
        """The reason in the reader's language."""
        return speak(self.sentence, **self.values)


class Overtaken(NotDone):
    """The case is no longer as the person saw it: someone else was first."""


class NotNow(NotDone):
    """The move is not one that can be made as the case stands."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend in what was filled in."""

    field: str
    sentence: str
    values: dict[str, Any] = dataclasses.field(default_factory=dict)

    def said(self, speak: Translator) -> str:
        """The fault in the reader's language."""
        return speak(self.sentence, **self.values)


class Incomplete(NotDone):
    """What was filled in cannot be used; `faults` say what to mend, each by its field."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(later("Something is missing or cannot be read."))
        self.faults = faults
