"""What a file says, as a tree in which every value knows where it stands.

Named tuples, because a large package has a million values and they are quick to make.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

type_of_scalar = str | int | float | bool | None
Step = str | int
Path = tuple[Step, ...]


class Origin(NamedTuple):
    """A place in a package: which package, which file, line and column (from 1)."""

    package: str
    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.package}/{self.file}:{self.line}:{self.column}"


class Scalar(NamedTuple):
    """One value: text, number, true or false, or nothing."""

    value: type_of_scalar
    origin: Origin


class Listing(NamedTuple):
    """A list of values, in the order of the file."""

    items: tuple["Node", ...]
    origin: Origin


class Branch(NamedTuple):
    """Named values, in the order of the file; `keys` says where each name stands."""

    entries: Mapping[str, "Node"]
    origin: Origin
    keys: Mapping[str, Origin] = MappingProxyType({})

    def key_origin(self, key: str) -> Origin:
        """Where the name `key` stands; where the mapping begins if that is not known."""
        return self.keys.get(key, self.origin)


Node = Scalar | Listing | Branch


def plain(node: Node) -> object:
    """The tree as plain Python values, without places."""
    if isinstance(node, Branch):
        return {key: plain(value) for key, value in node.entries.items()}
    if isinstance(node, Listing):
        return [plain(item) for item in node.items]
    return node.value


def id_of(node: Node) -> str | None:
    """The id of a list's item, if it has one."""
    if isinstance(node, Branch):
        own = node.entries.get("id")
        if isinstance(own, Scalar) and isinstance(own.value, str):
            return own.value
    return None


def child(node: Node, step: Step) -> Node | None:
    """The value one step in: a key, a position, or the id of a list's item."""
    if isinstance(node, Branch):
        return node.entries.get(str(step))
    if isinstance(node, Listing):
        if isinstance(step, int):
            return node.items[step] if 0 <= step < len(node.items) else None
        if step.isdigit():
            return child(node, int(step))
        return next((item for item in node.items if id_of(item) == step), None)
    return None


def follow(node: Node, path: Sequence[Step]) -> tuple[Node, int]:
    """Walk as far along `path` as the tree goes: the last value met and how many steps that was."""
    for taken, step in enumerate(path):
        inner = child(node, step)
        if inner is None:
            return node, taken
        node = inner
    return node, len(path)


def every(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """All values of a tree with their paths, outermost first."""
    yield path, node
    if isinstance(node, Branch):
        for key, value in node.entries.items():
            yield from every(value, (*path, key))
    elif isinstance(node, Listing):
        for position, item in enumerate(node.items):
            yield from every(item, (*path, position))
