"""What differs between two editions in plain words, by service: what is new, gone or another."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from allting.packages.definition import Definition, Effective
from allting.packages.kinds import registry
from allting.packages.nodes import Branch, Listing, Node, Scalar, every, plain
from allting.packages.problems import one_of

NAMED_BY = ("id", "do", "evidence")  # what tells the items of a list apart, the best first
LONGEST = 40
_ONE = {"requires": "required evidence", "asks": "value to state"}
_SERVICE = re.compile(r"services/([^/]+)/(.+)")
_OUTSIDE_USE = "examples.yaml"  # nobody stands on an example


class Line(NamedTuple):
    """`+` new, `-` gone, `~` another; what it is, in words."""

    sign: str
    words: str


@dataclass(frozen=True, slots=True)
class ServiceChange:
    """What becomes of one service."""

    id: str
    title: str
    new: bool
    gone: bool
    lines: tuple[Line, ...]
    touches: bool  # whether it could matter to someone who stands on it


@dataclass(frozen=True, slots=True)
class Difference:
    """What becomes of the services, and of what all of them share."""

    services: tuple[ServiceChange, ...]
    shared: tuple[Line, ...]


def difference(before: Definition, after: Definition) -> Difference:
    """What a new edition changes."""
    old, new = before.effective, after.effective
    found: dict[str, list[Line]] = {}
    touching = set()
    for file in sorted({*old.trees, *new.trees, *old.pages, *new.pages}):
        service, own = _whose(file)
        lines = list(_in_file(own, file, old, new))
        if lines:
            found.setdefault(service, []).extend(lines)
            touching |= {service} if own != _OUTSIDE_USE else set()
    for service, line in _by_parameters(before, after):
        found.setdefault(service, []).append(line)
        touching.add(service)
    shared = tuple(found.pop("", ()))
    return Difference(
        tuple(_service(id, lines, old, new, id in touching) for id, lines in sorted(found.items())),
        shared,
    )


def _whose(file: str) -> tuple[str, str]:
    """The service that a file belongs to, none if it is shared, and what it is called there."""
    inside = _SERVICE.fullmatch(file)
    return (inside[1], inside[2]) if inside else ("", file)


def _service(
    id: str, lines: list[Line], old: Effective, new: Effective, touches: bool
) -> ServiceChange:
    was, is_ = _there(id, old), _there(id, new)
    told = tuple(lines) if was and is_ else ()
    title = _title(new if is_ else old, id)
    return ServiceChange(id, title, not was, not is_, told, touches)


def _there(id: str, effective: Effective) -> bool:
    start = f"services/{id}/"
    return any(file.startswith(start) for file in effective.trees)


def _title(effective: Effective, id: str) -> str:
    tree = effective.trees.get(f"services/{id}/service.yaml")
    title = plain(tree.entries["title"]) if tree and "title" in tree.entries else id
    if isinstance(title, dict):
        title = title.get("en") or next(iter(title.values()), id)
    return str(title)


def _in_file(own: str, file: str, old: Effective, new: Effective) -> Iterator[Line]:
    before, after = old.trees.get(file), new.trees.get(file)
    if before is not None and after is not None:
        shared = own == file and file != "package.yaml"
        yield from _inside(before, after, own.removesuffix(".yaml") if shared else "")
    elif before is not None or after is not None:
        yield Line("-" if after is None else "+", own.removesuffix(".yaml"))
    else:
        yield from _in_page(file, old, new)


def _in_page(file: str, old: Effective, new: Effective) -> Iterator[Line]:
    before, after = old.pages.get(file), new.pages.get(file)
    if before and after and before.source == after.source:
        return
    yield Line("-" if after is None else "+" if before is None else "~", _page(file))


def _page(file: str) -> str:
    """A Markdown file in words: `letter 'placed' in sv`."""
    for kind in registry().texts.values():
        slots = kind.match(file)
        if slots:
            name = f" '{slots['name']}'" if "name" in slots else ""
            return f"{kind.name}{name} in {slots['language']}"
    return file


def _inside(old: Branch, new: Branch, around: str) -> Iterator[Line]:
    """What differs in a group of keys: its own values in one line, then the things it holds."""
    values: list[str] = []
    things: list[Iterator[Line]] = []
    for key in dict.fromkeys((*old.entries, *new.entries)):
        one, other = old.entries.get(key), new.entries.get(key)
        if one is not None and other is not None and plain(one) == plain(other):
            continue
        before, after = _members(one), _members(other)
        if before is None or after is None or not (before or after):
            values.append(_value(key, one, other))
        else:
            things.append(_among(key, before, after, around))
            if isinstance(one, Listing) and isinstance(other, Listing):
                things.append(_order(key, before, after, around))
    if values:
        yield Line("~", _joined(around, ", ".join(values), ": "))
    yield from chain.from_iterable(things)


def _members(node: Node | None) -> dict[str, Branch] | None:
    """The things of a list or group by their names; None if it holds values rather than things."""
    if node is None:
        return {}
    if isinstance(node, Branch):
        inner = {key: it for key, it in node.entries.items() if isinstance(it, Branch)}
        return inner if node.entries and len(inner) == len(node.entries) else None
    if isinstance(node, Listing):
        return _named(node)
    return None


def _named(listing: Listing) -> dict[str, Branch] | None:
    found: dict[str, Branch] = {}
    for item in listing.items:
        name = _name(item)
        if name is None or not isinstance(item, Branch):
            return None
        times = sum(other.partition(" (")[0] == name for other in found)
        found[f"{name} ({times + 1})" if times else name] = item
    return found


def _name(item: Node) -> str | None:
    if isinstance(item, Branch):
        for key in NAMED_BY:
            own = item.entries.get(key)
            if isinstance(own, Scalar) and isinstance(own.value, str):
                return own.value
    return None


def _among(
    key: str, before: Mapping[str, Branch], after: Mapping[str, Branch], around: str
) -> Iterator[Line]:
    for name in dict.fromkeys((*before, *after)):
        thing = _joined(around, f"{_one(key)} '{name}'", ", ")
        if name not in before:
            yield Line("+", thing + _holding(after[name]))
        elif name not in after:
            yield Line("-", thing)
        else:
            yield from _inside(before[name], after[name], thing)


def _order(
    key: str, before: Mapping[str, Branch], after: Mapping[str, Branch], around: str
) -> Iterator[Line]:
    if [name for name in before if name in after] != [name for name in after if name in before]:
        yield Line("~", _joined(around, f"the order of {key.replace('_', ' ')}", ", "))


def _holding(thing: Branch) -> str:
    """What a new thing brings: ` with questions 'start', 'hours'`."""
    parts = []
    for key, value in thing.entries.items():
        inner = _named(value) if isinstance(value, Listing) else None
        if inner:
            parts.append(f"{key} {', '.join(map(repr, inner))}")
    return f" with {one_of(parts, joined_by='and')}" if parts else ""


def _one(key: str) -> str:
    """One of the things of a key: `questions` are each a question."""
    return _ONE.get(key) or key.replace("_", " ").removesuffix("s")


def _value(key: str, one: Node | None, other: Node | None) -> str:
    if one is None:
        return " ".join(filter(None, (key, _short(other), "(new)")))
    if other is None:
        return f"{key} (taken away)"
    if isinstance(one, Listing) and isinstance(other, Listing):
        return key + _listed(one, other)
    before, after = _short(one), _short(other)
    return f"{key} {before} → {after}" if before and after else key


def _listed(one: Listing, other: Listing) -> str:
    """What a list of values has got and lost: ` with halted, without waiting`."""
    before, after = ([_short(item) for item in those.items] for those in (one, other))
    more = [item for item in after if item and item not in before]
    less = [item for item in before if item and item not in after]
    told = [f" with {', '.join(more)}"] if more else []
    return ",".join([*told, f" without {', '.join(less)}"] if less else told)


def _short(node: Node | None) -> str:
    """A value in few signs; empty when it is more than that."""
    if isinstance(node, Listing):
        text = ", ".join(map(_short, node.items)) if all(map(_short, node.items)) else ""
    elif isinstance(node, Scalar):
        text = str(node.value).lower() if isinstance(node.value, bool) else str(node.value)
    else:
        return ""
    return text if len(text) <= LONGEST and "\n" not in text else ""


def _joined(around: str, words: str, between: str) -> str:
    return f"{around}{between}{words}" if around else words


def _by_parameters(before: Definition, after: Definition) -> Iterator[tuple[str, Line]]:
    """Services that use a parameter whose value is another: their own files may be the same."""
    was, is_ = before.parameters, after.parameters
    for id in sorted({*was, *is_}):
        if was.get(id) == is_.get(id):
            continue
        values = f"{was.get(id, 'nothing')} → {is_.get(id, 'nothing')}"
        users = _users(id, before.effective) | _users(id, after.effective)
        for service in users:
            yield service, Line("~", f"the parameter '{id}', which it uses: {values}")


def _users(parameter: str, effective: Effective) -> set[str]:
    names = [re.escape(f"parameters.{one}") for one in {parameter, parameter.replace("-", "_")}]
    names += [r"(?:=|<>)\s*here"] if parameter == "municipality-code" else []
    used = re.compile(f"(?:{'|'.join(names)})(?![\\w-])")
    return {
        service
        for file, texts in _texts(effective)
        if (service := _whose(file)[0]) and any(map(used.search, texts))
    }


def _texts(effective: Effective) -> Iterator[tuple[str, Iterable[str]]]:
    for file, tree in effective.trees.items():
        if not file.endswith(_OUTSIDE_USE):
            yield file, (str(it.value) for _, it in every(tree) if isinstance(it, Scalar))
    for file, page in effective.pages.items():
        yield file, (page.source,)
