"""Every mistake is told with its place, what was expected and how to mend it."""

from pathlib import Path

import pytest

from allting.packages.tests.cases import Case, cases
from allting.packages.tests.kinds import town

HOUSE = cases("house.yaml")
ALL = [case for file in ("reading.yaml", "files.yaml", "values.yaml") for case in cases(file)]


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_broken_package(case: Case, tmp_path: Path) -> None:
    with town():
        assert case.found(tmp_path) == case.says


@pytest.mark.parametrize("case", HOUSE, ids=lambda case: case.name)
def test_mistake_in_what_a_room_owns(case: Case, tmp_path: Path) -> None:
    assert case.found(tmp_path) == case.says


def test_enough_is_tried() -> None:
    assert len(ALL) >= 40
    assert len({case.name for case in ALL + HOUSE}) == len(ALL + HOUSE)
    assert all(case.says for case in ALL + HOUSE)


def test_without_a_mistake_there_is_nothing_to_tell(tmp_path: Path) -> None:
    with town():
        assert Case("right", (), {}).found(tmp_path) == ()
