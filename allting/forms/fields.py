"""The questions of a page as fields: with what was saved, or with what was just typed."""

from collections.abc import Mapping, Sequence
from typing import Any

from allting.forms.drawing import Field
from allting.forms.kinds import About
from allting.forms.models import Attachment
from allting.forms.plan import PlannedQuestion
from allting.forms.queries import file_answer
from allting.forms.reading import Reading
from allting.forms.rules import AskedPage
from allting.forms.sitting import Sitting
from allting.ui.api import date as in_words

Files = Mapping[str, Sequence[Attachment]]


def as_saved(sitting: Sitting, asked: AskedPage, language: str) -> list[Field]:
    """Each question asked, with the answer saved, else with what the register knows."""
    return [_saved(sitting, planned, language) for planned in asked.questions]


def as_typed(sitting: Sitting, found: Reading, language: str, files: Files) -> list[Field]:
    """Each question asked, with what was typed and what is wrong with it."""
    return [_typed(sitting, planned, found, language, files) for planned in found.asked]


def _saved(sitting: Sitting, planned: PlannedQuestion, language: str) -> Field:
    answer = sitting.answers.get(planned.id)
    known = sitting.known(planned)
    lean = sitting.about(planned, language)
    shown = answer if planned.id in sitting.answers else known
    return Field(
        planned,
        value=_value(planned, shown, language),
        choices=lean.choices,
        known=_words(planned, known, lean),
        since=_since(sitting, planned, language),
        changed=known is not None and shown != known,
        files=answer if planned.question.kind == "file" and answer else (),
    )


def _typed(
    sitting: Sitting, planned: PlannedQuestion, found: Reading, language: str, files: Files
) -> Field:
    if planned.id not in found.typed:
        return _saved(sitting, planned, language)
    wrong = next((wrong for wrong in found.wrong if wrong.question == planned.id), None)
    lean = sitting.about(planned, language)
    known = sitting.known(planned)
    return Field(
        planned,
        value=found.typed[planned.id],
        error=wrong.text if wrong else None,
        wrong_part=wrong.part if wrong else "",
        choices=lean.choices,
        known=_words(planned, known, lean),
        since=_since(sitting, planned, language),
        changed=known is not None and found.answers.get(planned.id) != known,
        files=[file_answer(file) for file in files.get(planned.id, ())],
    )


def _since(sitting: Sitting, planned: PlannedQuestion, language: str) -> str:
    day = sitting.known_since(planned)
    return f", {in_words(language, day)}" if day else ""


def _value(planned: PlannedQuestion, answer: Any, language: str) -> Any:
    return None if answer is None else planned.kind.typed(answer, language)


def _words(planned: PlannedQuestion, known: Any, lean: About) -> str | None:
    return None if known is None else planned.kind.words(planned.question, known, lean)
