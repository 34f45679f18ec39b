"""The placeholders of letters: which there are, where a letter uses them, and filling them in."""

import re
from collections.abc import Callable, Mapping

from allting.cases.definitions import Ask, Process
from allting.packages.api import Definition

_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")

ALWAYS = (
    "case.number",
    "case.service",
    "case.received",
    "case.due",
    "applicant.name",
    "subject.name",
    "board.name",
    "board.phone",
    "board.email",
    "municipality.name",
)
OF_A_DECISION = ("decision.outcome", "decision.reason", "decision.date", "decision.by")
APPEAL = "appeal"
MESSAGE = "message"


def used_in(source: str) -> list[tuple[int, str]]:
    """Every placeholder of a letter, with the place of its first character inside the braces.

    >>> used_in("Hello {applicant.name}!")
    [(7, 'applicant.name')]
    """
    return [(found.start(1), found[1]) for found in _PLACEHOLDER.finditer(source)]


def fill(source: str, value: Callable[[str], str]) -> str:
    """The letter with every placeholder replaced by its value."""
    return _PLACEHOLDER.sub(lambda found: value(found[1]), source)


def as_plain(value: str) -> str:
    r"""A value as Markdown that shows exactly these characters, its lines and paragraphs kept.

    >>> as_plain("*1* <b>")
    '\\*1\\* \\<b\\>'
    """
    escaped = _PUNCTUATION.sub(r"\\\1", value.replace("\r\n", "\n").strip())
    # a line break alone is a line break; digits at a line's start begin no list once escaped
    return re.sub(r"(?<!\n)\n(?!\n)", "\\\n", escaped)


def usages(process: Process) -> dict[str, set[str]]:
    """Which letters the process sends, and when: `decision`, `move` or `received`."""
    found: dict[str, set[str]] = {}
    for outcome in process.outcomes:
        found.setdefault(outcome.letter, set()).add("decision")
    for move in process.moves:
        if move.letter:
            found.setdefault(move.letter, set()).add("move")
    if process.confirmation:
        found.setdefault(process.confirmation, set()).add("received")
    return found


def known_in(definition: Definition, service: str, process: Process, letter: str) -> list[str]:
    """The placeholders that the letter `letter` may use."""
    names = [*ALWAYS, *_of_the_service(definition, service)]
    when = usages(process).get(letter, set())
    if when == {"decision"}:
        names += OF_A_DECISION
        names += [f"decision.{id}" for id in asks_of(process, letter)]
    if when == {"move"}:
        names.append(MESSAGE)
    if process.appeal:
        names.append(APPEAL)
    return names


def asks_of(process: Process, letter: str) -> Mapping[str, Ask]:
    """What every outcome that sends this letter asks for."""
    outcomes = [o for o in process.outcomes if o.letter == letter]
    common = {ask.id: ask for o in outcomes for ask in o.asks}
    return {id: ask for id, ask in common.items() if all(id in _ids(o.asks) for o in outcomes)}


def _ids(asks: tuple[Ask, ...]) -> set[str]:
    return {ask.id for ask in asks}


def _of_the_service(definition: Definition, service: str) -> list[str]:
    form = definition.find("form", service)
    product = definition.find("service", service)
    questions = [q.id for page in form.pages for q in page.questions] if form else []
    costs = [cost.id for cost in product.costs] if product else []
    return [
        *(f"answers.{id}" for id in questions),
        *(f"cost.{id}" for id in costs),
        *(f"parameters.{id}" for id in definition.parameters),
    ]
