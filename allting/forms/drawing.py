"""Draws the questions of a page. What does not depend on the person is drawn once per version."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from allting.conditions.api import vocabulary
from allting.forms.kinds import Choice
from allting.forms.kinds.choices import most_wishes
from allting.forms.plan import PlannedQuestion
from allting.packages.api import Edition
from allting.ui.api import Shape, fragment, hole, later, translator

# kinds whose inputs hold what is typed, and the holes for it
HOLES: dict[str, Any] = {
    **dict.fromkeys(("text", "long-text", "email", "phone", "number", "money"), hole("value")),
    "date": {part: hole(part) for part in ("year", "month", "day")},
    "address": {part: hole(part) for part in ("street", "postcode", "city")},
}
EMPTY: dict[str, Any] = {
    "choices": (),
    "wishes": (),
    "date": None,
    "address": dict.fromkeys(("street", "postcode", "city"), ""),
}
PERSONAL = ("child", "file")  # drawn for each person anew
MOST_KEPT = 512
_REGISTER = "population register"
SOURCES = {
    _REGISTER: later("From the population register, which the Swedish Tax Agency keeps"),
    "declared by the household": later("Your household has declared this"),
    "given by the person": later("You have given us this before"),
    "stated": later("From an earlier case with us"),
    "stated by the municipality": later("The municipality has decided this"),
}


@dataclass(frozen=True)
class Field:
    """One question as it stands on a person's page."""

    planned: PlannedQuestion
    value: Any = None  # as typed
    error: str | None = None
    wrong_part: str = ""
    choices: Sequence[Choice] = ()
    known: str | None = None  # what the register says, in words
    since: str = ""  # ", 2 November 2026": when that was declared or decided
    changed: bool = False  # the person has given another answer than the register's
    files: Sequence[Mapping[str, Any]] = ()  # what is attached


class Drawer:
    """Draws fields of one service's form in one language, for one published version."""

    def __init__(self, edition: Edition, service: str, language: str) -> None:
        self._edition = edition
        self._service = service
        self._language = language
        self._shapes: dict[tuple[str, bool, bool], Shape] = {}
        self._drawn: dict[tuple[str, str, str | None, str, bool], Markup] = {}
        self._sources: dict[str | None, Mapping[str, str]] = {}
        self._known: Shape | None = None

    def field(self, field: Field) -> Markup:
        """The HTML of one question."""
        question = field.planned.question
        if field.error is not None or question.kind in PERSONAL:
            return self._draw(field)
        if question.kind in HOLES:
            return self._filled(field)
        key = (question.id, json.dumps(field.value), field.known, field.since, field.changed)
        found = self._drawn.get(key)
        if found is None:
            if len(self._drawn) >= MOST_KEPT:
                self._drawn.clear()
            found = self._drawn[key] = self._draw(field)
        return found

    def known(self, rows: Markup) -> Markup:
        """What is known already, together."""
        if self._known is None:
            self._known = Shape(
                fragment(self._language, "forms/known.html", {"rows": hole("rows")})
            )
        return self._known.fill({"rows": rows})

    def _filled(self, field: Field) -> Markup:
        question = field.planned.question
        key = (question.id, field.known is not None, field.changed)
        shape = self._shapes.get(key)
        if shape is None:
            known = None if field.known is None else hole("known")
            open_ = Field(
                field.planned,
                HOLES[question.kind],
                known=known,
                since=hole("since"),
                changed=field.changed,
            )
            shape = self._shapes[key] = Shape(self._draw(open_))
        own = {"known": field.known or "", "since": field.since}
        return shape.fill({**_values(question.kind, field.value), **own})

    def _draw(self, field: Field) -> Markup:
        question = field.planned.question
        value = field.value if field.value is not None else EMPTY.get(question.kind, "")
        return fragment(
            self._language,
            "forms/question.html",
            {
                "q": question,
                "label": question.label,
                "value": value,
                "error": field.error,
                "wrong_part": field.wrong_part,
                "choices": [(c.id, c.label, c.hint) for c in field.choices],
                "most": most_wishes(question) if question.kind == "wishes" else question.max,
                "files": field.files,
                "known": field.known,
                "since": field.since,
                "open": field.error is not None or field.changed,
                **(self._source(question.known_from) if field.known is not None else {}),
            },
        )

    def _source(self, name: str | None) -> Mapping[str, str]:
        found = self._sources.get(name)
        if found is None:
            found = self._sources[name] = self._told_by(name)
        return found

    def _told_by(self, name: str | None) -> Mapping[str, str]:
        _ = translator(self._language)
        facts = vocabulary(self._edition.definition, self._service).facts
        fact = facts.get(name or "")
        source = fact.source if fact else ""
        if source == _REGISTER:
            advice = _(
                "Write what is right. Whoever handles the case sees both. "
                "The Swedish Tax Agency puts the register itself right."
            )
        elif name in ("applicant.email", "applicant.phone"):
            advice = _(
                "What you write here is used this time. "
                "Before you send it you see whether we save it for next time too."
            )
        else:
            advice = _("What you write here is used this time.")
        return {
            "source": _(SOURCES.get(source, source)),
            "change": _("Is it wrong?") if source == _REGISTER else _("Change it"),
            "advice": advice,
        }


def drawer(edition: Edition, service: str, language: str) -> Drawer:
    """The drawer that this version keeps."""
    return edition.memo(
        ("forms.drawer", service, language), lambda: Drawer(edition, service, language)
    )


def _values(kind: str, value: Any) -> dict[str, str]:
    parts = HOLES[kind]
    if isinstance(parts, str):
        return {"value": "" if value is None else str(value)}
    if kind == "date" and isinstance(value, str):
        year, month, day = value.split("-")
        value = {"year": year, "month": str(int(month)), "day": str(int(day))}
    return {part: str((value or {}).get(part) or "") for part in parts}
