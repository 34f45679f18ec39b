"""This room's own part of a package: what it is, and examples that run."""

from allting.packages.examples import Examples
from allting.packages.kinds import FileKind, file_kind
from allting.packages.manifest import Package

PACKAGE = file_kind(FileKind("package", "package.yaml", Package, "packages", required=True))
EXAMPLES = file_kind(FileKind("examples", "services/{id}/examples.yaml", Examples, "packages"))
