"""Addresses of values: `services.preschool-place.service.conditions.lives-here.holds`."""

from allting.packages.definition import Effective, Missing
from allting.packages.nodes import Branch, Listing, Node, child, id_of
from allting.packages.problems import did_you_mean, one_of

HOME = "package.yaml"  # `parameters.x` is short for `package.parameters.x`


def look_up(effective: Effective, path: str) -> list[tuple[str, Node]]:
    """The values at `path` with their full addresses: one, or all files of a folder.

    `/` may stand for `.` and `.yaml` may stand after a file. Raises Missing, saying what there is.
    """
    steps = [step for step in path.replace("/", ".").split(".") if step and step != "yaml"]
    found = _file(effective, steps)
    if found is None:
        below = _below(effective, steps)
        if below:
            return below
        raise Missing(_nothing_here("the package", ".".join(steps), _addresses(effective)))
    file, rest = found
    node: Node = effective.trees[file]
    name = _address(file)
    for step in rest:
        inner = child(node, step)
        if inner is None:
            raise Missing(_nothing_here(name, step, choices(node)))
        node, name = inner, f"{name}.{step}"
    return [(name, node)]


def _file(effective: Effective, steps: list[str]) -> tuple[str, list[str]] | None:
    for length in range(len(steps), 0, -1):
        file = "/".join(steps[:length]) + ".yaml"
        if file in effective.trees:
            return file, steps[length:]
    home = effective.trees.get(HOME)
    if home and steps and steps[0] in home.entries:
        return HOME, steps
    return None


def _below(effective: Effective, steps: list[str]) -> list[tuple[str, Node]]:
    start = "/".join(steps) + "/" if steps else ""
    return [
        (_address(file), tree) for file, tree in effective.trees.items() if file.startswith(start)
    ]


def _address(file: str) -> str:
    return file.removesuffix(".yaml").replace("/", ".")


def _addresses(effective: Effective) -> list[str]:
    home = effective.trees.get(HOME)
    return [*(_address(file) for file in effective.trees), *(home.entries if home else ())]


def choices(node: Node) -> list[str]:
    """The next steps that a value offers."""
    if isinstance(node, Branch):
        return list(node.entries)
    if isinstance(node, Listing):
        return [id_of(item) or str(at) for at, item in enumerate(node.items)]
    return []


def _nothing_here(where: str, step: str, known: list[str]) -> str:
    meant = did_you_mean(step, known)
    there = f"there is {one_of(known)}" if known else "it is a single value"
    return f"{where} has no '{step}': {meant or there}"
