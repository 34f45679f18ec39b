"""What a file says is what a person reads in it, and every value knows where it stands."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allting.packages.nodes import Listing, Origin, Scalar, plain
from allting.packages.offsets import advance
from allting.packages.reader import read_yaml


def value(written: str) -> Any:
    tree, problems = read_yaml("p", "f.yaml", f"x: {written}\n")
    assert not problems, problems
    assert tree is not None
    read = plain(tree)
    assert isinstance(read, dict)
    return read["x"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("NO", "NO"),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("y", "y"),
        ("12:30", "12:30"),
        ("190:20:30", "190:20:30"),
        ("2026-08-17", "2026-08-17"),
        ("1_000", "1_000"),
        ("0b101", "0b101"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("1 260", "1 260"),
        ("12,5", "12,5"),
        ("+46 10", "+46 10"),
        ("=", "="),
        ("<<", "<<"),
        ("~", None),
        ("null", None),
        ("", None),
        ("true", True),
        ("False", False),
        ("'true'", "true"),
        ('"12"', "12"),
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("12.50", 12.5),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("a # remark", "a"),
        ("'it''s'", "it's"),
        ('"a\\nb"', "a\nb"),
        ("[a, 1]", ["a", 1]),
        ("{a: b}", {"a": "b"}),
        ("|\n  a\n  b", "a\nb\n"),
        (">\n  a\n  b", "a b\n"),
        ("municipality_code = here", "municipality_code = here"),
        ("a <> 'b' and c >= 1", "a <> 'b' and c >= 1"),
    ],
)
def test_values_are_what_they_look_like(written: str, read: Any) -> None:
    found = value(written)
    assert found == read
    assert type(found) is type(read)


def test_lines_end_as_any_system_ends_them() -> None:
    tree, problems = read_yaml("p", "f.yaml", "a: 1\n\nb:\n  c: 2\n")
    assert tree is not None
    assert not problems
    assert tree.key_origin("b") == Origin("p", "f.yaml", 3, 1)
    inner = tree.entries["b"]
    assert inner.origin == Origin("p", "f.yaml", 4, 3)


@pytest.mark.parametrize(
    "written",
    [
        "age > wrong",
        "'age > wrong'",
        '"age > wrong"',
        "age >\n  wrong",
        ">\n  age >\n  wrong",
        "|\n  age >\n    wrong",
        ">-\n\n  age\n\n  > wrong",
        '"age\\\n  > wrong"',
        "[first, age > wrong]",
    ],
)
def test_a_word_in_a_value_is_found_in_the_file(written: str) -> None:
    source = f"# remark: wrong\nother: 1\nx: {written}\n"
    tree, _ = read_yaml("p", "f.yaml", source)
    assert tree is not None
    node = tree.entries["x"]
    scalar = node.items[-1] if isinstance(node, Listing) else node
    assert isinstance(scalar, Scalar)
    text = str(scalar.value)
    place = advance(source, scalar.origin, text, text.index("wrong"))
    assert source.split("\n")[place.line - 1][place.column - 1 :].startswith("wrong")


@given(st.text(alphabet="ab '\"|>\n\\#:", max_size=30), st.integers(0, 40), st.integers(1, 9))
@settings(max_examples=200, deadline=None)
def test_a_place_is_always_inside_the_file(text: str, offset: int, column: int) -> None:
    source = f"x: {text}\n"
    place = advance(source, Origin("p", "f.yaml", 1, min(column, 4)), text, offset)
    lines = source.split("\n")
    assert 1 <= place.line <= len(lines)
    assert 1 <= place.column <= len(lines[place.line - 1]) + 1
