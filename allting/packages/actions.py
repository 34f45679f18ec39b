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


def publish(folder: Path | str, *, by: str, why: str) -> Edition:
    """Check the package and store it as the edition in force; nothing is stored if it has errors.

    Publishing what is in force already gives that same edition.
    Raises NotPublishable with every problem.
    """
    result = check(folder)
    if result.definition is None:
        raise NotPublishable(result.errors)
    try:
        id = _stored(result.definition, by, why)
    except IntegrityError:  # another process published the very first version meanwhile
        id = _stored(result.definition, by, why)
    shelf.look_again()
    return shelf.edition(id)


def _stored(definition: Definition, by: str, why: str) -> int:
    document, origins = packed(definition)
    with write():
        # all publishers wait for each other at the oldest row, which never changes
        list(PackageVersion.objects.select_for_update().order_by("number")[:1])
        latest = (
            PackageVersion.objects.order_by("-number")
            .values_list("id", "number", "content_hash")
            .first()
        )
        if latest is not None and latest[2] == definition.content_hash:
            return latest[0]
        row = PackageVersion.objects.create(
            number=latest[1] + 1 if latest else 1,
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
