"""What was read before is read again from memory, and is the same to the last place."""

from pathlib import Path
from typing import Any

import pytest

from allting.packages.cache import remember, remembered
from allting.packages.nodes import Branch, every
from allting.packages.reader import read_yaml

SOURCE = "title: {sv: Hej, en: Hello}\nnames:\n" + "".join(
    f"  - {{id: n{n}, text: 'Ett namn', open: true, price: 1.5, none: }}\n" for n in range(80)
)


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> Path:
    settings.ALLTING_CACHE = tmp_path
    return tmp_path


def tree() -> Branch:
    found, problems = read_yaml("p", "f.yaml", SOURCE)
    assert found is not None
    assert not problems
    return found


def test_it_comes_back_as_it_was() -> None:
    assert remembered("p", "f.yaml", SOURCE) is None
    remember(SOURCE, tree())
    again = remembered("p", "f.yaml", SOURCE)
    assert again == tree()
    assert again is not None
    assert [node.origin for _, node in every(again)] == [node.origin for _, node in every(tree())]
    other = remembered("q", "g.yaml", SOURCE)
    assert other is not None
    assert other.origin.package == "q"


@pytest.mark.parametrize("content", [b"", b"{", b"[1,2]", b"[1,2,3]", b'"x"', b"\xff"])
def test_what_is_broken_is_no_matter(place: Path, content: bytes) -> None:
    remember(SOURCE, tree())
    (kept,) = place.rglob("*.json")
    kept.write_bytes(content)
    assert remembered("p", "f.yaml", SOURCE) is None


def test_where_nothing_can_be_written_nothing_is(place: Path, settings: Any) -> None:
    settings.ALLTING_CACHE = place / "file"
    (place / "file").write_text("not a folder")
    remember(SOURCE, tree())
    assert remembered("p", "f.yaml", SOURCE) is None


def test_small_files_are_not_kept(place: Path) -> None:
    remember("title: x\n", tree())
    assert not list(place.rglob("*.json"))


def test_a_drawer_never_overflows(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allting.packages.cache.MOST_IN_A_DRAWER", 2)
    monkeypatch.setattr("hashlib.sha256", lambda text: _Mark(text))
    for number in range(6):
        remember(SOURCE + f"# {number}\n", tree())
    assert len(list(place.rglob("*.json"))) <= 3


class _Mark:
    """A fingerprint whose first two signs are always the same."""

    def __init__(self, text: bytes) -> None:
        self.text = text

    def hexdigest(self) -> str:
        return "aa" + str(abs(hash(self.text)))
