"""What a new edition means for open cases: each goes on under the edition in which it began."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple, TypeVar

from allting.cases.definitions import APPLICANT, PROCESS
from allting.cases.rules import parts_of
from allting.catalogue.api import SERVICE
from allting.kernel.api import rows
from allting.packages.api import Definition, Touched
from allting.ui.api import worded

_OPEN = (
    "SELECT service, board, stage, waits_for, COUNT(*) FROM cases_case WHERE open"
    " GROUP BY service, board, stage, waits_for"
)


K = TypeVar("K", str, tuple[str, str])


class Group(NamedTuple):
    """So many open cases stand alike."""

    service: str
    board: str
    stage: str
    waits_for: str
    number: int


def open_cases(
    before: Definition, after: Definition, services: Collection[str]
) -> Iterator[Touched]:
    """How many cases go on as they began, and what of theirs the new edition does not have."""
    standing = [Group(*row) for row in rows(_OPEN)]
    for service in sorted(services):
        groups = [one for one in standing if one.service == service]
        yield from _of_service(service, groups, before, after)
    yield from _roles_gone(standing, before, after)


def _of_service(
    service: str, groups: list[Group], before: Definition, after: Definition
) -> Iterator[Touched]:
    if after.find(SERVICE, service) is None:
        for _, number in _counted((service, one.number) for one in groups):
            words = _by(
                number,
                worded("the service is removed while 1 case is open"),
                worded("the service is removed while {n} cases are open", n=number),
            )
            yield Touched(service, words, warns=True)
    else:
        yield from _stages_gone(service, groups, after)
        yield from _board_left(service, groups, before, after)
    for _, number in _counted((service, one.number) for one in groups):
        words = _by(
            number,
            worded(
                "1 open case goes on under the edition it began under, with its stages and letters"
            ),
            worded(
                "{n} open cases go on under the edition they began under, "
                "with its stages and letters",
                n=number,
            ),
        )
        yield Touched(service, words, kind="open cases", number=number)


def _stages_gone(service: str, groups: list[Group], after: Definition) -> Iterator[Touched]:
    process = after.find(PROCESS, service)
    kept = {stage.id for stage in process.stages} if process else set()
    for stage, number in _counted((one.stage, one.number) for one in groups):
        if stage not in kept:
            words = _by(
                number,
                worded("1 open case stands in '{stage}', a stage that is removed", stage=stage),
                worded(
                    "{n} open cases stand in '{stage}', a stage that is removed",
                    n=number,
                    stage=stage,
                ),
            )
            yield Touched(service, words, warns=True)


def _board_left(
    service: str, groups: list[Group], before: Definition, after: Definition
) -> Iterator[Touched]:
    was, now = before.find(SERVICE, service), after.one(SERVICE, service)
    if was is None or was.board == now.board:
        return
    for board, number in _counted((one.board, one.number) for one in groups):
        if board != now.board:
            boards = {"board": board, "other": now.board}
            words = _by(
                number,
                worded(
                    "1 open case stays with '{board}', and new ones come to '{other}'", **boards
                ),
                worded(
                    "{n} open cases stay with '{board}', and new ones come to '{other}'",
                    n=number,
                    **boards,
                ),
            )
            yield Touched(service, words, warns=True)


def _roles_gone(standing: list[Group], before: Definition, after: Definition) -> Iterator[Touched]:
    """Cases that wait for someone who, after this, has no part in any process: the desk is then
    closed to them (`queue.desk_roles`)."""
    gone = _roles(before) - _roles(after) - {APPLICANT}
    waiting = (((one.service, one.waits_for), one.number) for one in standing)
    for (service, role), number in _counted(waiting):
        if role in gone:
            words = _by(
                number,
                worded(
                    "1 open case waits for '{role}', who has no part in any process any more",
                    role=role,
                ),
                worded(
                    "{n} open cases wait for '{role}', who has no part in any process any more",
                    n=number,
                    role=role,
                ),
            )
            yield Touched(service, words, warns=True)


def _roles(definition: Definition) -> frozenset[str]:
    return frozenset().union(*map(parts_of, definition.all(PROCESS).values()))


def _counted(groups: Iterable[tuple[K, int]]) -> list[tuple[K, int]]:
    """Sums by what they share, in its order; what nobody shares is not there."""
    found: Counter[K] = Counter()
    for shared, number in groups:
        found[shared] += number
    return sorted(found.items())


def _by(number: int, one: str, many: str) -> str:
    return one if number == 1 else many
