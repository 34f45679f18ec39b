"""The rows of the queue as HTML, with as little work per row as can be.

Fifty rows of templates cost more than all else on the page. So what many rows share (a service and
its stage, a day, a caseworker) is laid out once for each edition or day and put in as it is; only
the person's name is escaped for each row.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from uuid import UUID

from markupsafe import Markup, escape

from allting.cases.api import PROCESS, Process, Row, ahead, usual_way
from allting.catalogue.api import service
from allting.packages.api import Edition, edition
from allting.register.api import Listed
from allting.ui.api import icon, later, short_date, text, translator

NEVER_YEAR = 9999
Names = Mapping[UUID, Listed]
UNKNOWN = Listed("–", False)


def rows_html(rows: Sequence[Row], names: Names, language: str, as_of: date) -> Markup:
    """Every row of the table's body."""
    speak = translator(language)
    hidden = f'<span class="tag tag--warn">{escape(speak(later("Protected person")))}</span>'
    shield = Markup(f" {hidden}")  # noqa: S704 (escaped just above)
    mine = f"<strong>{escape(speak(later('You')))}</strong>"
    nobody = f'<span class="quiet">{escape(speak(later("Nobody")))}</span>'
    base = f"/{language}/desk/cases/"
    parts: list[str] = []
    add = parts.append
    for row in rows:
        number = row.number
        name, protected = names.get(row.subject, UNKNOWN)
        whom = hidden if name is None else escape(name) + (shield if protected else "")
        # a row of a protected person leads nowhere: whoever sees no name may not open it
        open_ = (
            number if name is None else f'<a class="rows__open" href="{base}{number}/">{number}</a>'
        )
        handler = mine if row.mine else escape(row.handler_name) or nobody
        add(
            f"<tr><th scope=row>{open_}</th><td>{whom}</td>"
            f"{_what(row.edition, row.service, row.stage, language)}"
            f"{_due(row.due, as_of, language)}<td>{handler}</td></tr>"
        )
    return Markup("".join(parts))  # noqa: S704 (every value has been escaped, or is our own)


def _what(edition_id: int, service_id: str, stage: str, language: str) -> str:
    held = edition(edition_id)
    key = ("workplace.what", service_id, stage, language)
    return held.memo(key, lambda: _drawn(held, service_id, stage, language))


def _drawn(held: Edition, service_id: str, stage: str, language: str) -> str:
    process: Process = held.definition.one(PROCESS, service_id)
    title = text(service(held, service_id).title, language)
    named = text(process.stage(stage).title, language)
    return f"<td>{title}</td><td>{_dots(process, stage)}{named}</td>"


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
