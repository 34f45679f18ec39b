"""Addresses of values: `services.preschool-place.service.conditions.lives-here.holds`."""

from allting.packages.definition import Effective, Missing
from allting.packages.nodes import Branch, Listing, Node, child, id_of
from allting.packages.problems import did_you_mean, one_of


def look_up(effective: Effective, path: str) -> tuple[str, Node]:
    """The file and the value at `path`; raises Missing, saying what there is instead."""
    steps = [step for step in path.replace("/", ".").split(".") if step]
    file, rest = _file(effective, steps)
    node: Node = effective.trees[file]
    for at, step in enumerate(rest):
        inner = child(node, step)
        if inner is None:
            raise Missing(_nothing_here(".".join(rest[:at]) or file, step, choices(node)))
        node = inner
    return file, node


def _file(effective: Effective, steps: list[str]) -> tuple[str, list[str]]:
    steps = [step for step in steps if step != "yaml"]
    for length in range(len(steps), 0, -1):
        file = "/".join(steps[:length]) + ".yaml"
        if file in effective.trees:
            return file, steps[length:]
    known = [file.removesuffix(".yaml").replace("/", ".") for file in effective.trees]
    raise Missing(_nothing_here("the package", ".".join(steps), known))


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
