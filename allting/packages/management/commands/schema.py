"""`allting schema --write DIR [FOLDER …]`: JSON Schemas for editors."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from allting.packages.schemas import all_schemas, editor_settings


class Command(BaseCommand):
    """Writes a JSON Schema for each kind of file, and the settings that tell an editor which."""

    help = (
        "Write JSON Schemas so that an editor completes and validates. Put the contents of "
        "yaml-schemas.json under 'yaml.schemas' in the editor's settings."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", type=Path, required=True, metavar="DIR", help="where to")
        parser.add_argument("folders", type=Path, nargs="*", help="packages to connect them with")

    def handle(self, *args: Any, **options: Any) -> None:
        place: Path = options["write"]
        place.mkdir(parents=True, exist_ok=True)
        schemas = all_schemas()
        settings = editor_settings(place, options["folders"])
        for name, content in {**schemas, "yaml-schemas.json": settings}.items():
            text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
            (place / name).write_text(text, encoding="utf-8")
        self.stdout.write(
            f"{len(schemas)} schemas are in {place}; yaml-schemas.json beside them says which file "
            "each is for: its contents belong under 'yaml.schemas' in the editor's settings"
        )
