"""One page as posted: answers where they can be taken, and for the others what to mend."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from allting.forms.kinds import Mistake, Posted
from allting.forms.models import Attachment
from allting.forms.plan import Plan, PlannedPage, PlannedQuestion
from allting.forms.queries import file_answer
from allting.forms.rules import accepted, to_ask, values_for
from allting.forms.sitting import Sitting
from allting.register.api import is_guardian
from allting.ui.api import plain, translator


@dataclass(frozen=True)
class Wrong:
    """Something to mend: the question, the input to go to, what to do."""

    question: str
    part: str
    text: str

    @property
    def href(self) -> str:
        """Where the error summary leads."""
        return f"#{self.question}{self.part}"

    def named(self, plan: Plan, language: str) -> str:
        """The same with the question before it, where there are several."""
        return f"{plain(plan.questions[self.question].question.label, language)}: {self.text}"


@dataclass
class Reading:
    """What a posted page says."""

    answers: dict[str, Any] = field(default_factory=dict)  # of this page, None for left empty
    typed: dict[str, Any] = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)
    known: dict[str, Any] = field(default_factory=dict)
    asked: list[PlannedQuestion] = field(default_factory=list)
    revealed: list[str] = field(default_factory=list)  # asked now, but not yet shown


def read_page(
    sitting: Sitting,
    page: PlannedPage,
    posted: Posted,
    shown: Iterable[str],
    files: Mapping[str, Sequence[Attachment]],
    language: str,
) -> Reading:
    """Read every question of `page` that is asked, in order: each sees the answers before it."""
    found = Reading()
    here = {planned.id for planned in page.questions}
    others = {id: answer for id, answer in sitting.answers.items() if id not in here}
    values = values_for(sitting.plan, sitting.way, others, sitting.facts)
    seen = set(shown)
    for planned in page.questions:
        if not to_ask(planned.asked_if, values, sitting.as_of):
            continue
        found.asked.append(planned)
        if planned.id not in seen:
            found.revealed.append(planned.id)
            continue
        _read(sitting, planned, posted, files.get(planned.id, ()), language, found, values)
    return found


def _read(
    sitting: Sitting,
    planned: PlannedQuestion,
    posted: Posted,
    files: Sequence[Attachment],
    language: str,
    found: Reading,
    values: dict[str, Any],
) -> None:
    lean = replace(
        sitting.about(planned, language),
        files=[file_answer(file) for file in files],
    )
    found.typed[planned.id] = planned.kind.posted(planned.question, posted)
    try:
        answer = planned.kind.read(planned.question, posted, lean)
        if answer is None and planned.question.required:
            raise Mistake(planned.kind.missing(lean), planned.kind.parts[0])
        if answer is not None:
            planned.kind.check(planned.question, answer, lean)
        values |= planned.values({planned.id: answer})
        if answer is not None and not accepted(planned, values, sitting.as_of):
            raise Mistake(not_accepted(planned, language), planned.kind.parts[0])
    except Mistake as mistake:
        found.wrong.append(Wrong(planned.id, mistake.part, mistake.text))
        return
    found.answers[planned.id] = answer
    known = sitting.known(planned)
    if known is not None:
        found.known[planned.id] = known


def not_accepted(planned: PlannedQuestion, language: str) -> str:
    """What to say when a question's own condition does not hold."""
    if planned.question.error is not None:
        return plain(planned.question.error, language)
    _ = translator(language)
    return _("Check the answer")


def still_wrong(sitting: Sitting, language: str) -> list[Wrong]:
    """Answers given earlier that no longer hold on this day, or are missing: nothing posted."""
    values = sitting.values
    return [
        wrong
        for planned in sitting.way.questions
        if (wrong := _still_wrong(sitting, planned, values, language)) is not None
    ]


def _still_wrong(
    sitting: Sitting, planned: PlannedQuestion, values: Mapping[str, Any], language: str
) -> Wrong | None:
    answer = sitting.answers.get(planned.id)
    if answer is not None and planned.question.kind == "child":
        # whether they still are a guardian is one question; who all the children are is more
        return None if _may_answer_for(sitting, answer) else _choose_anew(planned, language)
    try:
        if answer is None:
            if planned.question.required or planned.id not in sitting.answers:
                raise Mistake(planned.kind.missing(sitting.about(planned, language)))
            return None
        if planned.kind.checks:
            planned.kind.check(planned.question, answer, sitting.about(planned, language))
        if not accepted(planned, values, sitting.as_of):
            raise Mistake(not_accepted(planned, language))
    except Mistake as mistake:
        return Wrong(planned.id, mistake.part, mistake.text)
    return None


def _may_answer_for(sitting: Sitting, child: str) -> bool:
    known = sitting.seen.get("children")
    if known is not None:
        return child in {str(card.id) for card in known}
    person, whom = sitting.draft.person, UUID(child)
    if whom == sitting.facts.guarded and person == sitting.actor.person:
        return True  # found when the facts were read
    return is_guardian(person, whom, sitting.as_of)


def _choose_anew(planned: PlannedQuestion, language: str) -> Wrong:
    _ = translator(language)
    return Wrong(planned.id, "", _("Choose one of them"))


def mark_of(answers: Mapping[str, Any], page: PlannedPage) -> str:
    """A mark of what is saved for a page; another device's change gives another mark."""
    saved = {
        planned.id: answers.get(planned.id)
        for planned in page.questions
        if planned.question.kind != "file"  # files are kept one by one as they come
    }
    text = json.dumps(saved, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2s(text.encode(), digest_size=6).hexdigest()
