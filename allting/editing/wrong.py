"""Problems of the check, each at the field that it is about."""

from collections.abc import Iterable

from markupsafe import Markup

from allting.editing.fields import Field
from allting.packages.api import ITEM, Branch, Folders, Listing, Node, Problem, id_of, read_folder
from allting.ui.api import Translator

Steps = tuple[str, ...]


def show_problems(
    problems: Iterable[Problem],
    file: str,
    folders: Folders,
    fields: Iterable[Field],
    speak: Translator,
) -> list[Problem]:
    """Put each problem at its field; those that have none are given back."""
    known = {one.path: one for one in fields}
    own, left = folders[-1], []
    tree = read_folder(own).trees.get(file)
    for problem in problems:
        here = problem.where.package == own.name
        found = known.get((problem.where.file,)) if here else None
        if here and problem.where.file == file and tree is not None:
            path = nearest(tree, problem.where.line, problem.where.column)
            found = next(
                (known[path[:n]] for n in range(len(path), 0, -1) if path[:n] in known), found
            )
        if found is None:
            left.append(problem)
        else:
            found.error = Markup(" ").join(filter(None, (found.error, problem.told(speak))))
    return left


def nearest(tree: Node, line: int, column: int) -> Steps:
    """The path to the value that stands at a place, or is the last to begin before it."""
    best: Steps = ()
    there = (0, 0)
    for path, node in _every(tree, ()):
        begins = (node.origin.line, node.origin.column)
        if there <= begins <= (line, column):
            best, there = path, begins
    return best


def _every(node: Node, path: Steps) -> Iterable[tuple[Steps, Node]]:
    yield path, node
    if isinstance(node, Branch):
        for key, inner in node.entries.items():
            yield from _every(inner, (*path, key))
    elif isinstance(node, Listing):
        for at, inner in enumerate(node.items):
            yield from _every(inner, (*path, f"{ITEM}{id_of(inner) or at}"))
