"""The kind `file`. The files are stored when they arrive; the answer lists what is attached."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from allting.conditions.api import FactType
from allting.forms.kinds.base import About, Answer, Kind, Mistake, Posted, Value

if TYPE_CHECKING:
    from allting.forms.parts import Question

FILES = 5  # how many, where the package says nothing


@dataclass(frozen=True)
class File(Kind):
    """Attached files. The answer is a list of {id, name, media_type, size}."""

    gives: Mapping[str, FactType] = field(default_factory=lambda: {"": FactType.BOOLEAN})

    def posted(self, question: "Question", posted: Posted) -> Any:
        return None

    def read(self, question: "Question", posted: Posted, about: About) -> Answer | None:
        return [dict(file) for file in about.files] or None

    def check(self, question: "Question", answer: Answer, about: About) -> None:
        if question.min is not None and len(answer) < int(question.min):
            raise Mistake(about._("Attach at least {least} files", least=int(question.min)))

    def values(self, question: "Question", answer: Answer) -> Mapping[str, Value]:
        return {"": True}

    def from_fact(self, value: Value) -> Answer | None:
        return None

    def words(self, question: "Question", answer: Answer, about: About) -> str:
        return "\n".join(file["name"] for file in answer)

    def missing(self, about: About) -> str:
        return about._("Attach a file")


def most_files(question: "Question") -> int:
    """How many files may be attached."""
    return int(question.max or FILES)
