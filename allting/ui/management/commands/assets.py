"""`allting assets`: gather what browsers fetch, and say what it weighs."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from allting.ui.assets import gather, missing, weights


class Command(BaseCommand):
    """The server gathers by itself when it starts; this is for looking at what it found."""

    help = "Gather fonts, styles and scripts, named by content and compressed"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Gather; fails when a source file is not there."""
        absent = missing()
        if absent:
            files = "\n".join(f"  {path}" for path in absent)
            raise CommandError(f"missing:\n{files}\nTry: npm ci --prefix allting/ui")
        gather(Path(settings.STATIC_ROOT))
        for name, size in weights().items():
            self.stdout.write(f"{size:>8,} bytes  {name}")
        self.stdout.write(f"gathered in {settings.STATIC_ROOT}")
