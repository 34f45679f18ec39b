"""What plans are made from: goals, needs, windows, who acts, and the questions asked of people."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, WithJsonSchema, model_validator

from allting.catalogue.offsets import Offset, never
from allting.catalogue.shapes import Phone, Web
from allting.packages.api import Id, Law, Part, SqlExpression, Text, fault

AskedBy = Literal["applicant", "all-guardians", "both-spouses", "person", "estate"]
NeededAt = Literal["application", "decision", "event"]


class DoneBy(Part):
    """Who does a service that the municipality does not: an authority, a court, a bank, anyone."""

    authority: Text
    web: Web | None = None
    phone: Phone | None = None


class Window(Part):
    """When a step may begin, must have begun and must be done, told by the event's day."""

    opens: Offset | None = None
    closes: Offset | None = None
    ends: Offset | None = None
    law: Law = ()

    @model_validator(mode="after")
    def _can_be_met(self) -> Self:
        if self.opens is None:
            return self
        for name, last in (("closes", self.closes), ("ends", self.ends)):
            if last is not None and never(self.opens, last):
                raise fault(
                    f"the window can never be met: it opens ({self.opens}) "
                    f"after it {name} ({last})",
                    expected=f"opens before {name}",
                )
        return self


class Requirement(Part):
    """An evidence that the service asks for: of whom, and when it must be there."""

    evidence: Id
    says: Text | None = None
    optional: bool = False
    needed_if: SqlExpression | None = None
    at: NeededAt = "application"

    @model_validator(mode="after")
    def _said_once(self) -> Self:
        if self.optional and self.needed_if is not None:
            raise fault(
                "it is both optional and needed_if",
                expected="needed_if where a condition tells of whom it is asked, else optional",
                mend="take 'optional' away",
            )
        return self


class Goal(Part):
    """A service that a life event leads to: for whom, and when it must be done."""

    service: Id
    wanted_if: SqlExpression | None = None
    by: Offset | None = None

    @model_validator(mode="before")
    @classmethod
    def _id_alone(cls, value: Any) -> Any:
        return {"service": value} if isinstance(value, str) else value


Goals = tuple[
    Annotated[
        Goal,
        WithJsonSchema(
            {
                "anyOf": [
                    {"type": "string", "pattern": "^[a-z][a-z0-9-]*$"},
                    {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["service"],
                        "properties": {
                            "service": {"type": "string", "pattern": "^[a-z][a-z0-9-]*$"},
                            "wanted_if": {"type": ["string", "number", "boolean"]},
                            "by": {"type": "string"},
                        },
                    },
                ]
            }
        ),
    ],
    ...,
]
"""Goals as they are written: a service's id alone, or with when it is wanted."""


class EventDay(Part):
    """What the day of a life event is called, and where it may be known from."""

    label: Text
    hint: Text | None = None
    known_from: str | None = None


class PlanOption(Part):
    """One answer to choose."""

    id: Id
    label: Text
    hint: Text | None = None


class PlanQuestion(Part):
    """A plain question that plans are made from; asked once for all life events."""

    id: Id
    kind: Literal["yes-no", "choice", "date", "number"]
    label: Text
    hint: Text | None = None
    options: tuple[PlanOption, ...] = ()
    known_from: str | None = None

    @model_validator(mode="after")
    def _something_to_choose(self) -> Self:
        if self.kind == "choice" and len(self.options) < 2:
            raise fault("there is nothing to choose between", expected="at least two options")
        if self.kind != "choice" and self.options:
            raise fault(
                f"a question of the kind {self.kind} has no options",
                expected="options only where kind is choice",
                mend="write kind: choice, or take the options away",
            )
        return self


class PlanQuestions(Part):
    """`questions.yaml`."""

    questions: tuple[PlanQuestion, ...] = Field(min_length=1)


class AskedBefore(Part):
    """A question that somebody asked, with the municipality's answer (Markdown)."""

    id: Id
    question: Text
    answer: Text


class AskedOften(Part):
    """`services/<id>/faq.yaml`."""

    questions: tuple[AskedBefore, ...] = Field(min_length=1)


class Synonym(Part):
    """Words that people use, and the word here that they mean, by language."""

    says: dict[str, tuple[str, ...]]
    means: dict[str, str]


class Synonyms(Part):
    """`synonyms.yaml`."""

    synonyms: tuple[Synonym, ...]


class EverydayWord(Synonym):
    """The same with an id, so that a municipality can add to what it builds on."""

    id: Id


class EverydayWords(Part):
    """`everyday-words.yaml`."""

    words: tuple[EverydayWord, ...]
