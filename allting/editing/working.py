"""The edits of a proposal laid into the files of the edition in force, and what comes of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from allting.editing.models import Proposal
from allting.packages.api import (
    CheckResult,
    Clash,
    Edit,
    Edition,
    Folders,
    NoFiles,
    NotRewritable,
    Touched,
    applied,
    check_folders,
    clashes,
    current,
    difference,
    folders_of,
    from_json,
    on_trial,
    touched,
)


@dataclass
class Working:
    """A proposal, or none yet, over the edition in force. Raises NoFiles, NotRewritable."""

    edition: Edition
    base: Folders
    proposal: Proposal | None = None

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """What it changes."""
        return from_json(self.proposal.edits) if self.proposal else ()

    @cached_property
    def folders(self) -> Folders:
        """The files as they would be."""
        return applied(self.base, self.edits)

    @cached_property
    def check(self) -> CheckResult:
        """The same check as that of files."""
        return check_folders(self.folders)

    @cached_property
    def clashes(self) -> list[Clash]:
        """Where others have changed the same meanwhile."""
        return list(clashes(self.edits, self.base))

    @cached_property
    def trial(self) -> Edition | None:
        """The edition that it would be; None while it has errors."""
        found = self.check.definition
        return on_trial(found, self.edition) if found else None

    @cached_property
    def services(self) -> list[str]:
        """The services that change, also those that only use a parameter that does."""
        if self.trial is None:
            return []
        found = difference(self.edition.definition, self.trial.definition)
        return [one.id for one in found.services if not one.gone]

    def touched(self) -> Iterator[Touched]:
        """Who stands on what changes, in numbers."""
        if self.trial is not None:
            yield from touched(self.edition.definition, self.trial.definition, self.services)


def working(proposal: Proposal | None = None) -> Working:
    """The proposal over the edition in force now."""
    edition = current()
    return Working(edition, folders_of(edition.id), proposal)


__all__ = ["NoFiles", "NotRewritable", "Working", "working"]
