"""`allting check FOLDER`: every problem of a package at once."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from allting.packages.checking import check
from allting.packages.coverage import in_part
from allting.packages.telling import as_json, counted, lines


class Command(BaseCommand):
    """Tells every mistake in a package with its place; exit status 1 if there are errors."""

    help = "Check a package's folder: every problem at once, with file:line:column."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, nargs="+", help="a package's folder")
        parser.add_argument("--json", action="store_true", help="problems as JSON, for programs")
        parser.add_argument("--errors", action="store_true", help="leave warnings out")

    def handle(self, *args: Any, **options: Any) -> None:
        held = [self.one(folder, options) for folder in options["folder"]]
        if not all(held):
            raise SystemExit(1)

    def one(self, folder: Path, options: dict[str, Any]) -> bool:
        """Check one folder and tell what was found."""
        result = check(folder)
        problems = result.errors if options["errors"] else result.problems
        if options["json"]:
            self.stdout.write(as_json(folder, problems))
        else:
            for line in lines(folder, problems):
                self.stdout.write(line)
            self.stdout.write(f"{folder}: {counted(result.problems)}")
            for one in in_part(result.definition) if result.definition else ():
                self.stdout.write(f"{folder}: {one}")
        return not result.errors
