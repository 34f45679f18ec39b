"""The four guards of the floor plan, and a planted fault that each must catch."""

import shutil
import subprocess
import sys
from pathlib import Path

from django.apps import apps
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.test.utils import isolate_apps
from django.urls import get_resolver, path

from tests.floors import ROOT, floors, open_doors, upward_keys, wrong_doors


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    return subprocess.run(
        command,
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(root)},
    )


def copy_of_the_house(folder: Path) -> Path:
    for name in ("allting", "config"):
        shutil.copytree(
            ROOT / name,
            folder / name,
            ignore=shutil.ignore_patterns("node_modules", "__pycache__", "static"),
        )
    shutil.copy(ROOT / ".importlinter", folder)
    return folder


def test_rooms_import_only_downward() -> None:
    answer = lint_imports(ROOT)
    assert answer.returncode == 0, answer.stdout


def test_an_import_upward_is_caught(tmp_path: Path) -> None:
    house = copy_of_the_house(tmp_path)
    (house / "allting/kernel/planted.py").write_text("from allting.cases import apps\n")
    answer = lint_imports(house)
    assert answer.returncode == 1
    assert "allting.kernel is not allowed to import allting.cases" in answer.stdout


def test_a_room_on_no_floor_is_caught(tmp_path: Path) -> None:
    house = copy_of_the_house(tmp_path)
    (house / "allting/attic").mkdir()
    (house / "allting/attic/__init__.py").write_text("")
    answer = lint_imports(house)
    assert answer.returncode == 1
    assert "attic" in answer.stdout


def test_every_room_on_the_plan_exists() -> None:
    rooms = {p.parent.name for p in (ROOT / "allting").glob("*/apps.py")}
    assert rooms == set(floors())
    for room in rooms:
        built = (ROOT / "allting" / room / "api.py").exists()
        told = (ROOT / "allting" / room / "README.md").exists()
        assert told or not built, f"{room} has no README.md"


def test_rooms_enter_by_the_door() -> None:
    assert list(wrong_doors(ROOT / "allting")) == []


def test_an_entry_by_the_window_is_caught(tmp_path: Path) -> None:
    (tmp_path / "portal").mkdir()
    (tmp_path / "portal/views.py").write_text(
        "from allting.cases.models import Case\nfrom allting.forms.api import start\n"
        "from allting.forms import actions\nfrom allting.forms.testing import form\n"
    )
    (tmp_path / "portal/testing.py").write_text("from allting.forms.testing import form\n")
    found = list(wrong_doors(tmp_path))
    assert len(found) == 3
    assert "allting.cases.models" in found[0]
    assert "allting.forms.actions" in found[1]


def test_foreign_keys_point_downward() -> None:
    assert list(upward_keys(apps.get_models())) == []


@isolate_apps()
def test_a_foreign_key_upward_is_caught() -> None:
    class Above(models.Model):
        class Meta:
            app_label = "cases"

    class Below(models.Model):
        above = models.ForeignKey(Above, on_delete=models.CASCADE)

        class Meta:
            app_label = "register"

    assert list(upward_keys([Below])) == ["Below.above points from register up to cases"]


def test_every_address_states_who_may_enter() -> None:
    assert list(open_doors(get_resolver().url_patterns)) == []


def test_an_address_that_states_nothing_is_caught() -> None:
    def naked(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert len(list(open_doors([path("naked/", naked)]))) == 1
