"""Edits made one value at a time, laid into the files of the municipality's own package.

An edit says only what differs: a value that the package below states is written here when it is
another, and taken out again when it shall be as below.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from allting.packages.folder import PackageSource
from allting.packages.keeping import Folder, Folders, below, read
from allting.packages.nodes import Branch, Listing, Node, id_of, plain
from allting.packages.overlay import Overlay, inheritable
from allting.packages.rewriting import ITEM, Plain, Steps, with_plain, with_value, without

_PACKED = "in its order"


@dataclass(frozen=True, slots=True)
class Edit:
    """One value that shall be another. `path` is empty for a Markdown file as a whole.

    `before` held when it was written; None is nothing. `back` means: as the package below has it.
    """

    file: str
    path: Steps
    before: Plain
    value: Plain
    back: bool = False

    @property
    def address(self) -> tuple[str, Steps]:
        """Where it stands."""
        return self.file, self.path


def as_json(edits: Iterable[Edit]) -> list[dict[str, Any]]:
    """The edits as they are stored."""
    return [
        {**asdict(edit), "before": _packed(edit.before), "value": _packed(edit.value)}
        for edit in edits
    ]


def _packed(value: Plain) -> Plain:
    """A thing as one text: a database may put its keys in another order than that of the file."""
    return {_PACKED: json.dumps(value, ensure_ascii=False)} if isinstance(value, dict) else value


def _unpacked(value: Plain) -> Plain:
    packed = isinstance(value, dict) and set(value) == {_PACKED}
    return json.loads(value[_PACKED]) if packed else value


def from_json(stored: Iterable[Mapping[str, Any]]) -> tuple[Edit, ...]:
    """The edits that `as_json` gave."""
    return tuple(
        Edit(
            one["file"],
            tuple(one["path"]),
            _unpacked(one["before"]),
            _unpacked(one["value"]),
            one["back"],
        )
        for one in stored
    )


def joined(edits: Sequence[Edit], more: Sequence[Edit]) -> tuple[Edit, ...]:
    """Edits with later ones added: one of the same place replaces, one that changes nothing goes.

    `before` stays what it was when that place was first edited.
    """
    found = {edit.address: edit for edit in edits}
    for edit in more:
        thing = next((one for one in found.values() if _holds(one, edit)), None)
        if thing is not None:  # it is about a thing that is added here
            value = with_plain(thing.value, edit.path[len(thing.path) :], edit.value)
            found[thing.address] = replace(thing, value=value)
            continue
        for one in [one for one in found.values() if _holds(edit, one) or _gone_with(edit, one)]:
            del found[one.address]
        first = found.pop(edit.address, edit)
        edit = replace(edit, before=first.before)
        if edit.value != edit.before:
            found[edit.address] = edit
    return tuple(found.values())


def _within(outer: Edit, inner: Edit) -> bool:
    return (
        outer.file == inner.file
        and len(outer.path) < len(inner.path)
        and inner.path[: len(outer.path)] == outer.path
    )


def _holds(outer: Edit, inner: Edit) -> bool:
    """Whether `outer` adds the very thing that `inner` changes something of."""
    return isinstance(outer.value, dict) and bool(outer.path) and _within(outer, inner)


def _gone_with(outer: Edit, inner: Edit) -> bool:
    """Whether `outer` takes the thing out, or back, that `inner` changes something of."""
    thing = bool(outer.path) and outer.path[-1].startswith(ITEM)
    return thing and (outer.value is None or outer.back) and _within(outer, inner)


def at(node: Node | None, steps: Steps) -> Node | None:
    """The value at a path; None where there is none."""
    for step in steps:
        if isinstance(node, Branch):
            node = node.entries.get(step)
        elif isinstance(node, Listing):
            items = enumerate(node.items)
            node = next((one for n, one in items if step in _names(one, n)), None)
        else:
            return None
    return node


def _names(item: Node, position: int) -> tuple[str, str]:
    return f"{ITEM}{id_of(item)}", f"{ITEM}{position}"


def tree_of(folders: Folders, file: str) -> Branch | None:
    """A file with the packages laid over each other; None where none of them has it."""
    tree: Branch | None = None
    overlay = Overlay()
    for folder in folders:
        own = read(folder).trees.get(file)
        if own is not None:
            tree = overlay.merged(inheritable(file, tree) if tree else None, own)
    return tree


def said(folders: Folders, file: str, path: Steps) -> Plain:
    """What holds at a place; None for nothing."""
    if not path:
        texts = (folder.texts.get(file) for folder in reversed(folders))
        return next((text for text in texts if text is not None), None)
    found = at(tree_of(folders, file), path)
    return None if found is None else plain(found)


def applied(folders: Folders, edits: Iterable[Edit]) -> Folders:
    """The folders with the edits laid into the last. Raises NotRewritable."""
    own = folders[-1]
    texts = dict(own.texts)
    packages = list(below(folders))
    for edit in edits:
        if not edit.path:
            _page(texts, edit)
        else:
            _value(texts, edit, packages)
    return (*folders[:-1], Folder(own.name, texts))


def _page(texts: dict[str, str], edit: Edit) -> None:
    if edit.value is None or edit.back:
        texts.pop(edit.file, None)
    else:
        texts[edit.file] = edit.value.rstrip("\n") + "\n"


def _value(texts: dict[str, str], edit: Edit, packages: Sequence[PackageSource]) -> None:
    trees = [package.trees[edit.file] for package in packages if edit.file in package.trees]
    source = texts.get(edit.file, "")
    stands_below = any(at(tree, edit.path) is not None for tree in trees)
    if edit.back or (edit.value is None and not stands_below):
        items = frozenset(_items_below(trees, edit.path))
        source = without(source, edit.path, items=items) if source else ""
    elif edit.value is None and edit.path[-1].startswith(ITEM):
        gone = {"id": edit.path[-1].removeprefix(ITEM), "remove": True}
        source = with_value(source, edit.path, gone)
    else:
        source = with_value(source, edit.path, edit.value)
    if source.strip():
        texts[edit.file] = source
    else:
        texts.pop(edit.file, None)


def _items_below(trees: Sequence[Branch], path: Steps) -> Iterator[Steps]:
    """The paths along `path` that the packages below have something at."""
    for length in range(1, len(path)):
        if any(at(tree, path[:length]) is not None for tree in trees):
            yield path[:length]


@dataclass(frozen=True, slots=True)
class Clash:
    """An edit whose place somebody else has changed meanwhile, and what it says there now."""

    edit: Edit
    now: Plain


def clashes(edits: Iterable[Edit], in_force: Folders) -> Iterator[Clash]:
    """The edits that would undo what others did since they were written."""
    for edit in edits:
        now = said(in_force, edit.file, edit.path)
        if _same(now) not in (_same(edit.before), _same(edit.value)):
            yield Clash(edit, now)


def _same(value: Plain) -> Plain:
    """A text whatever its last line's end."""
    return value.rstrip("\n") if isinstance(value, str) else value
