"""Whatever a file holds, the answer is a list of problems and never a crash."""

import tempfile
from io import StringIO
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from allting.packages.api import Problem, check
from allting.packages.nodes import every, plain
from allting.packages.overlay import Overlay
from allting.packages.reader import read_yaml
from allting.packages.testing import written
from allting.packages.tests.folders import PACKAGE
from allting.packages.tests.kinds import town

SIGNS = "abå:- \n\t#&*!|>'\"%@`{}[],?~0123456789.eE_<=\\/\x00\x85\u2028\ud7ff\U0001f600"
PIECES = [
    "title: ", "things:", "- {id: a", "id: b", "remove: true", "}", "[", "]", "\n", "  ", ": ",
    "|", "null", "~", "0x1f", "1e400", "&a ", "*a", "!!int ", "<<: ", "'", '"', "---\n", "...\n",
    "%YAML 1.1\n", "? ", ">\n", "\n  x", "2026-02-30", "sv: ",
]  # fmt: skip
yaml_like = st.one_of(
    st.text(alphabet=SIGNS, max_size=80),
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
words = st.sampled_from(["id", "remove", "title", "things", "label", "sv", "en", "staff", "x", ""])
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)
branches = st.dictionaries(words, trees, max_size=5)


@given(yaml_like)
@settings(max_examples=400, deadline=None)
def test_reading_anything(source: str) -> None:
    tree, problems = read_yaml("p", "f.yaml", source)
    assert tree is not None or problems
    lines = source.count("\n") + 2
    assert all(1 <= problem.where.line <= lines for problem in problems)
    if tree is not None:
        assert all(node.origin.line >= 1 for _, node in every(tree))


@given(st.binary(max_size=120))
@settings(max_examples=60, deadline=None)
def test_checking_any_bytes(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as place:
        path = written(Path(place) / "solvik", {"package.yaml": PACKAGE})
        (path / "services/a").mkdir(parents=True)
        (path / "services/a/shop.yaml").write_bytes(content)
        with town():
            assert all(isinstance(problem, Problem) for problem in check(path).problems)


def as_yaml(value: Any) -> str:
    written = StringIO()
    YAML(typ="safe", pure=True).dump(value, written)
    return written.getvalue()


@given(branches, branches)
@settings(max_examples=150, deadline=None)
def test_overlaying_anything(below: Any, above: Any) -> None:
    first, _ = read_yaml("below", "f.yaml", as_yaml(below))
    second, _ = read_yaml("above", "f.yaml", as_yaml(above))
    if first is None or second is None:
        return
    overlay = Overlay()
    merged = overlay.merged(overlay.merged(None, first), second)
    assert all(isinstance(problem, Problem) for problem in overlay.problems)
    assert all(node.origin.package in ("below", "above") for _, node in every(merged))
    again = Overlay().merged(Overlay().merged(None, first), second)
    assert repr(plain(again)) == repr(plain(merged))


@given(branches, branches)
@settings(max_examples=60, deadline=None)
def test_checking_any_overlay(below: Any, above: Any) -> None:
    with tempfile.TemporaryDirectory() as place:
        sverige = PACKAGE.replace("id: solvik", "id: sverige")
        written(
            Path(place) / "sverige",
            {"package.yaml": sverige, "services/a/shop.yaml": as_yaml(below)},
        )
        files = {
            "package.yaml": PACKAGE + "builds_on: sverige\n",
            "services/a/shop.yaml": as_yaml(above),
        }
        with town():
            problems = check(written(Path(place) / "solvik", files)).problems
    assert all(problem.where.package in ("sverige", "solvik") for problem in problems)


@given(branches)
@settings(max_examples=60, deadline=None)
def test_a_package_manifest_of_anything(manifest: Any) -> None:
    with tempfile.TemporaryDirectory() as place, town():
        problems = check(written(Path(place) / "x", {"package.yaml": as_yaml(manifest)})).errors
    assert problems
