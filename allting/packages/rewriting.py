"""Changing one value of a YAML file and not a sign besides: comments, order and lines stay.

The file is not written anew from its values. The parser says where each value begins and ends, and
only that stretch of text is replaced; what comes out is read again and compared with what was
meant, so a file is never left saying something else.
"""

import copy
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from allting.packages.nodes import plain
from allting.packages.reader import read_yaml
from allting.packages.writing import block, flow, value_after_key, words

Steps = tuple[str, ...]
ITEM = "#"  # before the id of a list's item, or its position: ("boards", "#education", "name")
Plain = Any  # text, number, true or false, list, mapping: what `nodes.plain` gives


class NotRewritable(ValueError):
    """The value stands in a way that cannot be changed here; the file itself must be edited."""


class _Held(NamedTuple):
    """A node and what it stands in: an entry of a mapping, or an item of a list."""

    node: Node
    around: Node | None
    at: int


def with_value(source: str, path: Steps, value: Plain) -> str:
    """The file with `value` at `path`; what the path leads through is made where it is missing.

    >>> print(with_value("a:  # why\\n  b: 1\\n  c: 2\\n", ("a", "b"), 3))
    a:  # why
      b: 3
      c: 2
    <BLANKLINE>
    """
    if not source.strip():
        return "\n".join(block(_nested(path, value), 0)) + "\n"
    wanted = _set(_values(source), path, value)
    changed = _written(source, path, value)
    if _values(changed) != wanted:
        raise NotRewritable(f"{'.'.join(map(str, path))} cannot be changed without its file")
    return changed


def without(source: str, path: Steps, *, items: frozenset[Steps] = frozenset()) -> str:
    """The file without the value at `path`, and without what then says nothing.

    An item of a list that has only its id left goes too if its path is one of `items`: those of
    which the package below has more to say.
    """
    held = _way(_composed(source), path)
    if len(held) != len(path) + 1:
        return source
    last = len(path)
    while last > 1 and _says_nothing_without(held, last, path, items):
        last -= 1
    if last == 1 and len(_inner(held[0].node)) == 1:
        return ""
    wanted = _taken(_values(source), path[:last])
    changed = _cut(source, held[last])
    if _values(changed) != wanted:
        raise NotRewritable(f"{'.'.join(map(str, path))} cannot be taken away without its file")
    return changed


def _values(source: str) -> Plain:
    tree, problems = read_yaml("", "", source)
    if tree is None or problems:
        raise NotRewritable("; ".join(problem.what for problem in problems))
    return plain(tree)


def _composed(source: str) -> Node:
    try:
        found: Node = YAML(typ="safe", pure=True).compose(source)
    except YAMLError as error:
        raise NotRewritable(str(error)) from error
    return found


def _in_brackets(node: Node | None) -> bool:
    return bool(getattr(node, "flow_style", False))


def _inner(node: Node | None) -> list[Any]:
    return node.value if isinstance(node, MappingNode | SequenceNode) else []


def _id_of(node: Node) -> str | None:
    for key, value in _inner(node) if isinstance(node, MappingNode) else ():
        if key.value == "id" and isinstance(value, ScalarNode):
            return str(value.value)
    return None


def _step_in(node: Node, step: str) -> _Held | None:
    if isinstance(node, MappingNode):
        for at, (key, value) in enumerate(node.value):
            if key.value == step:
                return _Held(value, node, at)
    if isinstance(node, SequenceNode):
        for at, inner in enumerate(node.value):
            if step in (f"{ITEM}{at}", f"{ITEM}{_id_of(inner)}"):
                return _Held(inner, node, at)
    return None


def _way(root: Node, path: Steps) -> list[_Held]:
    """The nodes along the path, the file's first, as far as they go."""
    held = [_Held(root, None, 0)]
    for step in path:
        found = _step_in(held[-1].node, step)
        if found is None:
            break
        held.append(found)
    return held


def _written(source: str, path: Steps, value: Plain) -> str:
    held = _way(_composed(source), path)
    in_flow = any(_in_brackets(one.node) for one in held[:-1])
    if len(held) == len(path) + 1:
        return _replaced(source, held[-1], value, in_flow)
    rest = path[len(held) - 1 :]
    return _inserted(source, held[-1].node, rest, value)


def _replaced(source: str, held: _Held, value: Plain, in_flow: bool) -> str:
    node = held.node
    start, end = node.start_mark.index, _end(source, held)
    if in_flow or isinstance(held.around, SequenceNode):
        quoted = isinstance(value, str) and getattr(node, "style", None) == '"'
        return source[:start] + (words(value, '"') if quoted else flow(value)) + source[end:]
    assert isinstance(held.around, MappingNode)  # noqa: S101  a file begins with a key
    key = held.around.value[held.at][0]
    column = key.start_mark.column
    if isinstance(node, ScalarNode) and node.style not in ("|", ">") and _inline(value):
        return source[:start] + words(value, node.style) + source[end:]
    after = source.index(":", key.end_mark.index) + 1
    return source[:after] + value_after_key(value, column) + source[end:]


def _inline(value: Plain) -> bool:
    return not isinstance(value, dict | list) and "\n" not in str(value)


def _inserted(source: str, node: Node, rest: Steps, value: Plain) -> str:
    if isinstance(node, ScalarNode):
        raise NotRewritable("a value stands where keys are wanted")
    more = _nested(rest, value)
    if isinstance(more, list) != isinstance(node, SequenceNode):
        raise NotRewritable("a list stands where keys are wanted, or the other way round")
    entries = _inner(node)
    if _in_brackets(node) or not entries:
        inside = flow(more)[1:-1]
        at = _end(source, _Held(*_last(node))) if entries else node.end_mark.index - 1
        return f"{source[:at]}{', ' if entries else ''}{inside}{source[at:]}"
    at = _line_end(source, _end(source, _Held(*_last(node))))
    lines = block(more, node.start_mark.column)
    return source[:at] + "".join(f"\n{line}" for line in lines) + (source[at:] or "\n")


def _last(node: Node) -> tuple[Node, Node, int]:
    at = len(_inner(node)) - 1
    last = node.value[at]
    return (last[1] if isinstance(node, MappingNode) else last), node, at


def _nested(rest: Steps, value: Plain) -> Plain:
    """What must be written for the rest of a path: keys in keys, items by their id."""
    made = value
    for step in reversed(rest):
        made = [{"id": step[1:], **made}] if step.startswith(ITEM) else {step: made}
    return made


def _end(source: str, held: _Held) -> int:
    """Where the text of a value ends, its last line's end not counted."""
    node = held.node
    entries = _inner(node)
    if entries and not _in_brackets(node):
        return _end(source, _Held(*_last(node)))
    if isinstance(node, ScalarNode) and node.style in ("|", ">"):
        return _end_of_text(source, held)
    end: int = node.end_mark.index
    return end


def _end_of_text(source: str, held: _Held) -> int:
    """The end of a text written as `|` or `>`: its lines stand further in than its key."""
    around = held.around
    key = around.value[held.at][0] if isinstance(around, MappingNode) else held.node
    column = key.start_mark.column
    end = at = _line_end(source, held.node.start_mark.index)
    while at < len(source):
        after = _line_end(source, at + 1)
        line = source[at + 1 : after]
        if line.strip() and len(line) - len(line.lstrip(" ")) <= column:
            break
        if line.strip():
            end = after
        at = after
    return end


def _line_end(source: str, at: int) -> int:
    found = source.find("\n", at)
    return len(source) if found < 0 else found


def _cut(source: str, held: _Held) -> str:
    around = held.around
    assert around is not None  # noqa: S101  the whole file is taken away by its caller
    starts = [_start(one) for one in _inner(around)]
    start, end = starts[held.at], _end(source, held)
    first_of_more = held.at == 0 and len(starts) > 1
    if _in_brackets(around):
        if held.at:
            start = _end(source, _before(around, held.at))
        return source[:start] + source[starts[1] if first_of_more else end :]
    line = source.rfind("\n", 0, start) + 1
    if isinstance(around, MappingNode) and source[line:start].strip() and first_of_more:
        return source[:start] + source[starts[1] :]  # its first key, after a dash
    return source[:line] + source[_line_end(source, end) + 1 :]


def _start(entry: Any) -> int:
    node = entry[0] if isinstance(entry, tuple) else entry
    return int(node.start_mark.index)


def _before(around: Node, at: int) -> _Held:
    one = around.value[at - 1]
    return _Held(one[1] if isinstance(one, tuple) else one, around, at - 1)


def _says_nothing_without(
    held: list[_Held], last: int, path: Steps, items: frozenset[Steps]
) -> bool:
    """Whether what holds the value at `last` is empty once that is gone."""
    around = held[last].around
    left = [one for at, one in enumerate(_inner(around)) if at != held[last].at]
    if not left:
        return True
    only_id = isinstance(around, MappingNode) and [key.value for key, _ in left] == ["id"]
    return only_id and path[: last - 1] in items


def _set(values: Plain, path: Steps, value: Plain) -> Plain:
    made = copy.deepcopy(values)
    if not path:
        return copy.deepcopy(value)
    step, rest = path[0], path[1:]
    if step.startswith(ITEM):
        items = [] if made is None else made
        if not isinstance(items, list):
            raise NotRewritable("a list is wanted, and something else stands there")
        at = next((at for at, one in enumerate(items) if _is(one, at, step)), None)
        if at is None:
            items.append(_nested((step,), _set(None, rest, value))[0])
        else:
            items[at] = _set(items[at], rest, value)
        return items
    made = {} if made is None else made
    if not isinstance(made, dict):
        raise NotRewritable("a value stands where keys are wanted")
    made[step] = _set(made.get(step), rest, value)
    return made


def with_plain(values: Plain, path: Steps, value: Plain) -> Plain:
    """Values with another at `path`; None takes what stands there away.

    >>> with_plain({"id": "x", "says": {"sv": "Hej"}}, ("says", "sv"), None)
    {'id': 'x', 'says': {}}
    """
    if value is not None:
        return _set(values, path, value)
    there = values
    for step in path:
        if not isinstance(there, dict) or step not in there:
            return values
        there = there[step]
    return _taken(values, path)


def _is(one: Plain, at: int, step: str) -> bool:
    return step == f"{ITEM}{at}" or (isinstance(one, dict) and one.get("id") == step[1:])


def _taken(values: Plain, path: Steps) -> Plain:
    step, rest = path[0], path[1:]
    if step.startswith(ITEM):
        at = next(at for at, one in enumerate(values) if _is(one, at, step))
        kept = [_taken(values[at], rest)] if rest else []
        return [*values[:at], *kept, *values[at + 1 :]]
    if not rest:
        return {key: one for key, one in values.items() if key != step}
    return {**values, step: _taken(values[step], rest)}
