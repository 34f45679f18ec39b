"""Problems and values as the command line shows them."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from allting.packages.changes import Change
from allting.packages.nodes import Branch, Listing, Node, Scalar, id_of
from allting.packages.problems import Problem, Weight


def shown_path(folder: Path, package: str, file: str) -> str:
    """A file of `folder`'s package, or of one beside it, as seen from where we stand."""
    own = Path(folder)
    beside = own if own.resolve().name == package else own.parent / package
    if own.resolve().name != package and own.name in ("", ".", ".."):
        beside = own / ".." / package
    return str(beside / file)


def lines(folder: Path, problems: Iterable[Problem]) -> Iterator[str]:
    """`file:line:column: error: what. Expected … Try: …`."""
    for problem in problems:
        at = problem.where
        file = shown_path(folder, at.package, at.file)
        yield f"{file}:{at.line}:{at.column}: {problem.message}"


def as_json(folder: Path, problems: Iterable[Problem]) -> str:
    """The same for programs: a list of objects."""
    told = [
        {
            "file": shown_path(folder, problem.where.package, problem.where.file),
            "line": problem.where.line,
            "column": problem.where.column,
            "weight": str(problem.weight),
            "what": problem.what,
            "expected": problem.expected,
            "mend": problem.mend,
        }
        for problem in problems
    ]
    return json.dumps(told, ensure_ascii=False, indent=2)


def counted(problems: Iterable[Problem]) -> str:
    """How many of each weight, in words.

    >>> counted([])
    'no errors, no warnings'
    """
    weights = [problem.weight for problem in problems]
    parts = []
    for weight in (Weight.ERROR, Weight.WARNING):
        number = weights.count(weight)
        parts.append(f"{number or 'no'} {weight}{'' if number == 1 else 's'}")
    return ", ".join(parts)


def change_lines(changes: Iterable[Change]) -> Iterator[str]:
    """`+ what is new`, `- what is gone`, `~ what is another`; long texts are cut."""
    for change in changes:
        before, after = (_short(value) for value in (change.before, change.after))
        if change.before is None:
            yield f"+ {change.address}: {after}"
        elif change.after is None:
            yield f"- {change.address}: {before}"
        else:
            yield f"~ {change.address}: {before} → {after}"


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}…{text[-1]}"


def outline(folder: Path, node: Node, name: str) -> Iterator[tuple[str, str]]:
    """All single values below `node`: what they are, and where they were written."""
    if isinstance(node, Scalar):
        at = node.origin
        place = f"{shown_path(folder, at.package, at.file)}:{at.line}:{at.column}"
        yield f"{name} = {json.dumps(node.value, ensure_ascii=False)}", place
    elif isinstance(node, Listing):
        for position, item in enumerate(node.items):
            yield from outline(folder, item, f"{name}.{id_of(item) or position}")
    elif isinstance(node, Branch):
        for key, value in node.entries.items():
            yield from outline(folder, value, f"{name}.{key}" if name else key)
