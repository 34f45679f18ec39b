"""From the text of one YAML file to a tree; what is not part of the language is refused.

The YAML is read event by event into our own tree: nothing is ever constructed, so a file can
only hold text, numbers, true, false, lists and named values.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from allting.packages.nodes import Branch, Listing, Node, Origin, Scalar, type_of_scalar
from allting.packages.problems import Problem
from allting.packages.syntax import in_plain_words
from allting.packages.trouble import said

DEEPEST = 24
LONGEST_NUMBER = 18
_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS: dict[str, type_of_scalar] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


class Refused(Exception):
    """The file cannot be read further; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def read_yaml(package: str, file: str, source: str) -> tuple[Branch | None, list[Problem]]:
    """The tree of one file, and what is wrong with it. No tree when it cannot be read at all."""
    reading = _Reading(package, file)
    odd = _ODD.search(source)
    if odd:
        return None, [_odd_sign(package, file, source, odd.start())]
    try:
        return reading.document(source), reading.problems
    except Refused as refused:
        return None, [*reading.problems, refused.problem]
    except MarkedYAMLError as error:
        return None, [*reading.problems, _syntax(package, file, error)]
    except (YAMLError, ValueError, RecursionError) as error:
        return None, [*reading.problems, _unreadable(package, file, error)]


@dataclass
class _Reading:
    package: str
    file: str
    problems: list[Problem] = field(default_factory=list)

    def document(self, source: str) -> Branch:
        self.events = YAML(typ="safe", pure=True).parse(source)
        next(self.events)  # the stream begins
        start = next(self.events)
        if not isinstance(start, DocumentStartEvent):
            raise self.refuse(Origin(self.package, self.file), "the file is empty", *_FIRST_KEY)
        if start.version or start.tags:
            line = source[: source.index("%")].count("\n") + 1
            raise self.refuse(
                Origin(self.package, self.file, line),
                "a line that begins with % is not part of the package language",
                mend="take the line away",
            )
        tree = self.node(next(self.events), 1)
        next(self.events)  # the document ends
        again = next(self.events)
        if isinstance(again, DocumentStartEvent):
            raise self.refuse(
                self.at(again),
                "'---' begins a second document",
                expected="one document in a file",
                mend="take '---' away, or move what follows to a file of its own",
            )
        return self.whole(tree)

    def whole(self, tree: Node) -> Branch:
        if isinstance(tree, Branch):
            return tree
        empty = isinstance(tree, Scalar) and tree.value is None
        what = "the file is empty" if empty else "the file does not begin with a key"
        raise self.refuse(tree.origin, what, *_FIRST_KEY)

    def node(self, event: Any, depth: int) -> Node:
        origin = self.at(event)
        self.plain_only(event, origin)
        if depth > DEEPEST:
            raise self.refuse(origin, "the file is nested too deeply", f"at most {DEEPEST} levels")
        if isinstance(event, ScalarEvent):
            return Scalar(self.value(event, origin), origin)
        if isinstance(event, SequenceStartEvent):
            return self.listing(origin, depth)
        return self.branch(origin, depth)

    def listing(self, origin: Origin, depth: int) -> Listing:
        items = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            items.append(self.node(event, depth + 1))
        return Listing(tuple(items), origin)

    def branch(self, origin: Origin, depth: int) -> Branch:
        entries: dict[str, Node] = {}
        keys: dict[str, Origin] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            key, key_origin = self.key(event)
            value = self.node(next(self.events), depth + 1)
            if key in keys:
                self.twice(key, keys[key], key_origin)
            elif key is not None:
                entries[key], keys[key] = value, key_origin
        return Branch(entries, origin, keys)

    def key(self, event: Any) -> tuple[str | None, Origin]:
        origin = self.at(event)
        self.plain_only(event, origin)
        if not isinstance(event, ScalarEvent):
            raise self.refuse(origin, "a key is a list or a group of keys", "a word as key")
        if event.style is None and event.value == "<<":
            raise self.refuse(
                origin,
                "'<<' (merge key) is not part of the package language",
                mend="write the keys out; to share what several packages hold, use builds_on",
            )
        value = self.value(event, origin)
        if not isinstance(value, str):
            self.complain(
                origin,
                f"the key {said(value)} is not text",
                expected="a word as key",
                mend=f'put it in quotes: "{event.value}"',
            )
            return None, origin
        return value, origin

    def twice(self, key: str, first: Origin, again: Origin) -> None:
        self.complain(
            again,
            f"the key '{key}' stands twice; the first time on line {first.line}",
            expected="each key once",
            mend="take one of them away, or give it the name you meant",
        )

    def plain_only(self, event: Any, origin: Origin) -> None:
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            sign = "*" if isinstance(event, AliasEvent) else "&"
            raise self.refuse(
                origin,
                f"'{sign}{event.anchor}' is a YAML {'alias' if sign == '*' else 'anchor'}, "
                "which is not part of the package language",
                mend=f"write the value out; if it is a text that begins with {sign}, "
                "put it in quotes",
            )
        if getattr(event, "tag", None):
            raise self.refuse(
                origin,
                f"'{event.tag}' is a YAML tag, which is not part of the package language",
                mend="take it away; if it is a text that begins with !, put it in quotes",
            )

    def value(self, event: ScalarEvent, origin: Origin) -> type_of_scalar:
        text = event.value
        if event.style is not None:
            return str(text)
        if text in _WORDS:
            return _WORDS[text]
        if _INT.fullmatch(text):
            return self.whole_number(text, origin)
        if _FLOAT.fullmatch(text):
            return self.decimal_number(text, origin)
        return str(text)

    def whole_number(self, text: str, origin: Origin) -> int:
        digits = text.lstrip("+-")
        if len(digits) > 1 and digits[0] == "0":
            self.complain(
                origin,
                f"{text} begins with a zero, which a number loses",
                expected="a number without a leading zero, or text in quotes",
                mend=f'"{text}"',
            )
        if len(digits) > LONGEST_NUMBER:
            self.too_long(origin)
            return 0
        return int(text)

    def decimal_number(self, text: str, origin: Origin) -> float:
        if len(text) > LONGEST_NUMBER:
            self.too_long(origin)
            return 0.0
        value = float(text)
        if value in (float("inf"), float("-inf")):
            self.too_long(origin)
            return 0.0
        return value

    def too_long(self, origin: Origin) -> None:
        self.complain(
            origin,
            "the number is too long to be kept exactly",
            expected=f"at most {LONGEST_NUMBER} figures",
            mend="put it in quotes if it is a text",
        )

    def at(self, event: Any) -> Origin:
        mark = event.start_mark
        return Origin(self.package, self.file, mark.line + 1, mark.column + 1)

    def complain(
        self, origin: Origin, what: str, expected: str | None = None, mend: str | None = None
    ) -> None:
        self.problems.append(Problem(origin, what, expected, mend))

    def refuse(
        self, origin: Origin, what: str, expected: str | None = None, mend: str | None = None
    ) -> Refused:
        return Refused(Problem(origin, what, expected, mend))


_FIRST_KEY = (
    "keys with their values, as in 'title: …'",
    "write its first key, or take the file away",
)


def _syntax(package: str, file: str, error: MarkedYAMLError) -> Problem:
    words = in_plain_words(error)
    mark = error.context_mark if words.at_beginning else error.problem_mark
    mark = mark or error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Problem(Origin(package, file, line, column), words.what, words.expected, words.mend)


# control characters, line ends that editors do not count, and signs that turn the reading
# direction so that a text shows otherwise than it reads
_ODD = re.compile(
    "[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    "|[\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]"
)


def _odd_sign(package: str, file: str, source: str, at: int) -> Problem:
    line = source.count("\n", 0, at) + 1
    column = at - (source.rfind("\n", 0, at) + 1) + 1
    return Problem(
        Origin(package, file, line, column),
        f"an invisible sign, U+{ord(source[at]):04X}, stands here",
        "text that shows all that it holds",
        "delete the sign; copying from other programs often brings such along",
    )


def _unreadable(package: str, file: str, error: Exception) -> Problem:
    origin = Origin(package, file)
    if isinstance(error, RecursionError):
        return Problem(origin, "the file is nested too deeply", f"at most {DEEPEST} levels")
    return Problem(origin, f"the file is not YAML: {error}", "keys with their values")
