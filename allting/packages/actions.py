"""Publishing: the whole effective package as one immutable version, or nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import IntegrityError

from allting.kernel.api import announce, now, record, write
from allting.packages.checking import check
from allting.packages.definition import Definition
from allting.packages.editions import Edition, shelf
from allting.packages.events import EditionPublished
from allting.packages.keeping import Folders, check_folders, files_of, folders_in, folders_of, keep
from allting.packages.lost import Lost, lost
from allting.packages.models import PackageVersion
from allting.packages.problems import At, Problem
from allting.packages.storing import packed


class NotPublishable(ValueError):
    """The package has errors; `problems` holds them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class EditedAtDesk(NotPublishable):
    """The files lack what was edited at the desk since files were last published."""

    def __init__(self, problems: Iterable[Problem], number: int, files_known: bool) -> None:
        super().__init__(problems)
        self.number = number
        self.files_known = files_known  # the same files were published before


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How something is published."""

    by: str
    why: str
    another: bool = False  # yes, it is another municipality's
    over_desk: bool = False  # yes, what was edited at the desk shall go
    seen: int | None = None  # the edition in force that it was held against; 0: none
    way: str = PackageVersion.FILES
    base: int | None = None  # the edition that it was made from; else the one in force


def publish(
    folder: Path | str, *, by: str, why: str, another: bool = False, over_desk: bool = False
) -> Edition:
    """Check the package and store it as the edition in force; nothing is stored if it has errors.

    Publishing what is in force already gives that same edition. An instance serves one
    municipality: `another` says that it is meant when the package's id is a new one. Nor is what
    was edited at the desk undone by files that do not have it, unless `over_desk` says so.
    Raises NotPublishable with every problem.
    """
    result = check(folder)
    if result.definition is None:
        raise NotPublishable(result.errors)
    how = Sending(by=by, why=why, another=another, over_desk=over_desk)
    return publish_checked(result.definition, how)


def publish_checked(definition: Definition, how: Sending) -> Edition:
    """Store what was checked. If it was held against an edition that is no longer in force, or
    would undo what was edited at the desk, nothing is stored."""
    try:
        id = _stored(definition, how)
    except IntegrityError:  # another process published the very first version meanwhile
        id = _stored(definition, how)
    shelf.look_again()
    return shelf.edition(id)


def publish_folders(folders: Folders, how: Sending) -> Edition:
    """Check folders that are held in memory and publish them. Raises NotPublishable."""
    result = check_folders(folders)
    if result.definition is None:
        raise NotPublishable(result.errors)
    return publish_checked(result.definition, how)


def publish_again(number: int, *, by: str, why: str) -> Edition:
    """The content of an older edition as a new one: back in one step, and nothing is forgotten."""
    seen = PackageVersion.objects.values_list("number", flat=True).first()
    how = Sending(by=by, why=why, seen=seen, way=PackageVersion.AGAIN, base=number)
    return publish_folders(files_of(number), how)


def _stored(definition: Definition, how: Sending) -> int:
    document, origins = packed(definition)
    folders = folders_in(definition.effective)
    with write():
        latest = _latest()
        number = latest.number if latest else 0
        if how.seen is not None and how.seen != number:
            raise NotPublishable([_meanwhile(definition, number)])
        if latest is not None:
            _refuse(definition, latest, how, folders)
        digests = keep(folders)
        if latest is not None and latest.content_hash == definition.content_hash:
            if digests != latest.folders and digests:
                PackageVersion.objects.filter(id=latest.id).update(folders=digests)
            return latest.id
        row = PackageVersion.objects.create(
            number=number + 1,
            package=definition.id,
            version=definition.version,
            content_hash=definition.content_hash,
            document=document,
            origins=origins,
            published_at=now(),
            by=how.by,
            why=how.why,
            way=how.way,
            base=number if how.base is None else how.base,
            folders=digests,
        )
        record(how.by, "publish", f"edition {row.number}", package=definition.id, why=how.why)
        announce(EditionPublished(row.id, row.number, definition.id, definition.content_hash))
    return row.id


def _refuse(definition: Definition, latest: PackageVersion, how: Sending, folders: Folders) -> None:
    """Raise NotPublishable where publishing would take something from somebody."""
    if latest.content_hash == definition.content_hash:
        return
    if latest.package != definition.id and not how.another:
        raise NotPublishable([_another(definition, latest.package)])
    if how.way == PackageVersion.FILES and not how.over_desk:
        problems = [_undone(definition, each, latest) for each in _lost(latest, folders)]
        if problems:
            known = PackageVersion.objects.filter(content_hash=definition.content_hash).exists()
            raise EditedAtDesk(problems, latest.number, known)


def _lost(latest: PackageVersion, folders: Folders) -> Iterator[Lost]:
    """What was edited at the desk since files were published, and is not in these folders."""
    from_files = PackageVersion.objects.filter(way=PackageVersion.FILES, number__lte=latest.number)
    base = from_files.order_by("-number").values_list("id", "folders").first()
    if latest.way == PackageVersion.FILES or base is None or not (base[1] and latest.folders):
        return iter(())
    texts = (folders_of(base[0])[-1].texts, folders_of(latest.id)[-1].texts)
    return lost(*texts, folders[-1].texts)


def _latest() -> PackageVersion | None:
    """The edition in force, without its contents; no other publisher until we are done.

    All wait for each other at the oldest row, which never changes. Who found none there waits for
    nobody, and so may publish as the very first, or fail at it, but must not look again.
    """
    oldest = PackageVersion.objects.select_for_update().order_by("number")
    if not oldest.values_list("id")[:1]:
        return None
    newest = PackageVersion.objects.order_by("-number")
    return newest.defer("document", "origins").first()


def _another(definition: Definition, in_force: str) -> Problem:
    return Problem(
        definition.origin("package.id"),
        f"the package is '{definition.id}', but this instance serves '{in_force}'",
        f"the package '{in_force}': cases and drafts belong to it",
        "publish to the instance that it belongs to; --another if this one really changes hands",
    )


def _undone(definition: Definition, each: Lost, latest: PackageVersion) -> Problem:
    where = each.address.partition(" ")[2] or "the text"
    return Problem(
        definition.place(At(each.file)),
        f"{where} was edited at the desk (edition {latest.number} holds it, by {latest.by}), and "
        "this folder does not have it",
        f"{each.edited!r:.200}" if each.edited is not None else "that it is gone",
        "allting export FOLDER writes what was edited into the folder; --over-desk if it shall go",
    )


def _meanwhile(definition: Definition, number: int) -> Problem:
    return Problem(
        definition.origin("package.id"),
        f"edition {number} was published while you looked at what this one changes",
        mend="publish again, and see what it changes now",
    )
