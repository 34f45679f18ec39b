"""The queue of the employee's boards, and what matters to them now."""

from collections.abc import Mapping
from datetime import date

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from allting.cases.api import VIEWS, Filters, Page, Place, counts, queue, to_take_in
from allting.identity.api import Actor, Request, employee, who
from allting.kernel.api import today
from allting.notifications.api import KEEPER
from allting.packages.api import current
from allting.register.api import names_for_lists
from allting.ui.api import frame, token
from allting.workplace.around import State, address, filters_form, matters, pager, post, whole
from allting.workplace.listing import rows_html


@require_safe
@employee()
def desk(request: Request) -> HttpResponse:
    """A page of the queue."""
    actor, language, day = who(request), _language(request), today()
    filters = _filters(request.GET)
    page = _page(actor, filters, request.GET, day)
    boards = {row.subject: row.board for row in page.rows}
    names = names_for_lists(actor, boards, purpose="queue")
    query = request.META.get("QUERY_STRING", "")
    parts = {
        "rows": rows_html(page.rows, names, language, day),
        "matters": matters(counts(actor, as_of=day), filters.view, language),
        "post": post(
            language,
            takes_in=bool(to_take_in(actor, current())),
            keeps_post=bool(actor.boards(KEEPER)),
        ),
        "filters": filters_form(actor, filters, language),
        "pager": pager(
            _step(filters, "after", page.after), _step(filters, "before", page.before), language
        ),
        "me": actor.name,
        "csrf": token(request),
        "query": f"?{query}" if query else "",
    }
    state: State = "rows" if page.rows else "filtered" if filters != Filters() else "empty"
    return HttpResponse(whole(language, state).fill(parts).encode())


def _language(request: Request) -> str:
    """The address's, if it is spoken here."""
    spoken = frame().languages
    return request.language if request.language in spoken else spoken[0]


def _filters(given: Mapping[str, str]) -> Filters:
    view = given.get("view", "")
    return Filters(
        board=given.get("board", ""),
        service=given.get("service", ""),
        # a stage belongs to a service
        stage=given.get("stage", "") if given.get("service") else "",
        view=view if view in VIEWS else "",
    )


def _page(actor: Actor, filters: Filters, given: Mapping[str, str], day: date) -> Page:
    after, before = _place(given.get("after")), _place(given.get("before"))
    return queue(actor, filters, as_of=day, after=after, before=before)


def _place(written: str | None) -> Place | None:
    """A place as `2027-03-02.815`; None for anything that is not one."""
    day, _, id = (written or "").partition(".")
    try:
        return Place(date.fromisoformat(day), int(id))
    except ValueError:
        return None


def _step(filters: Filters, way: str, place: Place | None) -> str | None:
    return address(filters, **{way: f"{place.due}.{place.id}"}) if place else None
