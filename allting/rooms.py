"""How a room opens when the house starts: its part of the package language, its ears, its background work."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class Room(AppConfig):
    """A room of the house; `definitions`, `handlers` and `jobs` register themselves when it opens."""

    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for furniture in ("definitions", "handlers", "jobs"):
            name = f"{self.name}.{furniture}"
            if find_spec(name) is not None:
                import_module(name)
