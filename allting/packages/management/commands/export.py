"""`allting export FOLDER`: the edition in force as the files it consists of."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from allting.packages.exporting import NotExportable, export, exported
from allting.packages.keeping import NoFiles


class Command(BaseCommand):
    """Writes an edition into a folder: what came from files and what was edited at the desk."""

    help = (
        "Write the municipality's own package into a folder, as it is in force: what came from "
        "files and what was edited at the desk. Files that are the same already stay untouched."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="a new folder, or one that holds the package")
        parser.add_argument("--edition", type=int, help="an older one, by its number")
        parser.add_argument(
            "--all", action="store_true", help="the packages it builds on too, beside the folder"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        into: Path = options["folder"].absolute()
        try:
            row, folders = exported(options["edition"])
            for folder in folders if options["all"] else folders[-1:]:
                own = folder is folders[-1]
                for line in export(folder, into if own else into.parent / folder.name):
                    self.stdout.write(line if own else f"{folder.name}: {line}")
        except (NotExportable, NoFiles) as why:
            raise CommandError(f"nothing was exported: {why}") from None
        self.stdout.write(f"{into} is edition {row.number} of {row.package}")
