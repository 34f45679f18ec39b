"""The rows of the queue as HTML, with as little work per row as can be.

Fifty rows of templates cost more than all else on the page. So a row is drawn once, and kept with
the edition it was drawn from under all that it was drawn from: the case as it stands, whom it
concerns as shown to this reader, the day. What has not changed since is put in as it is.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from markupsafe import Markup, escape

from allting.cases.api import PROCESS, Process, Row, ahead, usual_way
from allting.catalogue.api import service
from allting.packages.api import Edition, edition
from allting.register.api import Listed
from allting.ui.api import icon, later, short_date, text, translator

NEVER_YEAR = 9999
MOST_KEPT = 4096
Names = Mapping[str, Listed]
UNKNOWN = Listed("–", False)


def rows_html(rows: Sequence[Row], names: Names, language: str, as_of: date) -> Markup:
    """Every row of the table's body."""
    drawers = {id: _drawer(id, language) for id in {row.edition for row in rows}}
    parts = [drawers[row.edition].row(row, names.get(row.subject, UNKNOWN), as_of) for row in rows]
    return Markup("".join(parts))  # noqa: S704 (every value has been escaped, or is our own)


class Drawer:
    """Draws the cases of one edition in one language, and keeps what it has drawn."""

    def __init__(self, held: Edition, language: str) -> None:
        speak = translator(language)
        self._edition = held
        self._language = language
        self._hidden = (
            f'<span class="tag tag--warn">{escape(speak(later("Protected person")))}</span>'
        )
        self._mine = f"<strong>{escape(speak(later('You')))}</strong>"
        said = escape(speak(later("offer accepted")))
        self._offered = f' <span class="tag tag--info">{said}</span>'
        self._nobody = f'<span class="quiet">{escape(speak(later("Nobody")))}</span>'
        self._drawn: dict[tuple[Row, Listed, date], str] = {}

    def row(self, row: Row, whom: Listed, as_of: date) -> str:
        """One case as a row of the table."""
        key = (row, whom, as_of)
        found = self._drawn.get(key)
        if found is None:
            if len(self._drawn) >= MOST_KEPT:
                self._drawn.clear()
            found = self._drawn[key] = self._draw(row, whom, as_of)
        return found

    def _draw(self, row: Row, whom: Listed, as_of: date) -> str:
        number = str(escape(row.number))
        # a row of a protected person leads nowhere: whoever sees no name may not open it
        if whom.name is not None:
            href = f"/{self._language}/desk/cases/{number}/"
            number = f'<a class="rows__open" href="{href}">{number}</a>'
        handler = self._mine if row.mine else escape(row.handler_name) or self._nobody
        return (
            f"<tr><th scope=row>{number}</th><td>{self._whom(whom)}</td>"
            f"{self._what(row)}"
            f"{_due(row.due, as_of, self._language)}<td>{handler}</td></tr>"
        )

    def _whom(self, whom: Listed) -> str:
        if whom.name is None:
            return self._hidden
        name = str(escape(whom.name))
        return f"{name} {self._hidden}" if whom.protected else name

    def _what(self, row: Row) -> str:
        process: Process = self._edition.definition.one(PROCESS, row.service)
        title = text(service(self._edition, row.service).title, self._language)
        named = text(process.stage(row.stage).title, self._language)
        mark = self._offered if row.offer else ""
        return f"<td>{title}{mark}</td><td>{_dots(process, row.stage)}{named}</td>"


def _drawer(edition_id: int, language: str) -> Drawer:
    held = edition(edition_id)
    return held.memo(("workplace.rows", language), lambda: Drawer(held, language))


def _dots(process: Process, stage: str) -> str:
    """The path, small: how far this stage is on the usual way."""
    whole = len(usual_way(process))
    here = max(0, whole - len(ahead(process, stage)) - 1)
    marks = ("done" if n < here else "now" if n == here else "" for n in range(whole))
    dots = "".join(f"<i{f' class={mark}' if mark else ''}></i>" for mark in marks)
    return f'<span class="way" aria-hidden="true">{dots}</span>'


@lru_cache(maxsize=4096)
def _due(due: date, as_of: date, language: str) -> str:
    if due.year == NEVER_YEAR:
        return "<td></td>"
    left = (due - as_of).days
    day = f'<time datetime="{due.isoformat()}">{short_date(language, due)}</time>'
    said = escape(_left(left, language))
    if left < 0:
        return f'<td class="late">{icon("triangle-alert")}{day} <small>{said}</small></td>'
    return f"<td{' class=soon' if left <= 7 else ''}>{day} <small>{said}</small></td>"


def _left(left: int, language: str) -> str:
    speak = translator(language)
    if left == 0:
        return speak(later("today"))
    if left < 0:
        return speak.plural("{n} day late", "{n} days late", -left)
    return speak.plural("{n} day left", "{n} days left", left)
