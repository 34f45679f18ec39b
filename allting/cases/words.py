"""What moves are called: on a button, and in the history. The package's own words come first."""

from typing import Any

from allting.cases.definitions import (
    ASK_FOR_SUPPLEMENT,
    DECIDE,
    NOTE,
    PROPOSE,
    SEND_BACK,
    SUPPLEMENT,
    TAKE,
    WITHDRAW,
    Move,
    Process,
)
from allting.ui.api import Translator, later, plain

BUTTONS = {
    TAKE: later("Take the case"),
    ASK_FOR_SUPPLEMENT: later("Ask for more"),
    SUPPLEMENT: later("Answer"),
    PROPOSE: later("Propose a decision"),
    SEND_BACK: later("Send back"),
    DECIDE: later("Decide"),
    WITHDRAW: later("Withdraw it"),
    NOTE: later("Write a note"),
}
DONE = {
    "received": later("The case came in"),
    TAKE: later("Took the case"),
    ASK_FOR_SUPPLEMENT: later("Asked the applicant for more"),
    SUPPLEMENT: later("The applicant answered"),
    PROPOSE: later("Proposed a decision"),
    SEND_BACK: later("Sent the proposal back"),
    DECIDE: later("Decided"),
    WITHDRAW: later("Withdrawn by whoever sent it in"),
    NOTE: later("Note"),
    "renounced": later("The applicant gave up what was granted"),
}


def button_of(move: Move, speak: Translator) -> str:
    """What the button for a move says."""
    if move.title is not None:
        return plain(move.title, speak.language)
    known = BUTTONS.get(move.do)
    return speak(known) if known else move.do


def done_of(process: Process, move: str, speak: Translator) -> str:
    """What the history calls a move that has been made."""
    if move in DONE:
        return speak(DONE[move])
    if move.startswith("task:"):
        return speak(later("Done: {task}"), task=_task(process, move.removeprefix("task:"), speak))
    row: Any = next((m for m in process.moves if m.do == move and m.title), None)
    return plain(row.title, speak.language) if row else move


def _task(process: Process, kind: str, speak: Translator) -> str:
    title: Any = next((task.title for task in process.tasks if task.id == kind), kind)
    return plain(title, speak.language)
