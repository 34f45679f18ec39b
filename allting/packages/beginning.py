"""A new service: a small complete skeleton that passes the check, to write one's own over."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

from allting.packages.checking import effective
from allting.packages.contents import context_for
from allting.packages.definition import Effective
from allting.packages.kinds import ID, FileKind, TextKind, registry
from allting.packages.nodes import Branch, Listing, Scalar, id_of
from allting.packages.parts import like_an_id
from allting.packages.text import LANGUAGES

SKELETON = Path(__file__).resolve().parent / "skeletons" / "service"
_SPOKEN = ("sv", "en")  # the languages that the skeleton is written in
_TEXT_LINE = re.compile(r"^( +)(sv|en): ")


class CannotBegin(ValueError):
    """Why there can be no such new service here; the message says how to mend it."""


@dataclass(frozen=True)
class NewService:
    """What the skeleton is filled with."""

    id: str
    titles: Mapping[str, str]
    languages: tuple[str, ...]
    board: str
    administrator: str
    decision_maker: str


def begin_service(folder: Path, id: str, titles: Mapping[str, str]) -> tuple[Path, ...]:
    """Write the skeleton of a service into a package and give the new files.

    `titles` by language, "" for the package's first. Raises CannotBegin; never writes over a file.
    """
    whole = effective(folder)
    service = _planned(whole, folder, id, titles)
    known = registry()
    kinds: list[FileKind[Any] | TextKind] = [*known.files.values(), *known.texts.values()]
    written = []
    for name, text in _filled(service):
        file = f"services/{id}/{name}"
        if any(kind.match(file) is not None for kind in kinds):
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            written.append(path)
    return tuple(written)


def _planned(whole: Effective, folder: Path, id: str, titles: Mapping[str, str]) -> NewService:
    if "package.yaml" not in whole.trees:
        raise CannotBegin(f"{folder} has no package.yaml that can be read; is it a package?")
    if not re.fullmatch(ID, id):
        raise CannotBegin(f"'{id}' is not an id. Try: {like_an_id(id)}")
    there = whole.trees.get(f"services/{id}/service.yaml")
    if there or (folder / "services" / id).exists():
        owner = there.origin.package if there else folder.name
        raise CannotBegin(
            f"there is a service '{id}' already, in {owner}. Try: another id; to change what "
            f"{owner} says, write only what differs in services/{id}/"
        )
    languages = context_for(whole.trees)[LANGUAGES]
    organisation = whole.trees.get("organisation.yaml")
    boards, roles = _ids(organisation, "boards"), _ids(organisation, "roles")
    if not boards or not roles:
        raise CannotBegin(
            "a service belongs to a board, and people in roles decide its cases, but "
            "organisation.yaml lists none. Try: write boards and roles there first"
        )
    return NewService(
        id,
        _titles(titles, languages),
        languages,
        boards[0],
        "administrator" if "administrator" in roles else roles[0],
        "decision-maker" if "decision-maker" in roles else roles[-1],
    )


def _titles(titles: Mapping[str, str], languages: tuple[str, ...]) -> dict[str, str]:
    named = {language or languages[0]: words for language, words in titles.items()}
    for language in named:
        if language not in languages:
            raise CannotBegin(
                f"'{language}' is not one of the package's languages: {', '.join(languages)}"
            )
    if languages[0] not in named:
        raise CannotBegin(f"the title in '{languages[0]}' is missing, the package's first language")
    return {language: named[language] for language in languages if language in named}


def _ids(tree: Branch | None, key: str) -> list[str]:
    listed = tree.entries.get(key) if tree else None
    items = listed.items if isinstance(listed, Listing) else ()
    return [str(id_of(item)) for item in items if not isinstance(item, Scalar) and id_of(item)]


def _filled(service: NewService) -> Iterator[tuple[str, str]]:
    """The skeleton's files in the package's languages."""
    for path in sorted(SKELETON.rglob("*")):
        name = path.relative_to(SKELETON).as_posix()
        if path.suffix == ".yaml":
            yield name, _yaml(path.read_text("utf-8"), service)
        elif path.suffix == ".md":
            stem, language, _ = name.rsplit(".", 2)
            spoken = _as_spoken(language, service.languages)
            if spoken:
                yield f"{stem}.{spoken}.md", path.read_text("utf-8")


def _yaml(text: str, service: NewService) -> str:
    lines = []
    for line in text.splitlines():
        found = _TEXT_LINE.match(line)
        if not found:
            lines.append(line)
        elif spoken := _as_spoken(found[2], service.languages):
            lines.append(f"{found[1]}{spoken}: {line[found.end() :]}")
    title = "\n".join(
        f"  {language}: {json.dumps(words, ensure_ascii=False)}"
        for language, words in service.titles.items()
    )
    return Template("\n".join(lines) + "\n").substitute(
        title=title,
        board=service.board,
        administrator=service.administrator,
        decision_maker=service.decision_maker,
    )


def _as_spoken(language: str, languages: tuple[str, ...]) -> str | None:
    """The language under which a text of the skeleton goes into the package, if it does.

    A package that speaks neither gets the English under its first language, to be translated.
    """
    if language in languages:
        return language
    strange = not set(languages) & set(_SPOKEN)
    first_is_strange = languages[0] not in _SPOKEN
    return languages[0] if language == "en" and (strange or first_is_strange) else None
