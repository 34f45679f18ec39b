"""One value is another, and not a sign besides."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allting.packages.edits import at
from allting.packages.nodes import Branch, Listing, Node, id_of, plain
from allting.packages.reader import read_yaml
from allting.packages.rewriting import NotRewritable, Steps, with_value, without

ROOT = Path(__file__).resolve().parents[3]
FILES = [
    file for file in sorted((ROOT / "packages").rglob("*.yaml")) if file.stat().st_size < 4_000
]

ORGANISATION = """\
# Kept for fiction.
name: {sv: Vik, en: Vik}
contact:
  phone: "+46 1"   # the exchange
  hours:
    - {days: mon-thu, opens: "08:00", closes: "17:00"}
    - {days: fri, opens: "08:00", closes: "15:00"}

boards:
  - id: education
    says: >-
      On two
      lines.

    # about the next
    contact: {phone: "+46 2"}
  - id: building
    series: BN
"""
CHANGES = [
    (("contact", "phone"), "+46 9", 'phone: "+46 1"', 'phone: "+46 9"'),
    (("name", "en"), "Vik: a town", "en: Vik}", 'en: "Vik: a town"}'),
    (("boards", "#education", "contact", "phone"), "+46 3", '{phone: "+46 2"}', '{phone: "+46 3"}'),
    (
        ("boards", "#education", "contact", "email"),
        "a@vik.example",
        '{phone: "+46 2"}',
        '{phone: "+46 2", email: a@vik.example}',
    ),
    (
        ("boards", "#education", "says"),
        "One.",
        "says: >-\n      On two\n      lines.\n",
        "says: One.\n",
    ),
    (
        ("boards", "#building", "name", "sv"),
        "Byggnadsnämnden",
        "    series: BN\n",
        "    series: BN\n    name:\n      sv: Byggnadsnämnden\n",
    ),
    (
        ("contact", "hours"),
        [{"days": "mon-fri", "opens": "09:00", "closes": "15:00"}],
        '    - {days: mon-thu, opens: "08:00", closes: "17:00"}\n'
        '    - {days: fri, opens: "08:00", closes: "15:00"}\n',
        '    - {days: mon-fri, opens: "09:00", closes: "15:00"}\n',
    ),
    (
        ("boards", "#social", "contact", "phone"),
        "112",
        "    series: BN\n",
        '    series: BN\n  - id: social\n    contact:\n      phone: "112"\n',
    ),
]


@pytest.mark.parametrize(("path", "value", "old", "new"), CHANGES)
def test_only_that_is_another(path: Steps, value: Any, old: str, new: str) -> None:
    assert ORGANISATION.count(old) == 1
    assert with_value(ORGANISATION, path, value) == ORGANISATION.replace(old, new)


def test_what_is_taken_away_takes_along_what_says_nothing_then() -> None:
    source = "a: 1\nboards:\n  - id: x\n    contact: {phone: '1'}\n  - id: y\n    n: 2\n"
    path = ("boards", "#x", "contact", "phone")
    kept = without(source, path)
    assert kept == "a: 1\nboards:\n  - id: x\n  - id: y\n    n: 2\n"
    assert without(source, path, items=frozenset({path[:2]})) == (
        "a: 1\nboards:\n  - id: y\n    n: 2\n"
    )
    assert without("title: {sv: A}\n", ("title", "sv")) == ""
    assert without(source, ("b",)) == source


def test_a_new_file_is_begun() -> None:
    made = with_value("", ("boards", "#x", "name"), {"sv": "En rad\nen till", "en": "no: yes"})
    assert made == (
        "boards:\n  - id: x\n    name:\n      sv: |-\n        En rad\n        en till\n"
        '      en: "no: yes"\n'
    )


def test_what_cannot_hold_it_is_left_alone() -> None:
    with pytest.raises(NotRewritable):
        with_value("a: text\n", ("a", "b"), "x")
    with pytest.raises(NotRewritable):
        with_value("a: [", ("a",), "x")


def paths(node: Node, path: Steps = ()) -> list[Steps]:
    found = [path] if path and path[-1] != "id" and path[-1][0] != "#" else []
    if isinstance(node, Branch):
        for key, inner in node.entries.items():
            found += paths(inner, (*path, key))
    elif isinstance(node, Listing):
        for position, inner in enumerate(node.items):
            found += paths(inner, (*path, f"#{id_of(inner) or position}"))
    return found


WORDS = st.text(st.sampled_from("aåB1 :#-'\"{}[],\n>|&*!%@`.é☃"), min_size=1, max_size=30).filter(
    lambda text: text.strip() == text
)


@settings(deadline=None, max_examples=40)
@given(file=st.sampled_from(FILES), words=WORDS, data=st.data())
def test_every_value_of_every_file_can_be_another(file: Path, words: str, data: Any) -> None:
    source = file.read_text("utf-8")
    tree, _ = read_yaml("", "", source)
    assert tree is not None
    path = data.draw(st.sampled_from(paths(tree)))
    changed = with_value(source, path, words)
    again, problems = read_yaml("", "", changed)
    assert not problems and again is not None
    there = at(again, path)
    assert there is not None and plain(there) == words
    without(source, path)
