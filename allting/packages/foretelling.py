"""What publishing changes, and whom it touches, as the command line tells it."""

from collections.abc import Iterable, Iterator

from allting.packages.definition import Definition
from allting.packages.differing import Difference, Line, ServiceChange, difference
from allting.packages.touching import Touched, touched

NOBODY = "Nobody has anything under way on what changes."


def foretold(before: Definition, after: Definition) -> Iterator[str]:
    """What becomes of each service and who stands on it; then what all services share."""
    found = difference(before, after)
    changed = {one.id for one in found.services if one.touches}
    said = sorted(touched(before, after, changed), key=lambda one: not one.warns)
    for service in found.services:
        yield from _of_service(service, said)
    yield from _of_others(found, said)
    if found.shared:
        yield "For all services"
        yield from _indented(found.shared)
    if changed and not said:
        yield NOBODY


def _of_service(service: ServiceChange, said: Iterable[Touched]) -> Iterator[str]:
    what = " is new" if service.new else " is removed" if service.gone else ""
    yield f"{service.title} ({service.id}){what}"
    yield from _indented(service.lines)
    yield from _about(service.id, said)


def _of_others(found: Difference, said: Iterable[Touched]) -> Iterator[str]:
    """Services that are as they were, but on which somebody stands who is touched."""
    changing = {one.id for one in found.services}
    for id in sorted({one.service for one in said} - changing):
        yield id
        yield from _about(id, said)


def _indented(lines: Iterable[Line]) -> Iterator[str]:
    for sign, words in lines:
        yield f"  {sign} {words}"


def _about(service: str, said: Iterable[Touched]) -> Iterator[str]:
    for one in said:
        if one.service == service:
            yield f"  {'! ' if one.warns else '= '}{one.words}"
