"""What a new edition means for applications under way: each keeps to the one it was begun under."""

from collections.abc import Collection, Iterator

from allting.catalogue.api import SERVICE
from allting.kernel.api import rows
from allting.packages.api import Definition, Touched

_UNDER_WAY = "SELECT service, COUNT(*) FROM forms_draft WHERE submitted_at IS NULL GROUP BY service"


def unfinished_drafts(
    before: Definition, after: Definition, services: Collection[str]
) -> Iterator[Touched]:
    """How many drafts stay as they were begun, and how many cannot be sent in any more."""
    for service, number in sorted(rows(_UNDER_WAY)):
        if service not in services or _gone(before, service):
            continue
        drafts = "1 unfinished draft" if number == 1 else f"{number} unfinished drafts"
        gone = _gone(after, service)
        if gone:
            words = f"{drafts} can no longer be sent in, for the service is {gone}"
            yield Touched(service, f"{words}; whoever opens it is told whom to ask", warns=True)
        else:
            keeps = (
                "keeps to the edition it was" if number == 1 else "keep to the edition they were"
            )
            words = f"{drafts} {keeps} begun under"
            yield Touched(service, words, kind="unfinished drafts", number=number)


def _gone(definition: Definition, service: str) -> str:
    """Why nobody can apply for it, as `sitting` has it; empty if they can."""
    found = definition.find(SERVICE, service)
    if found is None:
        return "removed"
    return "closed" if found.status == "closed" else ""
