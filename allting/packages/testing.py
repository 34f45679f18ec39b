"""For tests of this room and those above: a municipality's files written, checked and published."""

from collections.abc import Mapping
from pathlib import Path

from allting.packages.api import Edition, forget_editions, publish

PACKAGE = """\
id: vik
title: {sv: Viks kommun, en: Municipality of Vik}
version: 1.0.0
licence: EUPL-1.2
languages: [sv, en]
parameters:
  municipality-code: {value: "2599", type: text, says: {sv: Kommunkod, en: Municipality code}}
"""


def written(folder: Path, files: Mapping[str, str | None]) -> Path:
    """Write `files` under `folder`, but those that are None, and give the folder."""
    for name, text in files.items():
        if text is not None:
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    return folder


def in_force(folder: Path) -> Edition:
    """The package of a folder, published; nothing that was read before is remembered."""
    forget_editions()
    return publish(folder, by="test", why="test")
