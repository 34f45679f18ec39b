"""`allting people import|extract|schema`, at the keyboard."""

import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management.base import CommandError, OutputWrapper

from allting.kernel.api import now
from allting.register.extract.faults import Fault
from allting.register.extract.loading import Counts, Refused, load
from allting.register.extract.lock import Busy
from allting.register.extract.reading import BadHeader
from allting.register.extract.shape import schema
from allting.register.generator.extracts import Town

SHOWN = 10  # bad lines told on the screen; all are in the report


def add_verbs(parser: ArgumentParser) -> None:
    """What may follow `allting people`."""
    verbs = parser.add_subparsers(dest="verb", metavar="import|extract|schema")
    loads = verbs.add_parser("import", help="load an extract of the population register")
    loads.add_argument("file", help="JSON Lines; - for standard input")
    loads.add_argument("--report", type=Path, help="where bad lines are told, as JSON Lines")
    loads.add_argument("--yes", action="store_true", help="also if many would be marked as left")
    writes = verbs.add_parser("extract", help="write an extract of people who do not exist")
    writes.add_argument("--size", type=int, default=15_000, help="how many people at first")
    writes.add_argument("--seed", type=int, default=1, help="another seed, other people")
    writes.add_argument("--on", type=date.fromisoformat, default=date(2026, 11, 1),
                        help="the first day; 2026-11-01 unless told")  # fmt: skip
    writes.add_argument("--day", type=int, default=0, help="so many days after it; 0 is a full one")
    writes.add_argument("--full", action="store_true", help="of a later day: full, not its changes")
    writes.add_argument("--changes", type=int, help="people changed in a day; else a hundredth")
    writes.add_argument("--municipality", default="2599")
    writes.add_argument("--city", default="Solvik")
    writes.add_argument("--to", type=Path, help="a file; else standard output")
    shape = verbs.add_parser("schema", help="the JSON Schema of a line")
    shape.add_argument("--to", type=Path, help="a file; else standard output")


def import_file(options: dict[str, Any], out: OutputWrapper, err: OutputWrapper) -> None:
    """Load a file; raises CommandError with what hinders it, or how many lines were bad."""
    with _opened(options["file"]) as (file, digest, size), _Report(options["report"], err) as told:
        progress = _Progress(file, size, err)
        try:
            counts = load(file, digest, told=told, progress=progress, yes=options["yes"])
        except BadHeader as wrong:
            raise CommandError(
                f"{options['file']} says not what it is; nothing is loaded.\n{wrong}"
            ) from wrong
        except Busy as held:
            raise CommandError(
                "another extract is being loaded; nothing is done. Wait until it has ended"
            ) from held
        except Refused as why:
            raise CommandError(f"{options['file']}: {why}") from why
    out.write(_summary(counts, progress.seconds))
    if counts.bad:
        raise CommandError(
            f"{told.lines:,} bad lines were not loaded: see {told.path}", returncode=2
        )


def _summary(counts: Counts, seconds: float) -> str:
    return (
        f"{counts.lines:,} lines in {seconds:.1f} s: {counts.new:,} people new, {counts.changed:,} "
        f"changed, {counts.unchanged:,} as before, {counts.older:,} known from later, "
        f"{counts.left:,} left, {counts.bad:,} bad lines"
    )


def write_extract(options: dict[str, Any], out: OutputWrapper) -> None:
    """Write a full extract of a day, or what changes on that day."""
    try:
        town = Town(
            options["size"], seed=options["seed"], municipality=options["municipality"],
            city=options["city"], on=options["on"],
        )  # fmt: skip
    except ValueError as wrong:
        raise CommandError(f"--size {options['size']}: {wrong}") from wrong
    a_day = options["changes"] or max(options["size"] // 100, 1)
    for _ in range(options["day"] - (not options["full"])):
        town.pass_day(a_day)
    full = options["full"] or options["day"] == 0
    lines = town.full() if full else town.changes(a_day)
    if not options["to"]:
        for line in lines:
            out.write(line)
        return
    with options["to"].open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


def write_schema(options: dict[str, Any], out: OutputWrapper) -> None:
    """Write the schema."""
    text = json.dumps(schema(), ensure_ascii=False, indent=2)
    if options["to"]:
        options["to"].write_text(text + "\n", "utf-8")
    else:
        out.write(text)


@contextmanager
def _opened(name: str) -> Iterator[tuple[IO[bytes], str, int]]:
    """The file, the digest of all of it, and its size; standard input is put aside first.

    What is put aside has no name: it is gone with the process, whatever ends that.
    """
    try:
        source = sys.stdin.buffer if name == "-" else Path(name).open("rb")  # noqa: SIM115
    except OSError as wrong:
        raise CommandError(f"{name} cannot be read: {wrong.strerror}") from wrong
    with source if name != "-" else tempfile.TemporaryFile() as file:
        if name == "-":
            shutil.copyfileobj(source, file)
            file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
        size = file.tell()
        file.seek(0)
        yield file, digest, size


class _Report:
    """Tells every bad line in a file that only its owner reads, and the first few at once."""

    def __init__(self, path: Path | None, err: OutputWrapper) -> None:
        self.path = (
            path or settings.HOME / "extracts" / f"{now():%Y-%m-%dT%H%M%S}.{os.getpid()}.jsonl"
        )
        self.lines = 0
        self._err = err
        self._last = 0
        self._file: IO[str] | None = None

    def __enter__(self) -> "_Report":
        return self

    def __call__(self, fault: Fault) -> None:
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.fdopen(
                os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w"
            )
        self._file.write(json.dumps(fault.as_row(), ensure_ascii=False) + "\n")
        if fault.line != self._last:
            self._last, self.lines = fault.line, self.lines + 1
        if self.lines <= SHOWN:
            self._err.write(str(fault))

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()


class _Progress:
    """Tells now and then how far it has come."""

    def __init__(self, file: IO[bytes], size: int, err: OutputWrapper) -> None:
        self._file, self._size, self._err = file, size, err
        self._begun = self._told = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._begun

    def __call__(self, counts: Counts) -> None:
        if time.monotonic() - self._told < 1:
            return
        self._told = time.monotonic()
        share = 100 * self._file.tell() / max(self._size, 1)
        self._err.write(
            f"{share:3.0f} %  {counts.lines:,} lines, {counts.lines / self.seconds:,.0f} a second,"
            f" {counts.bad:,} bad"
        )
