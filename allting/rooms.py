"""How a room opens when the house starts: its part of a package, its ears, its background work."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class Room(AppConfig):
    """A room of the house; `definitions`, `handlers` and `jobs` register when it opens."""

    default_auto_field = "django.db.models.BigAutoField"
    default = False  # Django looks for the one default of an apps.py, where Room stands too

    def __init_subclass__(cls) -> None:
        cls.default = True

    def ready(self) -> None:
        for furniture in ("definitions", "handlers", "jobs"):
            name = f"{self.name}.{furniture}"
            if find_spec(name) is not None:
                import_module(name)
