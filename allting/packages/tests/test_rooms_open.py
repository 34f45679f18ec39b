"""Rooms register their part of a package when the house opens, not by being imported by chance."""

import subprocess
import sys

_OPEN = """
import django
django.setup()
from django.apps import apps
from allting.rooms import Room
print([a.name for a in apps.get_app_configs() if a.name != "config" and not isinstance(a, Room)])
from allting.packages.kinds import registry
print("package" in registry().files)
"""


def test_every_room_opens_by_itself() -> None:
    environment = {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": "."}
    done = subprocess.run(
        [sys.executable, "-c", _OPEN], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.split("\n")[:2] == ["[]", "True"]
