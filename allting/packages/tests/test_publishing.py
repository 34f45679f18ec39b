"""One immutable version, whole or not at all, and taken up while running."""

from pathlib import Path

import pytest

from allting.packages.api import NothingPublished, NotPublishable, current, edition, publish
from allting.packages.tests.folders import PACKAGE, folder


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return folder(tmp_path / "solvik", {"package.yaml": PACKAGE})


@pytest.mark.django_db
def test_published_package_is_in_force(small: Path) -> None:
    made = publish(small, by="anna", why="the first")
    assert current().id == made.id
    assert current().definition.title["en"] == "Municipality of Solvik"
    assert edition(made.id).definition.parameters["municipality-code"] == "2599"


@pytest.mark.django_db
def test_same_content_twice_is_the_same_edition(small: Path) -> None:
    assert publish(small, by="anna", why="1").id == publish(small, by="bo", why="2").id


@pytest.mark.django_db
def test_errors_publish_nothing(small: Path) -> None:
    (small / "package.yaml").write_text(PACKAGE + "colour: red\n", encoding="utf-8")
    with pytest.raises(NotPublishable, match="'colour' is not a key here"):
        publish(small, by="anna", why="broken")
    with pytest.raises(NothingPublished):
        current()


@pytest.mark.django_db
def test_origin_is_kept_with_the_edition(small: Path) -> None:
    made = publish(small, by="anna", why="1")
    place = made.definition.origin("package.parameters.municipality-code.value")
    assert str(place) == "solvik/package.yaml:7:30"
