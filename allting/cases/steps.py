"""What is given with a move, what a move is while it is made, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from allting.cases.definitions import Move, Process
from allting.cases.models import Case
from allting.identity.api import Actor
from allting.kernel.api import SWEDEN


@dataclass(frozen=True, slots=True)
class File:
    """A file already kept on disk, to be tied to what it came with."""

    name: str
    media_type: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Given:
    """What the person filled in. Which of it a move asks for stands in `effects.py`."""

    text: str = ""
    answer_by: date | None = None
    outcome: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    files: Sequence[File] = ()
    supplement: UUID | None = None  # the id under which the files were kept


@dataclass(frozen=True, slots=True)
class Step:
    """One move in the making. The case's row is held by this transaction."""

    case: Case
    process: Process
    row: Move
    actor: Actor
    given: Given
    moment: datetime

    @property
    def today(self) -> date:
        """The day in Sweden."""
        return self.moment.astimezone(SWEDEN).date()


@dataclass(frozen=True, slots=True)
class Done:
    """What a move came to. `repeated`: it had been made already, by the same person."""

    number: str
    stage: str
    repeated: bool = False
