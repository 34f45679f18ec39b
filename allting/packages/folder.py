"""From a folder on disk to the trees and pages of one package. Nothing outside it is read.

Packages come from strangers: links are refused, sizes are limited before anything is read, and
a file is opened without following a link that took its place meanwhile.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from allting.packages.nodes import Branch, Origin
from allting.packages.problems import Problem

LARGEST_FILE = 1024 * 1024
LARGEST_FOLDER = 128 * 1024 * 1024
MOST_FILES = 50_000
DEEPEST_FOLDER = 6
BESIDE = ("README", "LICENSE", "LICENCE", "CHANGELOG", "CONTRIBUTING", "NOTICE", "AUTHORS")


@dataclass(slots=True)
class PackageSource:
    """What one folder says, before anything is laid over it."""

    name: str
    folder: Path
    trees: dict[str, Branch] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def complain(
        self, file: str, what: str, expected: str | None = None, mend: str | None = None
    ) -> None:
        """Note what is wrong with a file as a whole."""
        self.problems.append(Problem(Origin(self.name, file), what, expected, mend))


def files_of(package: PackageSource) -> Iterator[str]:
    """The paths of the package's files, sorted; links and odd files are complained about."""
    found: list[str] = []
    _walk(package, "", 1, found)
    if len(found) > MOST_FILES:
        package.complain(
            "package.yaml",
            f"the folder holds {len(found):,} files",
            expected=f"at most {MOST_FILES:,}",
            mend="move what does not belong to the package out of the folder",
        )
        found = found[:MOST_FILES]
    yield from sorted(found)


def _walk(package: PackageSource, inside: str, depth: int, found: list[str]) -> None:
    with os.scandir(package.folder / inside) as entries:
        for entry in sorted(entries, key=lambda one: one.name):
            file = f"{inside}{entry.name}"
            if entry.name.startswith("."):
                continue  # the version control's and the editor's own
            if _beside(file):
                continue
            if entry.is_symlink():
                package.complain(
                    file,
                    "this is a link",
                    expected="a file of the package's own; links are never followed",
                    mend="put the file itself here; to share what another package holds, "
                    "use builds_on",
                )
            elif entry.is_dir(follow_symlinks=False):
                _walk_into(package, file, depth, found)
            elif entry.is_file(follow_symlinks=False):
                found.append(file)
            else:
                package.complain(file, "this is not an ordinary file", mend="take it away")


def _walk_into(package: PackageSource, file: str, depth: int, found: list[str]) -> None:
    if depth >= DEEPEST_FOLDER:
        package.complain(file, "folders are nested too deeply", f"at most {DEEPEST_FOLDER} levels")
    else:
        _walk(package, f"{file}/", depth + 1, found)


def _beside(file: str) -> bool:
    """Files that tell people about a package and are not part of it."""
    return "/" not in file and file.split(".")[0].upper() in BESIDE


def read_text(package: PackageSource, file: str, budget: int) -> str | None:
    """The text of one file, or None after saying why it cannot be had."""
    raw = _bytes(package, file)
    if raw is None:
        return None
    if len(raw) > LARGEST_FILE:
        package.complain(
            file,
            f"the file is larger than {LARGEST_FILE // 1024:,} kB",
            expected=f"at most {LARGEST_FILE // 1024:,} kB",
            mend="divide it into several files",
        )
        return None
    if len(raw) > budget:
        package.complain(
            file,
            f"the folder holds more than {LARGEST_FOLDER // 1024 // 1024} MB",
            mend="move what does not belong to the package out of the folder",
        )
        return None
    return _decoded(package, file, raw)


def _bytes(package: PackageSource, file: str) -> bytes | None:
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        handle = os.open(package.folder / file, flags)
    except OSError as error:
        package.complain(
            file,
            f"the file cannot be opened: {error.strerror}",
            mend="check that it is a file of its own and that you may read it",
        )
        return None
    with os.fdopen(handle, "rb") as opened:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            package.complain(file, "this is not an ordinary file", mend="take it away")
            return None
        return opened.read(LARGEST_FILE + 1)


def _decoded(package: PackageSource, file: str, raw: bytes) -> str | None:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        package.problems.append(
            Problem(
                Origin(package.name, file, line, column),
                "the file is not UTF-8 text",
                expected="a text file in UTF-8, so that å, ä and ö survive",
                mend="save the file again with the encoding UTF-8",
            )
        )
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")
