"""Nobody meets English on a Swedish page, nor a resident on a Finnish one.

Every sentence of every room has its Swedish; those that residents meet have their Finnish too.
"""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from allting.ui.language import translator
from allting.ui.tests.conftest import ROOMS

HOUSE = ROOMS.parent
# what only employees meet is in Swedish and English; so are the demonstration's post and telephone
AT_WORK = (
    "workplace/", "editing/", "connectors/demo_mail/", "connectors/demo_sms/",
    "ui/templates/ui/style",
    "offers/tasks.py", "offers/seating.py", "offers/templates/offers/desk_parts.html",
    "offers/views/common.py", "offers/views/comparing.py", "offers/views/desk.py",
    "offers/views/made.py", "placements/views/", "placements/telling.py",
    "placements/templates/placements/lots.html", "notifications/views/texts.py",
    "cases/deciding.py", "packages/",
)  # fmt: skip
# what the check says, which those who write a package and those who edit it meet
CHECKED = "worded"
DESK = ('extends "ui/desk.html"', "block kind %}desk")


def sentences_in_python(source: str, *besides: str) -> Iterator[tuple[int, str]]:
    """(line, sentence) of `_("…")`, `later("…")`, `worded("…")` and `….plural("…", …)`."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func
        name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
        first = node.args[0]
        wanted = (name in ("_", "later", CHECKED) and name not in besides) or (
            name == "plural" and len(node.args) >= 3
        )
        if wanted and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield node.lineno, first.value


def sentences_in_template(source: str) -> Iterator[tuple[int, str]]:
    """(line, sentence) of `_("…")` and `plural("…", …)`."""
    # a plain environment: ours has put the sentences in already
    for call in Environment().parse(source).find_all(nodes.Call):  # noqa: S701 (nothing is drawn)
        named = isinstance(call.node, nodes.Name) and call.node.name in ("_", "plural")
        if named and call.args and isinstance(call.args[0], nodes.Const):
            yield call.lineno, call.args[0].value


def everything_said(*besides: str) -> Iterator[tuple[str, str]]:
    """(where, sentence) in all rooms, but what is said by `besides`."""
    for file in sorted([*ROOMS.rglob("*.py"), *ROOMS.rglob("templates/**/*.html")]):
        if "node_modules" in file.parts or "tests" in file.parts:
            continue
        source = file.read_text("utf-8")
        python = file.suffix == ".py"
        found = sentences_in_python(source, *besides) if python else sentences_in_template(source)
        for line, sentence in found:
            yield f"{file.relative_to(HOUSE)}:{line}", sentence


def said_to_residents() -> Iterator[tuple[str, str]]:
    """The same without what only employees meet."""
    for where, sentence in everything_said(CHECKED):
        file = where.rpartition(":")[0]
        source = (HOUSE / file).read_text("utf-8") if file.endswith(".html") else ""
        at_work = file.removeprefix(f"{ROOMS.name}/").startswith(AT_WORK)
        if not at_work and not any(mark in source for mark in DESK):
            yield where, sentence


def missing(said: Iterator[tuple[str, str]], language: str = "sv") -> list[str]:
    """What nobody has put into the language."""
    translated = translator(language)
    known = {**translated.singular, **translated.plurals}
    return [f"{where}: {sentence!r}" for where, sentence in said if sentence not in known]


def test_every_sentence_has_its_swedish() -> None:
    assert missing(everything_said()) == []


def test_every_sentence_that_residents_meet_has_its_finnish() -> None:
    assert missing(said_to_residents(), "fi") == []


def test_a_sentence_without_swedish_would_be_found(tmp_path: Path) -> None:
    python = 'x = _("Nobody has said this")\ny = t.plural("{n} owl", "{n} owls", n)\nz = _(name)'
    template = '<p>{{ _("Nor this") }}</p>{{ plural("{n} bat", "{n} bats", 2) }}'
    found = [*sentences_in_python(python), *sentences_in_template(template)]
    assert missing((str(line), sentence) for line, sentence in found) == [
        "1: 'Nobody has said this'",
        "2: '{n} owl'",
        "1: 'Nor this'",
        "1: '{n} bat'",
    ]


@pytest.mark.parametrize("language", ["sv", "fi"])
def test_translations_fill_in_the_same_values(language: str) -> None:
    translated = translator(language)
    pairs = [*translated.singular.items()]
    pairs += [(one, form) for one, forms in translated.plurals.items() for form in forms[1:]]
    wrong = [one for one, other in pairs if _values(other) - _values(one) - {"n"}]
    wrong += [one for one, other in translated.singular.items() if _values(one) != _values(other)]
    assert wrong == []


@pytest.mark.parametrize("language", ["sv", "fi"])
def test_a_translation_is_not_the_english_left_standing(language: str) -> None:
    same = {one for one, other in translator(language).singular.items() if one == other}
    assert {one for one in same if len(one.split()) > 2} == set()


def _values(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("language", ["sv", "fi"])
@pytest.mark.parametrize("room", sorted(p.name for p in ROOMS.iterdir() if p.is_dir()))
def test_no_room_says_the_same_thing_in_two_ways(room: str, language: str) -> None:
    """Sentences are shared: a room may repeat one, with the same translation."""
    from allting.ui.language import _catalogue

    file = ROOMS / room / "locale" / f"{language}.po"
    if not file.exists():
        return
    everyone = translator(language).singular
    own = {
        str(m.id): m.string for m in _catalogue(file, language) if m.id and isinstance(m.id, str)
    }
    assert {one: other for one, other in own.items() if everyone.get(one) != other} == {}
