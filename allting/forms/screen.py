"""Lays a page of the form together: what is the same for everyone is drawn once per version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from markupsafe import Markup

from allting.forms.addresses import apply_at, draft_at
from allting.forms.drawing import Drawer, Field, drawer
from allting.forms.keeping import kept_for
from allting.forms.plan import PlannedPage
from allting.forms.rules import AskedPage
from allting.forms.sitting import Sitting
from allting.packages.api import Edition
from allting.ui.api import (
    Anyone,
    Frame,
    Shape,
    fragment,
    frame,
    hole,
    plain,
    render,
    token,
    translator,
)

MOST_KEPT = 512
OWN = ("draft", "csrf", "seen", "shown", "summary", "fields")  # what is a person's own
_DRAFT = hole("draft")


@dataclass(frozen=True)
class Shell:
    """A page without what is the person's own: its title, and its two halves with holes."""

    title: str
    main: Shape
    aside: Shape


@dataclass(frozen=True)
class Standing:
    """Where a person is on the way: all that the shell of a page depends on."""

    page: str
    stations: tuple[tuple[str, str], ...]  # page, state
    back_to_check: bool

    @classmethod
    def of(cls, sitting: Sitting, page: AskedPage, back_to_check: bool) -> "Standing":
        """Where `sitting` is when `page` is open."""
        return cls(page.id, stations(sitting, page.id), back_to_check)


def stations(sitting: Sitting, now: str) -> tuple[tuple[str, str], ...]:
    """The pages on the way with their states; `now` is the page that is open."""
    return tuple(
        (page.id, "now" if page.id == now else "done" if page.answered(sitting.answers) else "next")
        for page in sitting.way.pages
    )


class Screens:
    """The shells of one service's pages in one language, for one published version."""

    def __init__(self, sitting: Sitting, language: str) -> None:
        self._plan = sitting.plan
        self._service = sitting.service
        self._language = language
        self._kept = kept_for(sitting.edition.definition, sitting.plan.service).words(language)
        self._shells: dict[Standing, Shell] = {}
        self._frame: Frame | None = None
        self._whole: dict[tuple[Standing, bool], Shape] = {}
        self._pages: Mapping[str, PlannedPage] = {page.id: page for page in sitting.plan.pages}

    def shell(self, standing: Standing) -> Shell:
        """The shell of a page for someone standing there."""
        found = self._shells.get(standing)
        if found is None:
            if len(self._shells) >= MOST_KEPT:
                self._shells.clear()
            found = self._shells[standing] = self._draw(standing)
        return found

    def whole(self, standing: Standing, *, employee: bool) -> Shape:
        """The page with its frame, for someone at whom nothing is wrong."""
        now = frame()
        if self._frame is not now or len(self._whole) >= MOST_KEPT:
            self._frame, self._whole = now, {}
        found = self._whole.get((standing, employee))
        if found is None:
            found = self._whole[standing, employee] = self._draw_whole(standing, employee)
        return found

    def _draw_whole(self, standing: Standing, employee: bool) -> Shape:
        shell = self.shell(standing)
        query = "back=check" if standing.back_to_check else ""
        path = draft_at(self._language, _DRAFT, standing.page)
        anyone: Any = Anyone(path, query, self._language, employee=employee)
        parts = {name: Markup(hole(name)) for name in OWN}  # noqa: S704 (our own marks)
        context = {
            "title": shell.title,
            "wrong": False,
            "body": shell.main.fill(parts),
            "side": shell.aside.fill(parts),
        }
        return Shape(render(anyone, "forms/page.html", context).content.decode())

    def _draw(self, standing: Standing) -> Shell:
        page = self._pages[standing.page]
        ids = [id for id, _ in standing.stations]
        at = ids.index(standing.page)
        kinds = {planned.question.kind for planned in page.questions}
        context = {
            "page": page.page,
            "title": self._service.title,
            "number": at + 1,
            "count": len(ids) + 1,
            "back": self._back(standing, ids, at),
            "back_to_check": standing.back_to_check,
            "multipart": "file" in kinds,
            "alone": _alone(page, self._language),
            "stations": self.path(standing.stations),
            "kept": self._kept,
            **{name: hole(name) for name in OWN if name != "draft"},
        }
        return Shell(
            title=plain(page.page.title, self._language),
            main=Shape(fragment(self._language, "forms/shell.html", context)),
            aside=Shape(fragment(self._language, "forms/way.html", context)),
        )

    def _back(self, standing: Standing, ids: list[str], at: int) -> str:
        if standing.back_to_check:
            return draft_at(self._language, _DRAFT, "check")
        if at:
            return draft_at(self._language, _DRAFT, ids[at - 1])
        return apply_at(self._language, self._plan.service)

    def path(self, standing: Sequence[tuple[str, str]], last: str = "next") -> list[dict[str, Any]]:
        """The pages as stations of the path, and after them the check."""
        found = [
            {
                "title": self._pages[id].page.title,
                "state": state,
                "href": draft_at(self._language, _DRAFT, id) if state == "done" else None,
            }
            for id, state in standing
        ]
        _ = translator(self._language)
        return [*found, {"title": _("Check and send"), "state": last, "href": None}]


def _alone(page: PlannedPage, language: str) -> bool:
    """Whether the page's title already is its only question."""
    if len(page.questions) != 1:
        return False
    return plain(page.page.title, language) == plain(page.questions[0].question.label, language)


def screens(sitting: Sitting, language: str) -> Screens:
    """The screens that this version keeps."""
    edition: Edition = sitting.edition
    return edition.memo(
        ("forms.screens", sitting.plan.service, language), lambda: Screens(sitting, language)
    )


@dataclass(frozen=True)
class Screen:
    """One person's page: its fields, and what stands above them."""

    sitting: Sitting
    standing: Standing
    fields: Sequence[Field]
    seen: str
    wrong: Sequence[Any] = ()
    notice: Markup | None = None


def show(request: HttpRequest, screen: Screen, language: str, status: int = 200) -> HttpResponse:
    """The page as a response."""
    sitting = screen.sitting
    drawn = screens(sitting, language)
    pen = drawer(sitting.edition, sitting.plan.service, language)
    holes = {
        "draft": str(sitting.draft.id),
        "csrf": token(request),
        "seen": screen.seen,
        "shown": " ".join(field.planned.id for field in screen.fields),
        "summary": _summary(screen, language),
        "fields": _fields(screen, pen),
    }
    if not holes["summary"] and status == 200:
        holes["me"] = sitting.actor.name
        page = drawn.whole(screen.standing, employee=sitting.actor.is_employee)
        return HttpResponse(page.fill(holes).encode())
    shell = drawn.shell(screen.standing)
    context = {
        "title": shell.title,
        "wrong": bool(screen.wrong),
        "body": shell.main.fill(holes),
        "side": shell.aside.fill(holes),
    }
    return render(request, "forms/page.html", context, status=status)


def _fields(screen: Screen, pen: Drawer) -> Markup:
    """The fields one after another; what is known already stands together."""
    drawn = Markup("")
    for known, group in groupby(screen.fields, key=lambda field: field.known is not None):
        rows = Markup("").join(pen.field(field) for field in group)
        drawn += pen.known(rows) if known else rows
    return drawn


def _summary(screen: Screen, language: str) -> Markup:
    if not screen.wrong and screen.notice is None:
        return Markup("")
    alone = len(screen.fields) == 1
    errors = [
        {"href": one.href, "text": one.text if alone else one.named(screen.sitting.plan, language)}
        for one in screen.wrong
    ]
    context = {"errors": errors, "notice": screen.notice}
    return fragment(language, "forms/summary.html", context)
