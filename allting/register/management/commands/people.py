"""`allting people`: fill the register with people who do not exist."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from allting.kernel.api import today, write
from allting.packages.api import check
from allting.register.definitions import CAST
from allting.register.generator.cast import load_cast
from allting.register.generator.load import load
from allting.register.generator.population import generate
from allting.register.models import Household, Person


class Command(BaseCommand):
    """People drawn from real figures; the same seed gives the same people."""

    help = "Fill the register with made-up people drawn from real figures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--size", type=int, default=0, help="how many people")
        parser.add_argument("--municipality", default="2599", help="four digits")
        parser.add_argument("--city", default="Solvik", help="the town in their addresses")
        parser.add_argument("--seed", type=int, default=1, help="another seed, other people")
        parser.add_argument("--on", type=date.fromisoformat, help="the day of their ages")
        parser.add_argument(
            "--cast", type=Path, help="a package's demo.yaml: its well-known people"
        )
        parser.add_argument("--replace", action="store_true", help="take away those there are")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (options["size"] or options["cast"]):
            raise CommandError("say how many people with --size, or whom with --cast demo.yaml")
        if options["cast"]:
            self._cast(options["cast"], options)
        if options["size"]:
            self._fill(options)

    def _cast(self, file: Path, options: dict[str, Any]) -> None:
        checked = check(file.parent)
        cast = checked.definition.find(CAST) if checked.definition else None
        if cast is None or file.name != CAST.file():
            wrong = "\n".join(str(problem) for problem in checked.problems[:20])
            raise CommandError(f"{file} holds no usable cast of a package\n{wrong}".strip())
        on = options["on"] or today()
        number = load_cast(cast, municipality=options["municipality"], on=on)
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
                on=options["on"] or today(),
                taken=taken,
            )
        except ValueError as wrong:
            raise CommandError(f"--size {size}: {wrong}") from wrong
        load(made)
        self.stdout.write(f"{size:,} people in {len(made.households):,} households in {code}")


def _empty() -> None:
    with write():
        Person.objects.filter(castmember=None).delete()
        Household.objects.filter(membership=None).delete()
