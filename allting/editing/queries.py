"""Reads: proposals and what has been done with them."""

from uuid import UUID

from django.http import Http404

from allting.editing.models import Happening, Proposal
from allting.editing.rules import EDITABLE, OPEN

MOST = 50


def open_proposals() -> list[Proposal]:
    """Those on their way, the latest changed first."""
    return list(Proposal.objects.filter(state__in=OPEN).order_by("-changed_at")[:MOST])


def proposal(id: UUID) -> Proposal:
    """One of them. Raises Http404."""
    found = Proposal.objects.filter(id=id).first()
    if found is None:
        raise Http404
    return found


def begun_by(account: UUID) -> Proposal | None:
    """The proposal that someone is editing: their latest that can still be changed."""
    mine = Proposal.objects.filter(state__in=EDITABLE, authors__has_key=str(account))
    return mine.order_by("-changed_at").first()


def happenings(id: UUID) -> list[Happening]:
    """What has been done with it, in order."""
    return list(Happening.objects.filter(proposal=id))
