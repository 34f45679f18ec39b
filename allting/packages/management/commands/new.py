"""`allting new service FOLDER ID --title TEXT`: a small complete service to write over."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from allting.packages.beginning import CannotBegin, begin_service
from allting.packages.checking import check
from allting.packages.telling import counted, lines


class Command(BaseCommand):
    """Writes a service that passes the check: texts, form, process, letters, page, examples."""

    help = "Begin something new in a package: allting new service packages/solvik ID --title TEXT"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["service"])
        parser.add_argument("folder", type=Path, help="a package's folder")
        parser.add_argument("id", help="lower-case words joined by hyphens")
        parser.add_argument(
            "--title",
            action="append",
            required=True,
            metavar="TEXT or LANGUAGE=TEXT",
            help="repeat for each language: --title sv=Bygglov --title 'en=Building permit'",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder, id = options["folder"], options["id"]
        try:
            written = begin_service(folder, id, dict(map(_title, options["title"])))
        except CannotBegin as reason:
            raise CommandError(str(reason)) from None
        for path in written:
            self.stdout.write(str(path))
        problems = [
            one for one in check(folder).problems if one.where.file.startswith(f"services/{id}/")
        ]
        for line in lines(folder, problems):
            self.stdout.write(line)
        self.stdout.write(f"The new service '{id}': {counted(problems)}")


def _title(given: str) -> tuple[str, str]:
    """The language and the words; no language means the package's first."""
    language, sign, words = given.partition("=")
    return (language, words) if sign and 2 <= len(language) <= 3 else ("", given)
