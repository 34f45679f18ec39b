"""`allting publish FOLDER --why TEXT`: into a running instance; whole or not at all."""

import getpass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from allting.packages.actions import NotPublishable, publish
from allting.packages.editions import NothingPublished
from allting.packages.queries import current
from allting.packages.telling import counted, lines


class Command(BaseCommand):
    """Checks a package and stores it as the edition in force."""

    help = "Publish a package: checked as a whole, stored as one version, in force within a second."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="a package's folder")
        parser.add_argument("--why", required=True, help="what changed and for what reason")
        parser.add_argument("--by", default="", help="who publishes; the user if left out")
        parser.add_argument(
            "--another", action="store_true", help="yes, it is another municipality's package"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"]
        before = self.in_force()
        try:
            made = publish(
                folder,
                by=options["by"] or getpass.getuser(),
                why=options["why"],
                another=options["another"],
            )
        except NotPublishable as refused:
            for line in lines(folder, refused.problems):
                self.stderr.write(line)
            raise CommandError(f"nothing was published: {counted(refused.problems)}") from None
        same = made.number == before
        self.stdout.write(
            f"Edition {made.number} of {made.definition.id} {made.definition.version} "
            + ("is in force already: nothing differs" if same else "is in force")
        )

    def in_force(self) -> int | None:
        """The number of the edition in force before."""
        try:
            return current().number
        except NothingPublished:
            return None
