"""The process of a service: `services/<id>/process.yaml`, and its letters.

The table of moves is the state machine: stage, what is done, by whom, next stage.
"""

from typing import Literal, TypeVar

from pydantic import Field

from allting.packages.api import (
    Duration,
    FileKind,
    Id,
    Law,
    Part,
    SqlExpression,
    Text,
    file_kind,
    text_kind,
    touches,
)

PROCESS = "process"
LETTER = "letter"
APPLICANT = "applicant"

TAKE = "take"
ASK_FOR_SUPPLEMENT = "ask-for-supplement"
SUPPLEMENT = "supplement"
PROPOSE = "propose"
SEND_BACK = "send-back"
DECIDE = "decide"
WITHDRAW = "withdraw"
NOTE = "note"
KNOWN_MOVES = (
    TAKE,
    ASK_FOR_SUPPLEMENT,
    SUPPLEMENT,
    PROPOSE,
    SEND_BACK,
    DECIDE,
    WITHDRAW,
    NOTE,
)

AskKind = Literal["unit", "date", "number", "money", "text", "choice", "yes-no"]


class Stage(Part):
    """Where a case can be, and what that means for the applicant."""

    id: Id
    title: Text
    says: Text | None = None
    final: bool = False


class Move(Part):
    """One row of the table: who may do what, in which stages, and where the case comes then."""

    do: Id
    from_: tuple[Id, ...] = Field(alias="from", min_length=1)
    to: Id | None = None
    who: Id
    title: Text | None = None
    letter: Id | None = None
    restarts: Id | None = None
    extends: Id | None = None


class Deadline(Part):
    """A time that the municipality keeps."""

    id: Id
    within: Duration
    from_: str = Field(alias="from")
    says: Text | None = None
    law: Law = ()
    extension: Duration | None = None
    restart_within: Duration | None = None


class TaskKind(Part):
    """What is to be done in a stage, beside the moves."""

    id: Id
    at: Id
    who: Id
    title: Text
    says: Text | None = None
    law: Law = ()
    before: tuple[Id, ...] = ()


class AskOption(Part):
    """One of the values that a choice may have."""

    id: Id
    label: Text
    hint: Text | None = None


class Ask(Part):
    """What a decision with this outcome must state."""

    id: Id
    kind: AskKind
    label: Text
    hint: Text | None = None
    units: Id | None = None
    options: tuple[AskOption, ...] = ()
    required: bool = True


class OutcomeKind(Part):
    """What a decision may come to."""

    id: Id
    title: Text
    says: Text | None = None
    granted: bool = False
    letter: Id
    document: bool = True
    produces: tuple[Id, ...] = ()
    establishes: dict[str, SqlExpression] = {}
    asks: tuple[Ask, ...] = ()


class Automatic(Part):
    """A decision that needs no person (FL § 28): when it holds, what it comes to, and why."""

    when: SqlExpression
    outcome: Id
    reason: Text | None = None
    values: dict[Id, SqlExpression] = {}


class Appeal(Part):
    """How a decision can be tested (FL § 33)."""

    kind: Literal["appeal", "legality-review"]
    to: Text
    within: Duration
    from_: Literal["announced", "received"] = Field(alias="from")
    says: Text
    law: Law = ()


class Process(Part):
    """`services/<id>/process.yaml`."""

    stages: tuple[Stage, ...] = Field(min_length=1)
    moves: tuple[Move, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    tasks: tuple[TaskKind, ...] = ()
    outcomes: tuple[OutcomeKind, ...] = ()
    automatic: tuple[Automatic, ...] = ()
    appeal: Appeal | None = None
    confirmation: Id | None = None
    decision_to: Literal["guardians", "applicant"] = "guardians"

    @property
    def first(self) -> Stage:
        """Where every case begins."""
        return self.stages[0]

    def stage(self, id: str) -> Stage:
        """The stage with this id; KeyError if the process has none."""
        return _named(self.stages, id)

    def outcome(self, id: str) -> OutcomeKind:
        """The outcome with this id; KeyError if the process has none."""
        return _named(self.outcomes, id)

    def deadline(self, id: str) -> Deadline:
        """The deadline with this id; KeyError if the process has none."""
        return _named(self.deadlines, id)

    def task(self, id: str) -> TaskKind:
        """The task with this id; KeyError if the process has none."""
        return _named(self.tasks, id)

    def leaving(self, stage: str) -> tuple[Move, ...]:
        """The moves that can be made in `stage`, in the order of the table."""
        return tuple(move for move in self.moves if stage in move.from_)

    def move(self, stage: str, do: str) -> Move | None:
        """The row of the table for doing `do` in `stage`, if there is one."""
        return next((move for move in self.leaving(stage) if move.do == do), None)


N = TypeVar("N", Stage, Deadline, TaskKind, OutcomeKind)


def _named(things: tuple[N, ...], id: str) -> N:
    for thing in things:
        if thing.id == id:
            return thing
    raise KeyError(id)


file_kind(FileKind(PROCESS, "services/{id}/process.yaml", Process, "cases"))
text_kind(LETTER, "services/{id}/letters/{name}.{language}.md")


def _register() -> None:
    # the checks and examples need the models above
    from allting.cases import (
        checks,
        decision_checks,
        expectations,
        letter_checks,
        questions_check,
        touching,
        unsigned_check,
    )

    del checks, decision_checks, expectations, letter_checks, questions_check, unsigned_check
    touches(touching.open_cases)


_register()
