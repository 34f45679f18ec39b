"""What every kind of question can do: read what was posted, give facts, say itself in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.http import QueryDict

from allting.conditions.api import FactType
from allting.ui.api import Translator

if TYPE_CHECKING:
    from allting.forms.parts import Question

Posted = QueryDict
Answer = Any  # a plain JSON value; each kind states which
Value = str | bool | int | date | Any | None  # what a condition sees


@dataclass(frozen=True)
class Choice:
    """Something to choose: a child, a unit, an option, with words in one language."""

    id: str
    label: str
    hint: str | None = None


@dataclass(frozen=True)
class About:
    """What a kind may lean on when it reads, besides the question itself."""

    language: str
    _: Translator  # of the person's language
    as_of: date
    choices: Sequence[Choice] = ()  # for child, unit and wishes
    files: Sequence[Mapping[str, Any]] = ()  # for file: what has been attached so far


class Mistake(Exception):
    """An answer that cannot be taken. `part` names the one input to mend, if not the first."""

    def __init__(self, text: str, part: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.part = part


@dataclass(frozen=True)
class Kind:
    """One kind of question. Subclasses override what differs."""

    name: str
    # the facts an answer gives to conditions: suffix of the question's name -> type
    gives: Mapping[str, FactType] = field(default_factory=dict)
    # the inputs on the page: suffixes of the question's id
    parts: tuple[str, ...] = ("",)

    @cached_property
    def checks(self) -> bool:
        """Whether `check` of this kind looks at anything."""
        return type(self).check is not Kind.check

    def facts(self, question: "Question") -> Mapping[str, FactType]:
        """The facts this question gives, by suffix."""
        return self.gives

    def posted(self, question: "Question", posted: Posted) -> Any:
        """What the person typed, as typed, to be shown again when something is wrong."""
        return posted.get(question.id, "")

    def read(self, question: "Question", posted: Posted, about: About) -> Answer | None:
        """The answer in what was posted, or None if it was left empty. Raises Mistake."""
        raise NotImplementedError

    def check(self, question: "Question", answer: Answer, about: About) -> None:
        """Whether an answer that could be read may stand on this day. Raises Mistake."""

    def values(self, question: "Question", answer: Answer) -> Mapping[str, Value]:
        """The answer as conditions see it, by suffix."""
        return {"": answer}

    def from_fact(self, value: Value) -> Answer | None:
        """The answer that a fact of the register would be, or None if it cannot be one."""
        return str(value) if value is not None else None

    def typed(self, answer: Answer, language: str) -> Any:
        """The answer as the person would type it, to be changed."""
        return answer

    def words(self, question: "Question", answer: Answer, about: About) -> str:
        """The answer in words, for reading."""
        return str(answer)

    def missing(self, about: About) -> str:
        """What to say when a required answer was left out."""
        return about._("Answer the question")
