"""For tests of the rooms above: a case that has come in, and nothing around it."""

from datetime import datetime, timedelta
from uuid import UUID

from allting.cases.models import Case
from allting.kernel.api import new_id, now


def standing_case(
    applicant: UUID,
    service: str,
    edition: int,
    *,
    subject: UUID | None = None,
    at: datetime | None = None,
) -> Case:
    """An open case, as its list has it."""
    received = at or now()
    return Case.objects.create(
        number=f"T-{new_id().hex[-12:]}",
        edition=edition,
        service=service,
        board="building",
        applicant=applicant,
        subject=subject or applicant,
        language="sv",
        submission=new_id(),
        stage="received",
        received_at=received,
        due=(received + timedelta(70)).date(),
    )
