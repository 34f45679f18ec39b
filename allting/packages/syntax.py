"""The parser's complaints, in plain words."""

from dataclasses import dataclass

from ruamel.yaml.error import MarkedYAMLError


@dataclass(frozen=True)
class Words:
    """What is wrong, what was expected, how to mend it, and where to point."""

    what: str
    expected: str | None
    mend: str | None
    at_beginning: bool = False  # where the thing began rather than where the parser gave up


_KNOWN: tuple[tuple[str, Words], ...] = (
    (
        r"found character '\t'",
        Words(
            "a tab is used where only spaces may stand",
            "spaces: two for each level",
            "replace the tab by spaces; set the editor to insert spaces",
        ),
    ),
    (
        "mapping values are not allowed here",
        Words(
            "a colon stands where no key can begin",
            "one 'key: value' on a line, in line with the keys beside it",
            "if the colon belongs to a text, put the whole text in quotes; "
            "otherwise check how far the line is indented",
        ),
    ),
    (
        "could not find expected ':'",
        Words(
            "the line has no colon after its key, or continues nothing",
            "'key: value'",
            "add the colon, or indent the line as far as the text it continues",
            at_beginning=True,
        ),
    ),
    (
        "expected <block end>",
        Words(
            "the line is not in line with those above it",
            "keys that belong together begin in the same column; so do the '-' of a list",
            "move the line left or right until it lines up",
        ),
    ),
    (
        "did not find expected key",
        Words(
            "the line is not in line with those above it",
            "keys that belong together begin in the same column",
            "move the line left or right until it lines up",
        ),
    ),
    (
        "expected ',' or",
        Words(
            "a list or group that began with [ or { is not closed, or a comma is missing",
            "',' between its parts and a closing ] or }",
            "add what is missing; a text with a comma, colon or bracket in it needs quotes",
            at_beginning=True,
        ),
    ),
    (
        "found unexpected end of stream",
        Words("a text in quotes never ends", "a closing quote", "add the closing quote", True),
    ),
    (
        "found character '@'",
        Words(
            "a text may not begin with @", "the text in quotes", 'write "@…" with quotes around it'
        ),
    ),
    (
        "found character '`'",
        Words("a text may not begin with `", "the text in quotes", "put quotes around it"),
    ),
    (
        "found character '%'",
        Words("a text may not begin with %", "the text in quotes", "put quotes around it"),
    ),
    (
        "sequence entries are not allowed here",
        Words(
            "'-' begins a list where none can begin",
            "the list on the line after its key",
            "begin a new line after the key; if it is a text, put it in quotes",
        ),
    ),
    (
        "found unknown escape character",
        Words(
            "a backslash in double quotes is followed by a sign that means nothing",
            r"\n, \" or \\",
            "use single quotes instead of double quotes",
        ),
    ),
    (
        "found undefined tag handle",
        Words(
            "a value begins with !, which is a YAML tag and not part of the package language",
            None,
            "take it away; if it is a text that begins with !, put it in quotes",
        ),
    ),
)


def in_plain_words(error: MarkedYAMLError) -> Words:
    """What is wrong, what was expected and how to mend it."""
    said = " ".join(str(part) for part in (error.problem, error.context) if part)
    for sign, words in _KNOWN:
        if sign in said or sign in repr(said):
            return words
    detail = str(error.problem or error.context or "it cannot be read")
    return Words(
        f"the file is not YAML here: {detail}",
        "'key: value' on each line, lists with '- '",
        "compare with the lines around it; a text with special signs needs quotes",
    )
