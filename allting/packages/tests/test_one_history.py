"""Files and the desk: what each gives the other, and that nobody's edit is lost in silence."""

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from allting.packages.actions import EditedAtDesk, NotPublishable, Sending, publish, publish_again
from allting.packages.actions import publish_folders as publish_folders
from allting.packages.api import current, edition, forget_editions
from allting.packages.edits import Edit, applied, as_json, clashes, from_json, joined
from allting.packages.exporting import archive
from allting.packages.keeping import Folders, NoFiles, files_of, folders_of
from allting.packages.models import KeptFolder, PackageVersion
from allting.packages.testing import PACKAGE, written
from tests.databases import start

VIK = """\
# Vik by the sea
id: vik
title: {sv: Viks kommun, en: Municipality of Vik}
version: 1.0.0
licence: EUPL-1.2
languages: [sv, en]
builds_on: grund
parameters:
  map-fee:
    value: 900   # since 2020
"""
GRUND = PACKAGE.replace("id: vik", "id: grund") + (
    "  map-fee: {value: 800, type: number, says: {sv: Kartavgift, en: Map fee}}\n"
    "  bin-fee: {value: 100, type: number, says: {sv: Sopavgift, en: Bin fee}}\n"
)
FEE, BIN = ("parameters", "map-fee", "value"), ("parameters", "bin-fee", "value")


@pytest.fixture
def vik(tmp_path: Path, db: None) -> Iterator[Path]:
    written(tmp_path / "grund", {"package.yaml": GRUND})
    folder = written(tmp_path / "vik", {"package.yaml": VIK, "README.md": "Ours.\n"})
    forget_editions()
    publish(folder, by="files", why="first")
    yield folder


def edit(path: tuple[str, ...], before: object, value: object, back: bool = False) -> Edit:
    return Edit("package.yaml", path, before, value, back)


def at_desk(*edits: Edit, seen: int | None = None) -> int:
    """The edits published as the desk does; the edition's number."""
    folders = applied(now_kept(), edits)
    how = Sending(by="Amir", why="desk", seen=seen, way=PackageVersion.DESK)
    return publish_folders(folders, how).number


def now_kept() -> Folders:
    newest = PackageVersion.objects.order_by("-number").values_list("id", flat=True)[0]
    return folders_of(newest)


def own() -> str:
    return now_kept()[-1].texts["package.yaml"]


def test_an_edit_writes_only_what_differs_and_is_taken_back(vik: Path) -> None:
    at_desk(edit(FEE, 900, 950))
    assert own() == VIK.replace("900 ", "950 ")
    at_desk(edit(BIN, 100, 120))
    assert own().endswith("950   # since 2020\n  bin-fee:\n    value: 120\n")
    assert edition(current().id).definition.parameters["bin-fee"] == 120
    at_desk(edit(BIN, 120, 100, back=True))
    assert own() == VIK.replace("900 ", "950 ")
    at_desk(edit(FEE, 950, 800, back=True))
    assert "map-fee" not in own() and "parameters" not in own()
    forget_editions()
    assert current().definition.parameters["map-fee"] == 800


def test_the_same_files_are_kept_once(vik: Path) -> None:
    at_desk(edit(FEE, 900, 950))
    assert KeptFolder.objects.filter(name="grund").count() == 1
    assert KeptFolder.objects.filter(name="vik").count() == 2
    assert [folder.name for folder in files_of(1)] == ["grund", "vik"]
    with pytest.raises(NoFiles):
        files_of(9)


@pytest.mark.django_db(transaction=True)
def test_files_without_what_was_edited_are_refused(vik: Path) -> None:
    at_desk(edit(FEE, 900, 950))
    (vik / "package.yaml").write_text(VIK.replace("1.0.0", "1.1.0"))
    with pytest.raises(EditedAtDesk, match=r"map-fee.value was edited at the desk \(edition 2"):
        publish(vik, by="files", why="without knowing")
    with pytest.raises(CommandError, match="nothing was published: 1 error"):
        call_command("publish", vik, why="x", yes=True)
    assert PackageVersion.objects.count() == 2
    assert publish(vik, by="files", why="meant", over_desk=True).number == 3
    (vik / "package.yaml").write_text(VIK)
    assert publish(vik, by="files", why="nothing of the desk's is left to lose").number == 4


def test_export_gives_the_folder_back_and_publishing_goes_on(
    vik: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {one.name: one.read_bytes() for one in vik.iterdir()}
    call_command("export", vik)
    assert {one.name: one.read_bytes() for one in vik.iterdir()} == before
    at_desk(edit(FEE, 900, 950))
    call_command("export", vik)
    assert capsys.readouterr().out.splitlines()[-2] == "~ package.yaml"
    text = (vik / "package.yaml").read_text()
    assert text == VIK.replace("900 ", "950 ")
    (vik / "package.yaml").write_text(text.replace("1.0.0", "1.1.0"))
    assert publish(vik, by="files", why="on").number == 3
    at_desk(edit(FEE, 950, 960))
    call_command("export", vik, edition=1)
    assert (vik / "package.yaml").read_text() == VIK
    assert (vik / "README.md").read_text() == "Ours.\n"


def test_export_takes_away_what_is_gone_and_touches_nothing_else(vik: Path, tmp_path: Path) -> None:
    call_command("export", tmp_path / "new" / "vik", all=True)
    assert (tmp_path / "new/grund/package.yaml").read_text() == GRUND
    (vik / "organisation.yaml").write_text("name: gone\n")
    (vik / "notes").mkdir()
    (vik / "notes/mine.txt").write_text("mine")
    call_command("export", vik)
    assert not (vik / "organisation.yaml").exists() and (vik / "notes/mine.txt").exists()
    other = written(tmp_path / "other", {"photo.txt": "x"})
    with pytest.raises(CommandError, match="holds other things"):
        call_command("export", other)
    (tmp_path / "far").mkdir()
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked/vik").symlink_to(vik)
    with pytest.raises(CommandError, match="not a folder of its own"):
        call_command("export", tmp_path / "linked/vik")


def test_back_to_an_edition_is_a_new_one_with_the_same_files(vik: Path) -> None:
    at_desk(edit(FEE, 900, 950))
    made = publish_again(1, by="Birgitta", why="wrong fee")
    row = PackageVersion.objects.get(number=made.number)
    assert (made.number, row.way, row.base) == (3, "again", 1)
    assert own() == VIK and files_of(3) == files_of(1)
    with pytest.raises(NotPublishable, match="edition 3 was published while"):
        at_desk(edit(FEE, 900, 950), seen=2)


def test_a_remark_in_the_file_is_kept_with_the_edition_that_says_the_same(vik: Path) -> None:
    (vik / "package.yaml").write_text(VIK + "# a remark\n")
    assert publish(vik, by="files", why="a remark").number == 1
    assert own().endswith("# a remark\n")
    at_desk(edit(FEE, 900, 950))
    assert own().endswith("# a remark\n")


def test_the_archive_is_the_same_each_time(vik: Path) -> None:
    day = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
    assert archive(now_kept(), day) == archive(now_kept(), day)
    with zipfile.ZipFile(io.BytesIO(archive(now_kept(), day))) as packed:
        assert packed.namelist() == ["vik/package.yaml", "grund/package.yaml"]
        assert packed.read("vik/package.yaml").decode() == VIK


def test_edits_of_one_place_are_one_and_what_changes_nothing_goes(vik: Path) -> None:
    first, second = edit(FEE, 900, 950), edit(FEE, 950, 970)
    assert joined([first], [second]) == (edit(FEE, 900, 970),)
    assert joined([first], [edit(FEE, 950, 900)]) == ()
    assert from_json(as_json([first])) == (first,)
    at_desk(edit(FEE, 900, 950))
    assert [one.now for one in clashes([edit(FEE, 900, 999), edit(BIN, 100, 1)], now_kept())] == [
        950
    ]


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_midst_of_publishing_nothing_is_published(vik: Path) -> None:
    (vik / "package.yaml").write_text(VIK.replace("900", "950"))
    other = start("allting.packages.tests.worker", str(vik))
    said = other.communicate(timeout=120)[0]
    assert other.returncode == -9 and "published" not in said
    assert PackageVersion.objects.count() == 1
    assert KeptFolder.objects.filter(name="vik").count() == 1
    assert publish(vik, by="files", why="again").number == 2
