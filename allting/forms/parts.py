"""The shape of `form.yaml`: the questions of a service, in pages of one thing each."""

from typing import Literal, get_args

from pydantic import Field

from allting.packages.api import Duration, FileKind, Id, Part, SqlExpression, Text

KindName = Literal[
    "text", "long-text", "email", "phone", "date", "number", "money", "yes-no", "choice",
    "choices", "child", "unit", "wishes", "address", "file", "consent",
]  # fmt: skip
KIND_NAMES: tuple[str, ...] = get_args(KindName)


class Option(Part):
    """One answer to choose."""

    id: Id
    label: Text
    hint: Text | None = None


class Question(Part):
    """One question. What each key means for each kind stands in docs/package-language.md."""

    id: Id
    kind: KindName
    label: Text
    hint: Text | None = None
    required: bool = True
    asked_if: SqlExpression | None = None
    known_from: str | None = None
    declares: str | None = None
    valid_if: SqlExpression | None = None
    error: Text | None = None
    min: int | float | str | None = None
    max: int | float | str | None = None
    options: tuple[Option, ...] = ()
    units: Id | None = None

    @property
    def name(self) -> str:
        """The question's name in conditions, after `answers.`."""
        return self.id.replace("-", "_")


class Page(Part):
    """One page of the form: one thing to answer, now and then two."""

    id: Id
    title: Text
    text: Text | None = None
    asked_if: SqlExpression | None = None
    questions: tuple[Question, ...] = Field(min_length=1)


class Form(Part):
    """`services/<id>/form.yaml`."""

    pages: tuple[Page, ...] = Field(min_length=1)
    keep_drafts: Duration | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions, in order."""
        return tuple(question for page in self.pages for question in page.questions)


FORM = FileKind("form", "services/{id}/form.yaml", Form, room="forms")
