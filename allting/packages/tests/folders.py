"""Small packages for tests."""

from collections.abc import Mapping
from pathlib import Path

PACKAGE = """\
id: solvik
title: {sv: Solviks kommun, en: Municipality of Solvik}
version: 1.0.0
licence: EUPL-1.2
languages: [sv, en]
parameters:
  municipality-code: {value: "2599", type: text, says: {sv: Kommunkod, en: Municipality code}}
"""

ORGANISATION = """\
name: {sv: Solviks kommun, en: Municipality of Solvik}
contact: {phone: "+46 10 555 00 00", email: kontakt@solvik.example}
boards:
  - {id: technical, name: {sv: Tekniska nämnden, en: Technical board}, series: TN}
roles:
  - {id: administrator, name: {sv: Handläggare, en: Caseworker}}
  - {id: decision-maker, name: {sv: Beslutsfattare, en: Decision maker}}
"""


def folder(path: Path, files: Mapping[str, str]) -> Path:
    """Write `files` under `path` and give the path."""
    for name, text in files.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return path
