"""`allting publish FOLDER --why TEXT`: into a running instance; whole or not at all."""

import getpass
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from allting.packages.actions import NotPublishable, Sending, publish_checked
from allting.packages.changes import changes
from allting.packages.checking import check
from allting.packages.definition import Definition
from allting.packages.editions import Edition, NothingPublished, UnreadableEdition
from allting.packages.foretelling import foretold
from allting.packages.problems import Problem
from allting.packages.queries import current, newest_number
from allting.packages.telling import change_lines, counted, lines


class Command(BaseCommand):
    """Checks a package, tells what it changes and whom it touches, and stores it as an edition."""

    help = (
        "Publish a package: checked as a whole, stored as one edition, in force within a second. "
        "First it tells what changes, and how many open cases and drafts stand on that."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="a package's folder")
        parser.add_argument("--why", default="", help="what changed and for what reason")
        parser.add_argument("--by", default="", help="who publishes; the user if left out")
        parser.add_argument(
            "--try", action="store_true", dest="only_try", help="tell what would change, and stop"
        )
        parser.add_argument("--values", action="store_true", help="tell every value that changes")
        parser.add_argument("--yes", action="store_true", help="do not ask whether to go on")
        parser.add_argument(
            "--another", action="store_true", help="yes, it is another municipality's package"
        )
        parser.add_argument(
            "--over-desk", action="store_true", help="yes, what was edited at the desk shall go"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not (options["only_try"] or options["why"].strip()):
            raise CommandError(
                "--why is missing: it is kept with the edition. Try: --why 'new fees from January'"
            )
        seen = newest_number() or 0
        definition = self.checked(options["folder"])
        held = self.held_against(definition, options)
        differs = held is not None and held.definition.content_hash != definition.content_hash
        if held is not None and differs:
            self.tell(held.definition, definition, values=options["values"])
        if options["only_try"]:
            self.stdout.write(
                "Nothing is published" if differs else "Nothing differs from the edition in force"
            )
            return
        if differs and not options["yes"] and sys.stdin.isatty():
            self.ask()
        self.publish(definition, seen, options)

    def checked(self, folder: Path) -> Definition:
        """What the folder holds; ends with every problem if it has errors."""
        result = check(folder)
        if result.definition is None:
            raise self.refusal(folder, result.errors)
        return result.definition

    def held_against(self, definition: Definition, options: dict[str, Any]) -> Edition | None:
        """The edition in force; None where there is none to compare with."""
        try:
            held = current()
        except (NothingPublished, UnreadableEdition) as reason:
            if options["only_try"]:
                raise CommandError(f"there is nothing to compare with: {reason}") from None
            if isinstance(reason, UnreadableEdition):
                self.stderr.write(f"What changes cannot be told: {reason}")
            return None
        same = held.definition.id == definition.id or options["another"] or options["only_try"]
        return held if same else None  # publishing will refuse: no need to tell what differs

    def tell(self, before: Definition, after: Definition, *, values: bool) -> None:
        """What changes, in words and if asked value by value, and whom it touches."""
        told = [*foretold(before, after), *(change_lines(changes(before, after)) if values else ())]
        for line in told:
            self.stdout.write(line)

    def ask(self) -> None:
        """Go on only if whoever sits there says so."""
        self.stdout.write("Publish this? yes or no: ", ending="")
        self.stdout.flush()
        if sys.stdin.readline().strip().lower() not in ("y", "yes"):
            raise CommandError("nothing was published: it was not confirmed")

    def publish(self, definition: Definition, seen: int, options: dict[str, Any]) -> None:
        """Store it, and tell what is in force."""
        by = options["by"] or getpass.getuser()
        try:
            how = Sending(
                by=by,
                why=options["why"],
                another=options["another"],
                over_desk=options["over_desk"],
                seen=seen,
            )
            made = publish_checked(definition, how)
        except NotPublishable as refused:
            raise self.refusal(options["folder"], refused.problems) from None
        self.stdout.write(
            f"Edition {made.number} of {made.definition.id} {made.definition.version} "
            + ("is in force already: nothing differs" if made.number == seen else "is in force")
        )

    def refusal(self, folder: Path, problems: Iterable[Problem]) -> CommandError:
        """Tells the problems and gives the error to raise."""
        known = tuple(problems)
        for line in lines(folder, known):
            self.stderr.write(line)
        return CommandError(f"nothing was published: {counted(known)}")
