"""A round in the demonstration municipality: its preschools, and children who wait there."""

import random
from datetime import date
from pathlib import Path
from uuid import uuid4

from allting.catalogue.api import units
from allting.kernel.api import now
from allting.packages.api import forget_editions, publish
from allting.placements.models import Seat
from allting.placements.tests.town import START, Waiting
from allting.register.models import Person

PACKAGE = Path(__file__).resolve().parents[3] / "packages" / "solvik"
NAMES = """
    Alma Axel Astrid Adam Bianca Bo Cleo Dag Disa Elsa Edvin Ebba Folke Freja Greta Gustav Hedda
    Hugo Ines Ivar Juni Jack Klara Karl Lova Leo Maja Malte Nora Noel Olle Olivia Per Pia Rut Ruben
    Saga Sixten Tage Tuva Ulf Vera Vide Wilma Zoe Yrsa
""".split()  # noqa: SIM905 (a list of names reads better as a line of names)
WAIT = 44


def published() -> None:
    """Solvik, in force."""
    forget_editions()
    publish(PACKAGE, by="test", why="test")


def fill(waiting: Waiting, free: int = 3) -> list[Person]:
    """Leave a few places free at each preschool, and let children wait; two of them unseen."""
    from allting.packages.api import current

    chance = random.Random(3)
    preschools = units(current(), "preschool")
    for n, (unit, it) in enumerate(preschools.items()):
        Seat.objects.bulk_create(
            Seat(kind="preschool", unit=unit, subject=uuid4(), since=date(2025, 8, 18), taken=True,
                 source="test", at=now())
            for _ in range((it.capacity or 0) - (7 if n == 0 else free - n % 3))
        )  # fmt: skip
    ids = list(preschools)
    children = []
    for n in range(WAIT):
        near = preschools[ids[n % 7]].position
        assert near is not None
        wanted = [] if n % 9 == 8 else [ids[0], *chance.sample(ids[1:6], 2)]
        child = waiting.child(NAMES[n], *wanted, protection="mark" if n in (5, 17) else "none")
        at = near.lat + chance.gauss(0, 0.01), near.lon + chance.gauss(0, 0.02)
        waiting.at[child.id] = at
        children.append(child)
    assert date(2026, 11, 1) < START
    return children
