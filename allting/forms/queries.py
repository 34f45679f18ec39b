"""Reads. Rows are plain, each read is one query, and a draft is read only with its owner."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from allting.forms.models import Attachment, Submission
from allting.identity.api import Actor, person_of
from allting.kernel.api import as_json, as_moment, as_uuid, rows

_DRAFT = (
    "SELECT id, person, service, edition, answers, known, told, page, way, language, version,"
    " created_at, changed_at, submitted_at FROM forms_draft"
)


@dataclass(frozen=True, slots=True)
class DraftRow:
    """An application under way, as it was read."""

    id: UUID
    person: UUID
    service: str
    edition: int
    answers: Mapping[str, Any]
    known: Mapping[str, Any]
    told: tuple[str, ...]
    page: str
    way: Mapping[str, Any] | None
    language: str
    version: int
    created_at: datetime
    changed_at: datetime
    submitted_at: datetime | None


def draft_of(actor: Actor, id: UUID) -> DraftRow | None:
    """The actor's own draft; None for one that is not there and for someone else's alike."""
    found = _drafts(f"{_DRAFT} WHERE id = %s AND person = %s", [id, person_of(actor)])
    return found[0] if found else None


def drafts_of(actor: Actor, service: str | None = None) -> list[DraftRow]:
    """The actor's drafts that have not been submitted, the latest first."""
    query = f"{_DRAFT} WHERE person = %s AND submitted_at IS NULL"
    parameters: list[Any] = [person_of(actor)]
    if service is not None:
        query += " AND service = %s"
        parameters.append(service)
    return _drafts(query + " ORDER BY changed_at DESC LIMIT 100", parameters)


def drafts_left(after: UUID, changed_before: datetime, limit: int) -> list[DraftRow]:
    """Drafts of anyone, in the order of their ids, that have not been changed for a while."""
    return _drafts(
        f"{_DRAFT} WHERE id > %s AND submitted_at IS NULL AND changed_at < %s ORDER BY id LIMIT %s",
        [after, changed_before, limit],
    )


def _drafts(query: str, parameters: list[Any]) -> list[DraftRow]:
    return [_draft(row) for row in rows(query, parameters)]


def _draft(row: tuple[Any, ...]) -> DraftRow:
    return DraftRow(
        id=as_uuid(row[0]),
        person=as_uuid(row[1]),
        service=row[2],
        edition=row[3],
        answers=as_json(row[4]),
        known=as_json(row[5]),
        told=tuple(as_json(row[6])),
        page=row[7],
        way=as_json(row[8]),
        language=row[9],
        version=row[10],
        created_at=as_moment(row[11]),
        changed_at=as_moment(row[12]),
        submitted_at=as_moment(row[13]) if row[13] else None,
    )


def submission(id: UUID) -> Submission | None:
    """What was submitted. For rooms above, which guard it by their own cases."""
    return Submission.objects.filter(id=id).first()


def submissions(ids: Iterable[UUID]) -> dict[UUID, Submission]:
    """Several that were sent in, by their ids."""
    return Submission.objects.in_bulk(list(ids))


def submission_id_of(draft: UUID) -> UUID | None:
    """The submission that a draft became."""
    found = rows("SELECT id FROM forms_submission WHERE draft_id = %s", [draft])
    return as_uuid(found[0][0]) if found else None


def attachments_of(draft: UUID) -> dict[str, list[Attachment]]:
    """What is attached to a draft, by question, in the order it came."""
    found: dict[str, list[Attachment]] = {}
    for file in Attachment.objects.filter(draft_id=draft).order_by("id"):
        found.setdefault(file.question, []).append(file)
    return found


def file_answer(file: Attachment) -> dict[str, Any]:
    """An attached file as it stands in the answers."""
    return {
        "id": str(file.id),
        "name": file.name,
        "media_type": file.media_type,
        "size": file.size,
    }


def attachment(id: UUID) -> Attachment | None:
    """One attached file, with its draft. For rooms above, which guard it by their own cases."""
    return Attachment.objects.filter(id=id).select_related("draft").first()
