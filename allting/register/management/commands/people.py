"""`allting people`: fill the register with people who do not exist."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from allting.kernel.api import today, write
from allting.packages.api import Definition, NothingPublished, check, current
from allting.register.changes import note_everyone
from allting.register.definitions import CAST
from allting.register.extract.verbs import add_verbs, import_file, write_extract, write_schema
from allting.register.generator.cast import load_cast
from allting.register.generator.load import load
from allting.register.generator.population import generate
from allting.register.models import Household, Person


class Command(BaseCommand):
    """People drawn from real figures; the same seed gives the same people."""

    help = "Fill the register with made-up people drawn from real figures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--size", type=int, default=0, help="how many people")
        parser.add_argument("--municipality", help="four digits; else the published package's")
        parser.add_argument("--city", help="the town in their addresses; else the cast's")
        parser.add_argument("--seed", type=int, default=1, help="another seed, other people")
        parser.add_argument(
            "--centre", help="latitude,longitude that homes lie around; else the package's units"
        )
        parser.add_argument("--on", type=date.fromisoformat, help="the day of their ages")
        parser.add_argument(
            "--cast",
            nargs="?",
            const=True,
            type=Path,
            help="the well-known people of a package's demo.yaml; else of the published package",
        )
        parser.add_argument("--replace", action="store_true", help="take away those there are")
        add_verbs(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        match options.get("verb"):
            case "import":
                return import_file(options, self.stdout, self.stderr)
            case "extract":
                return write_extract(options, self.stdout)
            case "schema":
                return write_schema(options, self.stdout)
        if not (options["size"] or options["cast"]):
            raise CommandError("say how many people with --size, or whom with --cast demo.yaml")
        definition = _definition(options["cast"])
        _complete(options, definition)
        if options["cast"]:
            self._cast(definition, options)
        if options["size"]:
            self._fill(options)
        return None

    def _cast(self, definition: Definition | None, options: dict[str, Any]) -> None:
        cast = definition.find(CAST) if definition else None
        if cast is None:
            raise CommandError(f"the package has no {CAST.file()}; --cast FILE names one")
        number = load_cast(cast, municipality=options["municipality"], on=options["on"])
        self.stdout.write(f"{number} people of the cast, with their homes and roles")

    def _fill(self, options: dict[str, Any]) -> None:
        code, size = options["municipality"], options["size"]
        if not (len(code) == 4 and code.isdecimal()):
            raise CommandError(f"--municipality {code}: four digits are expected, such as 2599")
        if options["replace"]:
            _empty()
        there = Person.objects.filter(castmember=None).count()
        if there:
            self.stdout.write(
                f"{there:,} people are in the register already; --replace starts again"
            )
            return
        taken = set(Person.objects.values_list("identity_number", flat=True))
        try:
            made = generate(
                size,
                seed=options["seed"],
                municipality=code,
                city=options["city"],
                on=options["on"],
                taken=taken,
                centres=options["centres"],
            )
        except ValueError as wrong:
            raise CommandError(f"--size {size}: {wrong}") from wrong
        load(made)
        self.stdout.write(f"{size:,} people in {len(made.households):,} households in {code}")


def _definition(cast: Path | bool | None) -> Definition | None:
    """The package in whose folder the cast's file lies, else the published one, if any."""
    if isinstance(cast, Path):
        checked = check(cast.parent)
        if checked.definition is None or cast.name != CAST.file():
            wrong = "\n".join(str(problem) for problem in checked.problems[:20])
            raise CommandError(f"{cast} is no {CAST.file()} of a whole package\n{wrong}".strip())
        return checked.definition
    try:
        return current().definition
    except NothingPublished:
        return None


def _complete(options: dict[str, Any], definition: Definition | None) -> None:
    """Fill in what was not said, from the package where it tells."""
    cast = definition.find(CAST) if definition else None
    code = definition.parameters.get("municipality-code") if definition else None
    options["municipality"] = options["municipality"] or str(code or "2599")
    options["city"] = options["city"] or (cast.homes[0].city if cast else "Solvik")
    options["on"] = options["on"] or today()
    options["centres"] = _centres(options["centre"], definition)


def _centres(given: str | None, definition: Definition | None) -> list[tuple[float, float]]:
    """What homes lie around: the place given, else every unit that has a position."""
    if given:
        try:
            lat, lon = map(float, given.split(","))
        except ValueError as wrong:
            raise CommandError(f"--centre {given}: expected such as 58.13,16.21") from wrong
        return [(lat, lon)]
    files = definition.all("units").values() if definition else ()
    found = (unit.position for file in files for unit in file.units)
    return [(where.lat, where.lon) for where in found if where]


def _empty() -> None:
    with write():
        note_everyone("taken away")
        Person.objects.filter(castmember=None).delete()
        Household.objects.filter(membership=None).delete()
