"""`allting publish FOLDER --why TEXT`: into a running instance; whole or not at all."""

import getpass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from allting.packages.actions import NotPublishable, publish
from allting.packages.changes import Change, changes
from allting.packages.checking import check
from allting.packages.definition import Definition
from allting.packages.editions import NothingPublished, UnreadableEdition
from allting.packages.queries import current, newest_number
from allting.packages.telling import change_lines, counted, lines


class Command(BaseCommand):
    """Checks a package and stores it as the edition in force."""

    help = "Publish a package: checked as a whole, stored as one edition, in force within a second."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="a package's folder")
        parser.add_argument("--why", default="", help="what changed and for what reason")
        parser.add_argument("--by", default="", help="who publishes; the user if left out")
        parser.add_argument(
            "--try", action="store_true", dest="only_try", help="tell what would change, and stop"
        )
        parser.add_argument(
            "--another", action="store_true", help="yes, it is another municipality's package"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["only_try"]:
            self.tell_changes(options["folder"])
        elif not options["why"].strip():
            raise CommandError(
                "--why is missing: it is kept with the edition. Try: --why 'new fees from January'"
            )
        else:
            self.publish(options)

    def publish(self, options: dict[str, Any]) -> None:
        """Publish, and tell what is in force."""
        before = newest_number()
        by = options["by"] or getpass.getuser()
        try:
            made = publish(options["folder"], by=by, why=options["why"], another=options["another"])
        except NotPublishable as refused:
            for line in lines(options["folder"], refused.problems):
                self.stderr.write(line)
            raise CommandError(f"nothing was published: {counted(refused.problems)}") from None
        self.stdout.write(
            f"Edition {made.number} of {made.definition.id} {made.definition.version} "
            + ("is in force already: nothing differs" if made.number == before else "is in force")
        )

    def tell_changes(self, folder: Path) -> None:
        """What publishing the folder would change of the edition in force."""
        result = check(folder)
        if result.definition is None:
            for line in lines(folder, result.errors):
                self.stderr.write(line)
            raise CommandError(f"it cannot be published: {counted(result.errors)}")
        found = self.against_current(result.definition)
        for line in change_lines(found):
            self.stdout.write(line)
        values = "1 value would change" if len(found) == 1 else f"{len(found)} values would change"
        self.stdout.write(values if found else "Nothing differs from the edition in force")

    def against_current(self, definition: Definition) -> tuple[Change, ...]:
        """How it differs from the edition in force."""
        try:
            return changes(current().definition, definition)
        except (NothingPublished, UnreadableEdition) as reason:
            raise CommandError(f"there is nothing to compare with: {reason}") from None
