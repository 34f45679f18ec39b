"""Publishing: the whole effective package as one immutable version, or nothing."""

from collections.abc import Iterable
from pathlib import Path

from django.db import IntegrityError

from allting.kernel.api import announce, now, record, write
from allting.packages.checking import check
from allting.packages.definition import Definition
from allting.packages.editions import Edition, shelf
from allting.packages.events import EditionPublished
from allting.packages.models import PackageVersion
from allting.packages.problems import Problem
from allting.packages.storing import packed


class NotPublishable(ValueError):
    """The package has errors; `problems` holds them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def publish(folder: Path | str, *, by: str, why: str, another: bool = False) -> Edition:
    """Check the package and store it as the edition in force; nothing is stored if it has errors.

    Publishing what is in force already gives that same edition. An instance serves one
    municipality: `another` says that it is meant when the package's id is a new one.
    Raises NotPublishable with every problem.
    """
    result = check(folder)
    if result.definition is None:
        raise NotPublishable(result.errors)
    return publish_checked(result.definition, by=by, why=why, another=another)


def publish_checked(
    definition: Definition, *, by: str, why: str, another: bool = False, seen: int | None = None
) -> Edition:
    """Store what was checked; `seen` is the number of the edition in force that it was held against
    (0: none), and if another one is in force by now, nothing is stored."""
    try:
        id = _stored(definition, by, why, another, seen)
    except IntegrityError:  # another process published the very first version meanwhile
        id = _stored(definition, by, why, another, seen)
    shelf.look_again()
    return shelf.edition(id)


def _stored(definition: Definition, by: str, why: str, another: bool, seen: int | None) -> int:
    document, origins = packed(definition)
    with write():
        latest = _latest()
        number = latest[1] if latest else 0
        if seen is not None and seen != number:
            raise NotPublishable([_meanwhile(definition, number)])
        if latest is not None and latest[2] == definition.content_hash:
            return latest[0]
        if latest is not None and latest[3] != definition.id and not another:
            raise NotPublishable([_another(definition, latest[3])])
        row = PackageVersion.objects.create(
            number=number + 1,
            package=definition.id,
            version=definition.version,
            content_hash=definition.content_hash,
            document=document,
            origins=origins,
            published_at=now(),
            by=by,
            why=why,
        )
        record(by, "publish", f"edition {row.number}", package=definition.id, why=why)
        announce(EditionPublished(row.id, row.number, definition.id, definition.content_hash))
    return row.id


def _latest() -> tuple[int, int, str, str] | None:
    """Id, number, hash and package of the edition in force; no other publisher until we are done.

    All wait for each other at the oldest row, which never changes. Who found none there waits for
    nobody, and so may publish as the very first, or fail at it, but must not look again.
    """
    oldest = PackageVersion.objects.select_for_update().order_by("number")
    if not oldest.values_list("id")[:1]:
        return None
    newest = PackageVersion.objects.order_by("-number")
    return newest.values_list("id", "number", "content_hash", "package").first()


def _another(definition: Definition, in_force: str) -> Problem:
    return Problem(
        definition.origin("package.id"),
        f"the package is '{definition.id}', but this instance serves '{in_force}'",
        f"the package '{in_force}': cases and drafts belong to it",
        "publish to the instance that it belongs to; --another if this one really changes hands",
    )


def _meanwhile(definition: Definition, number: int) -> Problem:
    return Problem(
        definition.origin("package.id"),
        f"edition {number} was published while you looked at what this one changes",
        mend="publish again, and see what it changes now",
    )
