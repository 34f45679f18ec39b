"""The audit trail of the house: administrative acts, beside each case's own history."""

from allting.kernel.clock import now
from allting.kernel.models import AuditEntry


def record(actor: str, verb: str, what: str, **details: object) -> None:
    """Add one entry, in the caller's transaction. `details` must be plain JSON values."""
    AuditEntry.objects.create(at=now(), actor=actor, verb=verb, what=what, details=details)
