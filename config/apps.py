"""The house itself as Django's last app: when all rooms are open, they are wired together."""

from django.apps import AppConfig


class House(AppConfig):
    """Opens last, so that every room is there to be wired."""

    name = "config"

    def ready(self) -> None:
        from config.wiring import wire

        wire()
