"""An edition as files again: into a folder that a person goes on with, or as one archive."""

import io
import os
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from allting.packages.keeping import Folder, Folders, folders_of
from allting.packages.kinds import registry
from allting.packages.models import PackageVersion


class NotExportable(ValueError):
    """The folder is not one that may be written to; says why."""


def export(folder: Folder, into: Path) -> list[str]:
    """Make the files of `into` those of the package; a line for each file that was not so already.

    What a package does not know stays: README, licence, the version control's own.
    """
    _fit(folder, into)
    told = []
    for file, text in folder.texts.items():
        where = _inside(into, file)
        if not where.is_file() or _read(where) != text:
            told.append(f"{'~' if where.exists() else '+'} {file}")
            where.parent.mkdir(parents=True, exist_ok=True)
            draft = where.with_name(f".{where.name}.new")
            draft.write_text(text, encoding="utf-8", newline="\n")
            draft.replace(where)
    for file in _surplus(folder, into):
        (into / file).unlink()
        told.append(f"- {file}")
    return told


def _fit(folder: Folder, into: Path) -> None:
    if into.is_symlink() or (into.exists() and not into.is_dir()):
        raise NotExportable(f"{into} is not a folder of its own")
    anything = into.exists() and any(not one.name.startswith(".") for one in into.iterdir())
    if anything and not (into / "package.yaml").is_file():
        raise NotExportable(
            f"{into} holds other things. Expected an empty folder, or one with a package.yaml"
        )
    if into.exists() and into.resolve().name != folder.name:
        raise NotExportable(
            f"the package is '{folder.name}', and its folder is called so; {into} is not"
        )


def _inside(into: Path, file: str) -> Path:
    """Where a file goes; nothing is written by way of a link."""
    where = into
    for part in file.split("/"):
        where /= part
        if where.is_symlink():
            raise NotExportable(f"{where} is a link; nothing is written through it")
    return where


def _read(where: Path) -> str:
    text = where.read_text(encoding="utf-8-sig", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _surplus(folder: Folder, into: Path) -> Iterator[str]:
    """Files of the package's kinds that the edition does not have."""
    known = registry()
    for at, folders, files in os.walk(into):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for name in sorted(files):
            file = (Path(at) / name).relative_to(into).as_posix()
            if file not in folder.texts and known.kind_of(file) is not None:
                yield file


def archive(folders: Folders, at: datetime) -> bytes:
    """All that the package consists of, with what it builds on beside it, as a zip file.

    The same edition gives the same bytes.
    """
    held = io.BytesIO()
    when = (at.year, at.month, at.day, at.hour, at.minute, at.second)
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for folder in reversed(folders):
            for file, text in folder.texts.items():
                packed.writestr(zipfile.ZipInfo(f"{folder.name}/{file}", when), text, 8)
    return held.getvalue()


def exported(number: int | None = None) -> tuple[PackageVersion, Folders]:
    """An edition, the one in force unless said, and its folders. Raises NoFiles."""
    rows = PackageVersion.objects.defer("document", "origins").order_by("-number")
    row = rows.first() if number is None else rows.filter(number=number).first()
    if row is None:
        raise NotExportable("there is no such edition" if number else "nothing is published yet")
    return row, folders_of(row.id)
