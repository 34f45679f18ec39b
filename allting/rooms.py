"""How a room opens when the house starts: its part of the package language, then its ears."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class Room(AppConfig):
    """A room of the house; `definitions` and `handlers` register themselves when it opens."""

    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for furniture in ("definitions", "handlers"):
            name = f"{self.name}.{furniture}"
            if find_spec(name) is not None:
                import_module(name)
