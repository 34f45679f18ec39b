"""From "the twelfth character of this value" to a line and column of the file."""

from allting.packages.nodes import Origin


def advance(source: str, start: Origin, value: str, offset: int) -> Origin:
    """The place of character `offset` of `value`, whose first sign stands at `start` in `source`.

    Quotes, folded lines and block texts write a value otherwise than it reads, so both are walked
    side by side: white space matches white space, and what only YAML needs is passed over.
    """
    at = _index(source, start)
    end = len(source)
    if value and source[at : at + 1] in ("|", ">") and source[at : at + 1] != value[:1]:
        at = source.find("\n", at) + 1 or end
    elif value and source[at : at + 1] in ("'", '"') and value != source[at : at + len(value)]:
        at += 1
    for character in value[:offset]:
        if character.isspace():
            while at < end and source[at].isspace():
                at += 1
            continue
        while at < end and source[at] != character:
            at += 1
        at += 1
    while at < end and source[at] in " \n" and not value[offset : offset + 1].isspace():
        at += 1
    return _origin(source, start, min(at, end))


def _index(source: str, start: Origin) -> int:
    at = 0
    for _ in range(start.line - 1):
        at = source.find("\n", at) + 1
    return at + start.column - 1


def _origin(source: str, start: Origin, at: int) -> Origin:
    line = source.count("\n", 0, at) + 1
    column = at - (source.rfind("\n", 0, at) + 1) + 1
    return Origin(start.package, start.file, line, column)
