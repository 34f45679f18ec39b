"""What each kind of move does besides changing the stage. A move not named here does only that."""

from collections.abc import Callable

from allting.cases import letters
from allting.cases.deciding import Judged, judged, write_decision
from allting.cases.definitions import (
    ASK_FOR_SUPPLEMENT,
    DECIDE,
    NOTE,
    PROPOSE,
    SEND_BACK,
    SUPPLEMENT,
    TAKE,
)
from allting.cases.errors import Fault, Incomplete, NotNow
from allting.cases.models import Proposal, Supplement, SupplementFile
from allting.cases.steps import Step
from allting.cases.workdays import next_workday
from allting.ui.api import later

Effect = Callable[[Step], None]
LONGEST = 10_000  # characters in what somebody writes


def apply(step: Step) -> None:
    """Do what the move does, and tell the applicant if the table names a letter."""
    _not_too_long(step)
    EFFECTS.get(step.row.do, _only_the_stage)(step)
    if step.row.letter:
        letters.promise(
            step.case.id,
            step.row.letter,
            f"{step.case.number}/{step.row.do}/{step.case.version}",
            language=step.case.language,
            at=step.moment,
            message=step.given.text.strip(),
        )


def _not_too_long(step: Step) -> None:
    for name in ("text", "reason"):
        if len(getattr(step.given, name)) > LONGEST:
            raise Incomplete(Fault(name, later("Write at most {n} characters"), {"n": LONGEST}))


def _only_the_stage(step: Step) -> None:
    if step.row.letter:
        _must_write(step, later("Write what the applicant is to know"))


def _must_write(step: Step, sentence: str) -> None:
    if not step.given.text.strip():
        raise Incomplete(Fault("text", sentence))


def _take(step: Step) -> None:
    step.case.handler = step.actor.account
    step.case.handler_name = step.actor.name


def _ask_for_supplement(step: Step) -> None:
    _must_write(step, later("Write what you need from the applicant"))
    by = step.given.answer_by
    if by is not None and by <= step.today:
        raise Incomplete(Fault("answer_by", later("Choose a day that lies ahead")))
    if Supplement.objects.filter(case=step.case, answered_at=None).exists():
        raise NotNow(later("The applicant has already been asked, and has not answered yet."))
    Supplement.objects.create(
        case=step.case,
        asked_at=step.moment,
        asked_by=step.actor.name,
        text=step.given.text.strip(),
        answer_by=next_workday(by) if by else None,
    )


def _supplement(step: Step) -> None:
    asked_for = Supplement.objects.filter(case=step.case, answered_at=None).first()
    if asked_for is None:
        raise NotNow(later("There is nothing to answer: we have your answer already."))
    given = step.given
    if not given.text.strip() and not given.files:
        raise Incomplete(Fault("text", later("Write an answer or attach a file")))
    asked_for.answered_at = step.moment
    asked_for.answer = given.text.strip()
    asked_for.save(update_fields=["answered_at", "answer"])
    SupplementFile.objects.bulk_create(
        SupplementFile(
            supplement=asked_for,
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            digest=file.digest,
        )
        for file in given.files
    )


def _propose(step: Step) -> None:
    outcome, values, reason = _judged(step)
    Proposal.objects.create(
        case=step.case,
        at=step.moment,
        account=step.actor.account,
        name=step.actor.name,
        outcome=outcome.id,
        values=values,
        reason=reason,
    )


def _decide(step: Step) -> None:
    outcome, values, reason = _judged(step)
    write_decision(step.case, outcome, values, reason, by=step.actor, at=step.moment)


def _judged(step: Step) -> Judged:
    return judged(step.process, step.case.edition, step.given)


def _send_back(step: Step) -> None:
    _must_write(step, later("Write what has to be looked at again"))


def _note(step: Step) -> None:
    _must_write(step, later("Write the note"))


EFFECTS: dict[str, Effect] = {
    TAKE: _take,
    ASK_FOR_SUPPLEMENT: _ask_for_supplement,
    SUPPLEMENT: _supplement,
    PROPOSE: _propose,
    DECIDE: _decide,
    SEND_BACK: _send_back,
    NOTE: _note,
}
