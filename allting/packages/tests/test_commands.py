"""What `allting check` and `allting show` say, and with which exit status."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from allting.packages.tests.cases import Case
from allting.packages.tests.kinds import town

WRONG = Case("", (), {"files": {"services/bakery/shop.yaml": "staff: two\ntitle: {sv: Boden}\n"}})
RIGHT = Case("", (), {"files": {"services/bakery/shop.yaml": "staff: 2\n"}})

Captured = pytest.CaptureFixture[str]


def told(capsys: Captured) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_check_tells_every_problem_and_fails(tmp_path: Path, capsys: Captured) -> None:
    folder = WRONG.write(tmp_path)
    with town(), pytest.raises(SystemExit, match="1"):
        call_command("check", str(folder))
    assert told(capsys) == [
        f"{folder}/services/bakery/shop.yaml:1:8: error: 'staff' is 'two'. "
        "Expected a whole number.",
        f"{folder}: 1 error, no warnings",
    ]


def test_check_of_a_right_package(tmp_path: Path, capsys: Captured) -> None:
    folder = RIGHT.write(tmp_path)
    with town():
        call_command("check", str(folder), str(folder.parent / "sverige"))
    assert told(capsys) == [
        f"{folder}: no errors, no warnings",
        f"{folder.parent}/sverige: no errors, no warnings",
    ]


def test_check_from_inside_the_folder(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(WRONG.write(tmp_path))
    (tmp_path / "sverige/services/b").mkdir()
    (tmp_path / "sverige/services/b/shop.yaml").write_text("titel: x\n")
    with town(), pytest.raises(SystemExit):
        call_command("check", ".", "--errors")
    places = [line.split(": ")[0] for line in told(capsys)]
    assert places == [
        "services/bakery/shop.yaml:1:8",
        "../sverige/services/b/shop.yaml:1:1",
        "../sverige/services/b/shop.yaml:1:1",
        ".",
    ]
    assert Path("../sverige/services/b/shop.yaml").exists()


def test_check_for_programs(tmp_path: Path, capsys: Captured) -> None:
    folder = WRONG.write(tmp_path)
    with town(), pytest.raises(SystemExit):
        call_command("check", str(folder), "--json")
    assert json.loads(capsys.readouterr().out) == [
        {
            "file": f"{folder}/services/bakery/shop.yaml",
            "line": 1,
            "column": 8,
            "weight": "error",
            "what": "'staff' is 'two'",
            "expected": "a whole number",
            "mend": None,
        }
    ]


def test_a_folder_that_is_not_there(tmp_path: Path, capsys: Captured) -> None:
    with pytest.raises(SystemExit):
        call_command("check", str(tmp_path / "nowhere"))
    assert "there is no folder nowhere" in told(capsys)[0]


def test_show_tells_values_and_who_says_so(tmp_path: Path, capsys: Captured) -> None:
    folder = RIGHT.write(tmp_path)
    below = folder.parent / "sverige/services/bakery/shop.yaml"
    with town():
        call_command("show", str(folder), "services/bakery/shop.yaml")
    assert [line.split() for line in told(capsys)] == [
        ["services.bakery.shop.title.sv", "=", '"Bageriet"', f"{below}:1:13"],
        ["services.bakery.shop.title.en", "=", '"The', 'bakery"', f"{below}:1:27"],
        ["services.bakery.shop.staff", "=", "2", f"{folder}/services/bakery/shop.yaml:1:8"],
        ["services.bakery.shop.things.bread.id", "=", '"bread"', f"{below}:4:10"],
        ["services.bakery.shop.things.bread.label.sv", "=", '"Bröd"', f"{below}:4:29"],
        ["services.bakery.shop.things.bread.label.en", "=", '"Bread"', f"{below}:4:39"],
    ]


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("services.bakery.shop.staff", 1),
        ("services.bakery.shop.things.bread.label.sv", 1),
        ("services.bakery.shop.things.0.label", 2),
        ("services", 6),
        ("package.title", 2),
        ("languages", 2),
        ("", 14),
    ],
)
def test_show_finds(tmp_path: Path, capsys: Captured, path: str, shown: int) -> None:
    with town():
        call_command("show", str(RIGHT.write(tmp_path)), path)
    assert len(told(capsys)) == shown


def test_show_tells_whose_a_page_is(tmp_path: Path, capsys: Captured) -> None:
    page = Case("", (), {"files": {"services/bakery/page.sv.md": "## Bröd\n\nVarje dag.\n"}})
    folder = page.write(tmp_path)
    with town():
        call_command("show", str(folder), "services/bakery/page")
    assert [line.split() for line in told(capsys)] == [
        [
            "services/bakery/page.sv.md",
            "=",
            "3",
            "lines",
            f"{folder}/services/bakery/page.sv.md:1:1",
        ]
    ]


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("services.bakary.shop", "did you mean 'services.bakery.shop'"),
        ("services.bakery.shop.stuff", "services.bakery.shop has no 'stuff': did you mean 'staff'"),
        ("services.bakery.shop.staff.x", "it is a single value"),
        ("services.bakery.shop.things.cake", "there is bread"),
    ],
)
def test_show_says_what_there_is_instead(tmp_path: Path, path: str, answer: str) -> None:
    with town(), pytest.raises(CommandError, match=answer):
        call_command("show", str(RIGHT.write(tmp_path)), path)
