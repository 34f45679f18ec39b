"""`allting show FOLDER PATH`: an effective value, and which file it came from."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from allting.packages.addresses import look_up
from allting.packages.checking import effective
from allting.packages.definition import Effective, Missing
from allting.packages.telling import outline, shown_path


class Command(BaseCommand):
    """Shows what holds after laying a package over those it builds on, and who says so."""

    help = (
        "Show effective values with their origin: "
        "allting show packages/solvik services.preschool-place.service.costs.fee"
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="a package's folder")
        parser.add_argument(
            "path", nargs="?", default="", help="file and keys with points between; empty: all"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"]
        whole = effective(folder)
        told = list(self.pages(whole, folder, options["path"]))
        try:
            found = [] if told and options["path"] else look_up(whole, options["path"])
        except Missing as missing:
            raise CommandError(str(missing)) from None
        told = [line for name, node in found for line in outline(folder, node, name)] + told
        width = min(max((len(value) for value, _ in told), default=0), 72)
        for value, place in told:
            self.stdout.write(f"{value:<{width}}  {place}")

    def pages(self, whole: Effective, folder: Path, path: str) -> Iterator[tuple[str, str]]:
        """The Markdown pages at a path, and whose they are."""
        for file, page in whole.pages.items():
            if file.startswith(path):
                lines = len(page.source.splitlines())
                yield f"{file} = {lines} lines", f"{shown_path(folder, page.package, file)}:1:1"
