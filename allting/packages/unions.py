"""Where a value may have one of several shapes, tell about the shape that was meant.

Pydantic tells for every shape why the value is not that one. A person meant one of them: the
shape that fits on the outside. If none does, the shapes are named together.
"""

from collections.abc import Iterable, Sequence

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from allting.packages.nodes import Branch, Listing, Node, Path, follow
from allting.packages.problems import Problem, one_of
from allting.packages.wording import problem_from

Groups = dict[tuple[Path, str | int | None], list[ErrorDetails]]


def problems_from(
    errors: Sequence[ErrorDetails], tree: Branch, model: type[BaseModel]
) -> list[Problem]:
    """All errors of one file, each told once."""
    unions: dict[Path, Groups] = {}
    for error in errors:
        if error["type"] == "too_short" and _long_enough(error, tree):
            continue  # it is short only of what is wrong in it, which is told
        where, branch = _union(error, tree)
        unions.setdefault(where, {}).setdefault((where, branch), []).append(error)
    return [
        problem for where, groups in unions.items() for problem in _told(where, groups, tree, model)
    ]


def _told(where: Path, groups: Groups, tree: Branch, model: type[BaseModel]) -> Iterable[Problem]:
    if len(groups) == 1 or all(branch is None for _, branch in groups):
        return [problem_from(error, tree, model) for group in groups.values() for error in group]
    inner = [group for group in groups.values() if not _outside(group, where, tree)]
    if inner:
        closest = min(inner, key=len)
        return [problem_from(error, tree, model) for error in closest]
    told = [problem_from(group[0], tree, model) for group in groups.values()]
    expected = list(dict.fromkeys(one.expected for one in told if one.expected))
    mend = next((one.mend for one in told if one.mend), None)
    return [Problem(told[0].where, told[0].what, one_of(expected) or None, mend)]


def _union(error: ErrorDetails, tree: Branch) -> tuple[Path, str | int | None]:
    """The path of the value that has several shapes, and the shape; no shape if it has but one."""
    node: Node = tree
    path = error["loc"]
    missing = error["type"] == "missing"
    for at, step in enumerate(path):
        inner, found = follow(node, (step,))
        last = at == len(path) - 1
        if found:
            node = inner
        elif step != "[key]" and not (last and missing) and not str(step).startswith("function-"):
            return path[:at], step
    return path, None


def _outside(group: Sequence[ErrorDetails], where: Path, tree: Branch) -> bool:
    """Whether the value does not even look like this shape from outside."""
    return all(
        len(error["loc"]) <= len(where) + 1 and error["type"].endswith(("_type", "_error"))
        for error in group
    )


def _long_enough(error: ErrorDetails, tree: Branch) -> bool:
    node, _ = follow(tree, error["loc"])
    wanted = (error.get("ctx") or {}).get("min_length", 0)
    return isinstance(node, Listing) and len(node.items) >= int(wanted)
