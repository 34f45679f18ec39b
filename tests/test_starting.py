"""Starting with a folder: published if it is new, and never over what was edited at the desk."""

from pathlib import Path

import pytest

from allting.packages.api import Edit, Sending, applied, files_of, publish_folders
from allting.packages.testing import PACKAGE, in_force, written
from config.prepare import _published

VALUE = ("title", "en")


@pytest.mark.django_db(transaction=True)
def test_what_was_edited_at_the_desk_stays_in_force(tmp_path: Path) -> None:
    folder = written(tmp_path / "vik", {"package.yaml": PACKAGE})
    in_force(folder)
    edits = [Edit("package.yaml", VALUE, "Municipality of Vik", "Vik Council")]
    publish_folders(applied(files_of(1), edits), Sending(by="Amir", why="shorter", way="desk"))
    said = _published(folder)
    assert said.startswith("Edition 2 stays in force") and "the folder is as it was before" in said
    (folder / "package.yaml").write_text(PACKAGE.replace("1.0.0", "1.1.0"))
    assert "the folder differs too" in _published(folder)
    (folder / "package.yaml").write_text(PACKAGE.replace("Municipality of Vik", "Vik Council"))
    assert "as edition 2" in _published(folder)
