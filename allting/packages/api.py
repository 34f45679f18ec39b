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

from allting.packages.actions import (
    EditedAtDesk,
    NotPublishable,
    Sending,
    publish,
    publish_again,
    publish_folders,
)
from allting.packages.changes import Change, changes
from allting.packages.checking import CheckResult, check
from allting.packages.coverage import Coverage, coverage
from allting.packages.definition import Definition, Effective, Markdown, Missing
from allting.packages.differing import difference
from allting.packages.duration import parse_duration
from allting.packages.editions import (
    Edition,
    NoSuchEdition,
    NothingPublished,
    UnreadableEdition,
    on_trial,
)
from allting.packages.edits import (
    Clash,
    Edit,
    applied,
    as_json,
    at,
    clashes,
    from_json,
    joined,
    said,
    tree_of,
)
from allting.packages.examples import Example, Examples
from allting.packages.exporting import archive
from allting.packages.keeping import Folder, Folders, NoFiles, check_folders, files_of, folders_of
from allting.packages.keeping import read as read_folder
from allting.packages.kinds import (
    FileKind,
    TextKind,
    cross_check,
    drawing_kind,
    expectation,
    file_kind,
    registered_only,
    registry,
    text_kind,
)
from allting.packages.manifest import Package, Parameter, Theme
from allting.packages.nodes import Branch, Listing, Node, Origin, Scalar, id_of, plain
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
    published_edition,
    published_editions,
)
from allting.packages.rewriting import ITEM, NotRewritable
from allting.packages.schemas import schema_of
from allting.packages.spelt import spelt
from allting.packages.touching import Touched, touched, touches

__all__ = [
    "ITEM",
    "At",
    "Branch",
    "Change",
    "CheckResult",
    "Clash",
    "Colour",
    "Coverage",
    "Definition",
    "Duration",
    "Edit",
    "EditedAtDesk",
    "Edition",
    "Effective",
    "Example",
    "Examples",
    "FileKind",
    "Folder",
    "Folders",
    "Id",
    "Law",
    "LawRef",
    "Listing",
    "Markdown",
    "Missing",
    "MoneyText",
    "NoFiles",
    "NoSuchEdition",
    "Node",
    "NotPublishable",
    "NotRewritable",
    "NothingPublished",
    "Origin",
    "Package",
    "Parameter",
    "Part",
    "Problem",
    "Published",
    "Report",
    "Scalar",
    "Sending",
    "SqlExpression",
    "Text",
    "TextKind",
    "Theme",
    "Touched",
    "UnreadableEdition",
    "Weight",
    "applied",
    "archive",
    "as_json",
    "at",
    "changes",
    "check",
    "check_folders",
    "clashes",
    "coverage",
    "cross_check",
    "current",
    "did_you_mean",
    "difference",
    "drawing_kind",
    "edition",
    "expectation",
    "fault",
    "file_kind",
    "files_of",
    "folders_of",
    "forget_editions",
    "from_json",
    "id_of",
    "joined",
    "nearest",
    "on_trial",
    "one_of",
    "parse_duration",
    "plain",
    "publish",
    "publish_again",
    "publish_folders",
    "published_edition",
    "published_editions",
    "read_folder",
    "registered_only",
    "registry",
    "said",
    "schema_of",
    "spelt",
    "text_kind",
    "touched",
    "touches",
    "tree_of",
]
