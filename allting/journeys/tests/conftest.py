"""The small municipality with a house to build and a child to care for, published."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from allting.catalogue.testing import changed, town
from allting.journeys.tests.test_checks import FILES
from allting.kernel.api import clock_at
from allting.packages.api import Edition, current, publish
from allting.packages.testing import written
from allting.register.testing import Family, family

MORNING = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)
PERMIT = "services/building-permit/service.yaml"
MAP = "services/new-construction-map/service.yaml"
CHILD = "life-events/having-a-child.yaml"
QUESTIONS = """\
questions:
  - id: builds
    kind: choice
    label: {sv: Vad bygger du?, en: What do you build?}
    options:
      - {id: house, label: {sv: Hus, en: House}}
      - {id: shed, label: {sv: Förråd, en: Shed}}
"""


@pytest.fixture
def solvik(db: None, tmp_path: Path) -> Iterator[Edition]:
    """Published, on a morning in January."""
    where = written(town(tmp_path), {**FILES, "questions.yaml": QUESTIONS})
    (where / "life-events/building.examples.yaml").unlink()
    changed(where, PERMIT, "board: building", "board: building\nprocessing_time: {legal: 10 weeks}")
    changed(where, MAP, "board: building", "board: building\nprocessing_time: {typical: 3 weeks}")
    needed = "evidence: new-construction-map, needed_if: plan.builds = 'house'"
    changed(where, PERMIT, "evidence: new-construction-map", needed)
    changed(where, "life-events/building.yaml", "services:", "asks: [builds]\nservices:")
    young = "services:\n  - {service: preschool-place, wanted_if: age(birth_date) < 6}"
    changed(where, CHILD, "services: [preschool-place]", f"subject: child\n{young}")
    with clock_at(MORNING):
        publish(where, by="Anna", why="the first version")
        yield current()


@pytest.fixture
def people(db: None) -> Family:
    """A mother, a father, their children and a stranger."""
    return family()
