"""From an empty folder to a municipality ready to serve; each step is done only if needed."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from allting.packages.api import EditedAtDesk, NotPublishable, publish


def prepare(package: Path, *, people: int) -> Iterator[str]:
    """Tables, the package published if it has changed, and in a demonstration its people.

    Yields one line for each step, for the person who waits.
    Raises CommandError with every problem if the package does not hold.
    """
    call_command("migrate", verbosity=0)
    yield "The database is ready"
    yield _published(package)
    if settings.DEMO and (package / "demo.yaml").exists():
        call_command("people", cast=True, size=people, verbosity=0)
        yield "The people of the demonstration have moved in"


def _published(package: Path) -> str:
    if not package.is_dir():
        raise CommandError(
            f"{package} is not a folder. Expected a package, such as packages/solvik; "
            "name one with --package"
        )
    try:
        edition = publish(package, by="allting run", why=f"started with {package.name}")
    except EditedAtDesk as edited:
        return _kept(package, edited)
    except NotPublishable as refused:
        raise CommandError(f"{package} has mistakes and was not published:\n{refused}") from refused
    definition = edition.definition
    return f"{definition.id} {definition.version} is published, as edition {edition.number}"


def _kept(package: Path, edited: EditedAtDesk) -> str:
    """The edition in force stays where the folder lacks what was edited at the desk since."""
    known = "the folder is as it was before" if edited.files_known else "the folder differs too"
    return (
        f"Edition {edited.number} stays in force: it was edited at the desk, and {known}. "
        f"To bring the edits into the files: allting export {package}"
    )
