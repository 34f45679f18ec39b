"""Verbs that change drafts, and the one that submits them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F

from allting.forms import storage
from allting.forms.events import FormSubmitted
from allting.forms.kinds.files import most_files
from allting.forms.models import Attachment, Draft
from allting.forms.plan import PlannedQuestion
from allting.forms.queries import (
    DraftRow,
    draft_of,
    drafts_of,
    file_answer,
    submission_id_of,
)
from allting.identity.api import Actor, person_of
from allting.kernel.api import add, announce, new_id, now, run, write
from allting.packages.api import Edition
from allting.register.api import contact_given


class Changed(Exception):
    """The draft has been changed, submitted or removed since it was read."""


@dataclass(frozen=True)
class Save:
    """What one page changes in a draft."""

    answers: Mapping[str, Any]
    known: Mapping[str, Any] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    page: str = ""
    way: Mapping[str, Any] | None = None


def start(actor: Actor, service: str, edition: Edition, *, language: str = "sv") -> DraftRow:
    """A new draft, or the actor's own that is still empty: pressing twice starts one."""
    with write():
        for draft in drafts_of(actor, service):
            if not draft.answers and draft.edition == edition.id:
                return draft
        moment = now()
        made = Draft.objects.create(
            person=person_of(actor),
            service=service,
            edition=edition.id,
            language=language,
            created_at=moment,
            changed_at=moment,
        )
        found = draft_of(actor, made.id)
    if found is None:
        raise LookupError(f"draft {made.id} was not found after it was made")
    return found


def save(draft: DraftRow, change: Save) -> None:
    """Write one page's change over exactly the draft that was read. Raises Changed."""
    with write():
        count = Draft.objects.filter(
            id=draft.id, person=draft.person, version=draft.version, submitted_at=None
        ).update(
            answers=dict(change.answers),
            known=dict(change.known),
            told=list(change.told),
            page=change.page,
            way=change.way,
            version=draft.version + 1,
            changed_at=now(),
        )
    if not count:
        raise Changed


def delete(draft: DraftRow) -> None:
    """Remove a draft and its files. Raises Changed if it has been submitted."""
    with write():
        _hold(draft)
        Draft.objects.filter(id=draft.id).delete()
        transaction.on_commit(lambda: storage.forget(draft.id))


@dataclass(frozen=True)
class Ready:
    """A draft whose answers are complete, and whom they concern."""

    draft: DraftRow
    subject: UUID
    answers: Mapping[str, Any]
    known: Mapping[str, Any]
    language: str
    contact: Mapping[str, str] = field(default_factory=dict)  # to be kept for next time
    account: UUID | None = None  # whose doing that is


_TAKE = (
    "UPDATE forms_draft SET submitted_at = %s, changed_at = %s, answers = '{}', known = '{}',"
    " version = version + 1"
    " WHERE id = %s AND person = %s AND version = %s AND submitted_at IS NULL"
)


def submit(ready: Ready) -> UUID:
    """Submit a draft exactly once; returns the submission, also when it was already made.

    The update takes the draft: of two that try at once one changes a row and the other, having
    waited, changes none. Raises Changed if the draft has got other answers since it was read.
    """
    draft, moment = ready.draft, now()
    with write():
        taken = run(_TAKE, [moment, moment, draft.id, draft.person, draft.version])
        submission = _submitted(ready, moment) if taken else submission_id_of(draft.id)
    if submission is None:  # said here: nothing was changed, so nothing is to be undone
        raise Changed
    return submission


def _submitted(ready: Ready, moment: datetime) -> UUID:
    draft, submission = ready.draft, new_id()
    add("forms_submission", _row(submission, ready, moment))
    if ready.contact:
        contact_given(draft.person, ready.contact, account=ready.account, source=str(submission))
    announce(
        FormSubmitted(
            submission=submission,
            service=draft.service,
            edition=draft.edition,
            applicant=draft.person,
            subject=ready.subject,
            answers=ready.answers,
            submitted_at=moment,
            language=ready.language,
        )
    )
    return submission


def _row(submission: UUID, ready: Ready, moment: datetime) -> dict[str, Any]:
    draft = ready.draft
    return {
        "id": submission,
        "draft_id": draft.id,
        "service": draft.service,
        "edition": draft.edition,
        "applicant": draft.person,
        "subject": ready.subject,
        "answers": dict(ready.answers),
        "known": dict(ready.known),
        "language": ready.language,
        "submitted_at": moment,
    }


def attach(draft: DraftRow, planned: PlannedQuestion, file: UploadedFile[Any]) -> Attachment:
    """Keep a file with a draft. Raises storage.Unfit, also when there are enough already."""
    kept = storage.keep(draft.id, file.chunks())
    try:
        with write():
            _hold(draft)
            there = Attachment.objects.filter(draft_id=draft.id, question=planned.id)
            same = there.filter(digest=kept.digest).first()
            if same is not None:
                return same
            if there.count() >= most_files(planned.question):
                raise storage.Unfit("many")
            made = Attachment.objects.create(
                draft_id=draft.id,
                question=planned.id,
                name=storage.safe_name(file.name or "", kept.media_type),
                media_type=kept.media_type,
                size=kept.size,
                digest=kept.digest,
                created_at=now(),
            )
            _list_files(draft.id, planned.id)
            return made
    except (storage.Unfit, Changed):
        _forget_unless_used(draft.id, kept.digest)
        raise


def detach(draft: DraftRow, attachment: UUID) -> None:
    """Remove one attached file from a draft; one that is gone is no error. Raises Changed."""
    with write():
        _hold(draft)
        found = Attachment.objects.filter(id=attachment, draft_id=draft.id).first()
        if found is None:
            return
        found.delete()
        _list_files(draft.id, found.question)
        transaction.on_commit(lambda: _forget_unless_used(draft.id, found.digest))


def _list_files(draft: UUID, question: str) -> None:
    """Let the draft's answer be what is attached now; the caller holds the draft."""
    answers = dict(Draft.objects.values_list("answers", flat=True).get(id=draft))
    files = Attachment.objects.filter(draft_id=draft, question=question).order_by("id")
    answers.pop(question, None)
    if files:
        answers[question] = [file_answer(file) for file in files]
    Draft.objects.filter(id=draft).update(answers=answers, way=None)


def _forget_unless_used(draft: UUID, digest: str) -> None:
    if not Attachment.objects.filter(draft_id=draft, digest=digest).exists():
        storage.forget(draft, digest)


def _hold(draft: DraftRow) -> None:
    """Let nobody submit or remove the draft meanwhile, nor submit what they saw before."""
    held = Draft.objects.filter(id=draft.id, person=draft.person, submitted_at=None).update(
        version=F("version") + 1, changed_at=now()
    )
    if not held:
        raise Changed
