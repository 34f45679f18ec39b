"""What differs between two definitions, value by value: an upgrade as a list to read."""

from collections.abc import Iterator
from dataclasses import dataclass

from allting.packages.definition import Definition, Effective
from allting.packages.nodes import Branch, Listing, Node, id_of, type_of_scalar

Said = dict[str, type_of_scalar]


@dataclass(frozen=True, slots=True)
class Change:
    """One value that is new, gone or another; None stands for not being there."""

    address: str
    before: type_of_scalar
    after: type_of_scalar

    @property
    def file(self) -> str:
        """The file that it stands in."""
        return self.address.split(" ")[0]


def changes(before: Definition, after: Definition) -> tuple[Change, ...]:
    """Every value and page that differs, in the order of the files.

    Items of lists are followed by their id, so an item that only moved has not changed.
    """
    old, new = dict(_said(before.effective)), dict(_said(after.effective))
    addresses = [*new, *(address for address in old if address not in new)]
    found = [
        Change(address, old.get(address), new.get(address))
        for address in addresses
        if old.get(address) != new.get(address)
    ]
    return tuple(sorted(found, key=lambda change: change.file))


def _said(effective: Effective) -> Iterator[tuple[str, type_of_scalar]]:
    for file, tree in effective.trees.items():
        yield from values_of(tree, f"{file} ")
    for file, page in effective.pages.items():
        yield file, page.source


def values_of(node: Node, at: str) -> Iterator[tuple[str, type_of_scalar]]:
    """Every value below a node by its address, which begins with `at`."""
    if isinstance(node, Branch):
        for key, value in node.entries.items():
            yield from values_of(value, f"{at}{key}" if at.endswith(" ") else f"{at}.{key}")
    elif isinstance(node, Listing):
        for position, item in enumerate(node.items):
            yield from values_of(item, f"{at}.{id_of(item) or position}")
    else:
        yield at, node.value
