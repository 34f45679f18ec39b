"""Django set up without a server, and the situations of a package: imported before the rooms."""

import os
from datetime import date
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from allting.offers.plan import planned_in  # noqa: E402 - once Django is set up
from allting.packages.api import check  # noqa: E402

ON = date(2026, 11, 23)
PACKAGE = Path(__file__).resolve().parent.parent / "packages" / "solvik"
_definition = check(PACKAGE).definition
if _definition is None:
    raise SystemExit(f"{PACKAGE}: expected a package without mistakes; see `allting check`")

PLANNED = {one.key: one for one in planned_in(_definition)}
"""The situations as they stand in the package, ready to be looked for."""

SITUATIONS = {key: one.holds for key, one in PLANNED.items()}
CONSTANTS = next(iter(PLANNED.values())).parameters
HERE: str = CONSTANTS["parameters.municipality_code"]
NAMES = frozenset(
    name for it in SITUATIONS.values() for name in it.names if not name.startswith("parameters.")
)
"""What they ask of the register."""
