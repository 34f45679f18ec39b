"""The catalogue's part of the package language, registered when the house opens."""

from typing import Any

from allting.catalogue import (
    audiences,
    checks,
    examples,
    parts,
    review_check,
    search_checks,
    step_checks,
)
from allting.catalogue.rules import PARAMETERS, parameter_facts
from allting.conditions.api import provider
from allting.packages.api import FileKind, drawing_kind, file_kind, text_kind

__all__ = ["checks", "examples", "review_check", "search_checks", "step_checks"]

KINDS: tuple[FileKind[Any], ...] = (
    parts.ORGANISATION,
    parts.LAW,
    parts.TOPICS,
    parts.EVIDENCE,
    parts.UNITS,
    parts.SERVICE,
    parts.LIFE_EVENT,
    parts.QUESTIONS,
    parts.FAQ,
    parts.SYNONYMS,
    parts.EVERYDAY,
    audiences.AUDIENCES,
)
for kind in KINDS:
    file_kind(kind)

drawing_kind("arms", "{name}.svg")
text_kind(parts.PAGE, "services/{id}/page.{language}.md")
provider(PARAMETERS, parameter_facts)
