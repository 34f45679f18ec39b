"""What a new edition means for applications under way: each keeps to the one it was begun under."""

from collections.abc import Collection, Iterator

from allting.catalogue.api import SERVICE
from allting.kernel.api import rows
from allting.packages.api import Definition, Touched
from allting.ui.api import worded

_UNDER_WAY = "SELECT service, COUNT(*) FROM forms_draft WHERE submitted_at IS NULL GROUP BY service"


def unfinished_drafts(
    before: Definition, after: Definition, services: Collection[str]
) -> Iterator[Touched]:
    """How many drafts stay as they were begun, and how many cannot be sent in any more."""
    for service, number in sorted(rows(_UNDER_WAY)):
        if service not in services or _gone(before, service):
            continue
        gone = _gone(after, service)
        if gone:
            yield Touched(service, _lost(number, gone), warns=True)
        else:
            yield Touched(service, _kept(number), kind="unfinished drafts", number=number)


def _lost(number: int, gone: str) -> str:
    if number == 1:
        return worded(
            "1 unfinished draft can no longer be sent in, for the service is {gone}; "
            "whoever opens it is told whom to ask",
            gone=gone,
        )
    return worded(
        "{n} unfinished drafts can no longer be sent in, for the service is {gone}; "
        "whoever opens it is told whom to ask",
        n=number,
        gone=gone,
    )


def _kept(number: int) -> str:
    if number == 1:
        return worded("1 unfinished draft keeps to the edition it was begun under")
    return worded("{n} unfinished drafts keep to the edition they were begun under", n=number)


def _gone(definition: Definition, service: str) -> str:
    """Why nobody can apply for it, as `sitting` has it; empty if they can."""
    found = definition.find(SERVICE, service)
    if found is None:
        return worded("removed")
    return worded("closed") if found.status == "closed" else ""
