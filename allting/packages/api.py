"""The door of packages.

Rooms register in `definitions.py` what of a package is theirs:

    class Form(Part):
        title: Text
        pages: tuple[Page, ...]

    FORM = file_kind(FileKind("form", "services/{id}/form.yaml", Form, room="forms"))
    LETTER = text_kind("letter", "services/{id}/letters/{name}.{language}.md")

    @cross_check
    def questions_have_options(definition: Definition, report: Report) -> None:
        for service, form in definition.all(FORM).items():
            report.error(definition.at(FORM, service, "pages", 0), "what", "expected", "mend")

and read it from `current().definition`, or from the edition that a case is pinned to.
"""

from allting.packages.actions import NotPublishable, publish
from allting.packages.changes import Change, changes
from allting.packages.checking import CheckResult, check
from allting.packages.coverage import Coverage, coverage
from allting.packages.definition import Definition, Markdown, Missing
from allting.packages.duration import parse_duration
from allting.packages.editions import Edition, NoSuchEdition, NothingPublished, UnreadableEdition
from allting.packages.examples import Example, Examples
from allting.packages.kinds import (
    FileKind,
    TextKind,
    cross_check,
    drawing_kind,
    expectation,
    file_kind,
    registered_only,
    text_kind,
)
from allting.packages.manifest import Package, Parameter, Theme
from allting.packages.nodes import Origin
from allting.packages.parts import (
    Colour,
    Duration,
    Id,
    Law,
    LawRef,
    MoneyText,
    Part,
    SqlExpression,
    Text,
    fault,
)
from allting.packages.problems import At, Problem, Report, Weight, did_you_mean, nearest, one_of
from allting.packages.queries import (
    Published,
    current,
    edition,
    forget_editions,
    published_editions,
)
from allting.packages.spelt import spelt
from allting.packages.touching import Touched, touches

__all__ = [
    "At",
    "Change",
    "CheckResult",
    "Colour",
    "Coverage",
    "Definition",
    "Duration",
    "Edition",
    "Example",
    "Examples",
    "FileKind",
    "Id",
    "Law",
    "LawRef",
    "Markdown",
    "Missing",
    "MoneyText",
    "NoSuchEdition",
    "NotPublishable",
    "NothingPublished",
    "Origin",
    "Package",
    "Parameter",
    "Part",
    "Problem",
    "Published",
    "Report",
    "SqlExpression",
    "Text",
    "TextKind",
    "Theme",
    "Touched",
    "UnreadableEdition",
    "Weight",
    "changes",
    "check",
    "coverage",
    "cross_check",
    "current",
    "did_you_mean",
    "drawing_kind",
    "edition",
    "expectation",
    "fault",
    "file_kind",
    "forget_editions",
    "nearest",
    "one_of",
    "parse_duration",
    "publish",
    "published_editions",
    "registered_only",
    "spelt",
    "text_kind",
    "touches",
]
