"""What to say about a file that no kind of file answers to."""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from allting.packages.kinds import ID, LANGUAGE
from allting.packages.parts import like_an_id
from allting.packages.problems import nearest

Words = tuple[str, str | None, str | None]


def unknown_file(file: str, patterns: Iterable[str], languages: Iterable[str]) -> Words:
    """What is wrong with the file's name, what was expected and how to mend it."""
    known = sorted(patterns)
    if file.endswith(".yml"):
        return (
            "the file's name ends with .yml",
            "a name that ends with .yaml",
            f"rename it to {file[:-4]}.yaml",
        )
    for pattern in known:
        found = _loosely(pattern).fullmatch(file)
        if found:
            return _ill_named(found.groupdict(), tuple(languages))
    shown = ", ".join(pattern.replace("{", "<").replace("}", ">") for pattern in known)
    first = next(iter(languages), "sv")
    meant = nearest(file, [_filled(pattern, file, first) for pattern in known])
    if meant and not nearest(PurePosixPath(file).name, [PurePosixPath(meant).name]):
        meant = None  # only its folder is alike: `notes.txt` is not meant to be `process.yaml`
    return (
        "a package has no such file",
        f"one of {shown}",
        f"rename it to {meant}"
        if meant
        else "move it out of the package; a name that begins with '.' is left alone",
    )


def _loosely(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", pattern)
    text = "".join(
        re.escape(part) if at % 2 == 0 else f"(?P<{part}>[^/.]+)" for at, part in enumerate(parts)
    )
    return re.compile(text)


def _ill_named(slots: dict[str, str], languages: tuple[str, ...]) -> Words:
    for slot, value in slots.items():
        if slot == "language" and not re.fullmatch(LANGUAGE, value):
            return (
                f"'{value}' in the file's name is not a language",
                f"one of {', '.join(languages)}",
                None,
            )
        if slot != "language" and not re.fullmatch(ID, value):
            return (
                f"'{value}' is not an id, which the name of a folder or file must be",
                "lower-case words of a–z and digits, joined by hyphens",
                f"rename it to '{like_an_id(value)}'",
            )
    return "a package has no such file", None, None


def _filled(pattern: str, file: str, language: str) -> str:
    """The pattern with its braces filled from the same place in `file`."""
    theirs = file.split("/")
    filled = []
    for at, part in enumerate(pattern.replace("{language}", language).split("/")):
        if "{" in part and at < len(theirs):
            stem = theirs[at].split(".")[0]
            part = re.sub(r"\{\w+\}", lambda _, stem=stem: stem, part)  # type: ignore[misc]
        filled.append(part)
    return "/".join(filled)
