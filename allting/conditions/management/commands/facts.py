"""`allting facts`: what a condition may speak of, as declared by the rooms in force."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from allting.conditions.facts import SUBJECT, declared
from allting.conditions.helpers import HELPERS, SEVERAL

AS_OF = {"sv": "dagen som frågan gäller", "en": "the day for which it is asked"}
Row = tuple[str, str, str, str]


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Print the facts and helpers that a condition may use."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--language", default=settings.LANGUAGE_CODE, help="of the texts, such as sv or en"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.table(("fact", "type", "says", "source"), list(_facts(options["language"])))
        self.stdout.write("")
        self.table(("helper", "gives", "says", ""), list(_helpers(options["language"])))
        self.stdout.write("")
        self.stdout.write("Answers and parameters are named answers.ID and parameters.ID,")
        self.stdout.write("with underscores for the hyphens of the id.")

    def table(self, heading: Row, rows: list[Row]) -> None:
        columns = list(zip(heading, *rows, strict=True))
        widths = [max(len(cell) for cell in column) for column in columns]
        for row in (heading, *rows):
            line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write(line.rstrip())


def _facts(language: str) -> Iterator[Row]:
    for scope, members in declared().items():
        prefix = "" if scope == SUBJECT else f"{scope}."
        for name, fact in members.items():
            yield prefix + name, fact.type.value, _text(fact.says, language), fact.source
    yield "here", "text", "parameters.municipality_code", "package.yaml"
    yield "as_of", "date", _text(AS_OF, language), ""


def _helpers(language: str) -> Iterator[Row]:
    for helper in HELPERS.values():
        yield helper.signature, helper.gives.value, _text(helper.says, language), ""
    for name, says in SEVERAL.items():
        yield f"{name}(a, b, …)", "the same", _text(says, language), ""


def _text(says: Mapping[str, str], language: str) -> str:
    return says.get(language) or next(iter(says.values()), "")
