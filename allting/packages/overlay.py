"""Laying one package over another: a municipality states only what differs.

Mappings merge key by key; lists whose items have an id merge item by item; everything else
replaces. `null` takes a key away, `{id: x, remove: true}` takes an item away. Every value keeps
the place where it was written.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from allting.packages.nodes import Branch, Listing, Node, Origin, Scalar, id_of
from allting.packages.problems import Problem, did_you_mean

OWN_KEYS = ("id", "title", "version", "licence", "builds_on")  # of package.yaml: never inherited


@dataclass(slots=True)
class Overlay:
    """Merges trees and notes what cannot be merged."""

    first: str = "sv"  # the language that translations are made from
    in_part: frozenset[str] = frozenset()  # languages that a text need not be in
    problems: list[Problem] = field(default_factory=list)

    def merged(self, base: Branch | None, over: Branch) -> Branch:
        """`over` laid over `base`; with no base, `over` by itself."""
        return self._fresh_branch(over) if base is None else self._branch(base, over)

    def _complain(
        self, origin: Origin, what: str, expected: str | None = None, mend: str | None = None
    ) -> None:
        self.problems.append(Problem(origin, what, expected, mend))

    def _laid(self, base: Node, over: Node) -> Node:
        if isinstance(base, Branch) and isinstance(over, Branch):
            return self._branch(base, over)
        if isinstance(base, Listing) and isinstance(over, Listing) and _has_ids(base):
            return self._items(base, over) if over.items else over
        return self._fresh(over)

    def _branch(self, base: Branch, over: Branch) -> Branch:
        entries = self._still_true(base, over)
        keys = {**base.keys, **over.keys}
        for key, value in over.entries.items():
            if _nothing(value):
                if entries.pop(key, None) is None:
                    self._empty(key, over.key_origin(key), entries)
            elif key in entries:
                entries[key] = self._laid(entries[key], value)
            else:
                entries[key] = self._fresh(value)
        return Branch(entries, over.origin, {key: keys[key] for key in entries if key in keys})

    def _still_true(self, base: Branch, over: Branch) -> dict[str, Node]:
        """What of `base` may stand: a text that is said anew leaves its old translations behind.

        Only those in languages that are there in part: in the others the check asks for both.
        """
        own = over.entries.get(self.first)
        if not isinstance(own, Scalar) or self.first not in base.entries:
            return dict(base.entries)
        dropped = self.in_part.difference(over.entries)
        return {key: value for key, value in base.entries.items() if key not in dropped}

    def _items(self, base: Listing, over: Listing) -> Listing:
        items = {str(id_of(item)): item for item in base.items}
        seen: dict[str, Origin] = {}
        for item in over.items:
            own = id_of(item)
            if own is None:
                self._complain(
                    item.origin,
                    "the item has no id, so it is not known which one it changes",
                    expected="an id: one of the list's to change it, a new one to add to the list",
                    mend=f"add 'id: …'; the list has {', '.join(items)}",
                )
            elif own in seen:
                self._twice(own, item, seen[own])
            else:
                seen[own] = item.origin
                self._item(items, own, item)
        return Listing(tuple(items.values()), over.origin)

    def _item(self, items: dict[str, Node], own: str, item: Node) -> None:
        if not isinstance(item, Branch):
            return
        if "remove" in item.entries:
            self._removed(items, own, item)
        elif own in items:
            items[own] = self._laid(items[own], item)
        else:
            items[own] = self._fresh(item)

    def _removed(self, items: dict[str, Node], own: str, item: Branch) -> None:
        if plain_remove(item) and own in items:
            del items[own]
        elif plain_remove(item):
            self._complain(
                item.key_origin("remove"),
                f"there is no '{own}' to take away",
                expected=f"the id of one of the list's items: {', '.join(items)}",
                mend=did_you_mean(own, items) or "take the item away here",
            )
        else:
            self._complain(
                item.key_origin("remove"),
                "'remove' does not stand alone or is not true",
                expected=f"{{id: {own}, remove: true}} and nothing more",
                mend="take the other keys away, or take 'remove' away to change the item",
            )

    def _fresh(self, node: Node) -> Node:
        if isinstance(node, Branch):
            return self._fresh_branch(node)
        if isinstance(node, Listing):
            return self._fresh_listing(node)
        return node

    def _fresh_branch(self, node: Branch) -> Branch:
        entries: dict[str, Node] = {}
        for key, value in node.entries.items():
            if _nothing(value):
                self._empty(key, node.key_origin(key), {})
            else:
                entries[key] = self._fresh(value)
        return Branch(entries, node.origin, node.keys)

    def _fresh_listing(self, node: Listing) -> Listing:
        seen: dict[str, Origin] = {}
        items = []
        for item in node.items:
            own = id_of(item)
            if _nothing(item):
                self._complain(
                    item.origin,
                    "the list has an empty item",
                    expected="a value after the '-'",
                    mend="write the value, or take the line away",
                )
            elif own is not None and own in seen:
                self._twice(own, item, seen[own])
            elif isinstance(item, Branch) and plain_remove(item):
                self._nothing_to_remove(str(own), item)
            else:
                if own is not None:
                    seen[own] = item.origin
                items.append(self._fresh(item))
        return Listing(tuple(items), node.origin)

    def _nothing_to_remove(self, own: str, item: Branch) -> None:
        self._complain(
            item.key_origin("remove"),
            f"there is no '{own}' to take away: this list builds on no other",
            expected="'remove: true' only where the package below has the item",
            mend="take the item away here",
        )

    def _empty(self, key: str, origin: Origin, known: dict[str, Node]) -> None:
        self._complain(
            origin,
            f"'{key}' has no value",
            expected="a value; an empty one takes away what the package below says, "
            "and it says nothing here",
            mend=did_you_mean(key, known)
            or "write the value after the colon, or take the key away",
        )

    def _twice(self, own: str, item: Node, first: Origin) -> None:
        origin = item.entries["id"].origin if isinstance(item, Branch) else item.origin
        self._complain(
            origin,
            f"the id '{own}' stands twice in the list; the first time on line {first.line}",
            expected="each id once",
            mend="give one of them another id",
        )


def outdated(
    below: Iterable[str], pages: Collection[str], first: str, in_part: Iterable[str]
) -> list[str]:
    """Pages below that translate one which is written anew here, without its translation.

    >>> outdated(["a/page.sv.md", "a/page.fi.md"], ["a/page.sv.md"], "sv", ["fi"])
    ['a/page.fi.md']
    """
    ends = tuple((f".{language}.md", f".{first}.md") for language in in_part)
    return [
        file
        for file in below
        for end, original in ends
        if file.endswith(end)
        and file not in pages
        and f"{file.removesuffix(end)}{original}" in pages
    ]


def plain_remove(item: Branch) -> bool:
    """Whether the item says `{id: x, remove: true}` and nothing more."""
    value = item.entries.get("remove")
    return (
        isinstance(value, Scalar) and value.value is True and set(item.entries) <= {"id", "remove"}
    )


def _nothing(node: Node) -> bool:
    return isinstance(node, Scalar) and node.value is None


def _has_ids(node: Listing) -> bool:
    return bool(node.items) and all(id_of(item) is not None for item in node.items)


def inheritable(file: str, base: Branch) -> Branch:
    """What a package hands on: of its package.yaml not who it is, of everything else all."""
    if file != "package.yaml":
        return base
    entries = {key: value for key, value in base.entries.items() if key not in OWN_KEYS}
    return Branch(entries, base.origin, {key: base.key_origin(key) for key in entries})
