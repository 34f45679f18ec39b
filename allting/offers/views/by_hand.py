"""Protected people to be reached by hand: the named handler's page, and nobody else's."""

from uuid import UUID

from django.http import HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from allting.catalogue.api import NotInCatalogue, service
from allting.identity.api import Request, employee, who
from allting.offers.by_hand import Task, finish, tasks
from allting.offers.views.common import number_in, steps
from allting.packages.api import edition
from allting.register.api import NAMED_HANDLER
from allting.ui.api import render, url


@require_http_methods(["GET", "POST"])
@employee(NAMED_HANDLER)
def by_hand(request: Request) -> HttpResponseBase:
    """The tasks, each with who it is about; and one that is done."""
    actor, language = who(request), request.language
    if request.method == "POST":
        finish(actor, _id(request.POST.get("task")), request.POST.get("note", "").strip())
        return HttpResponseRedirect(url(language, "offers:by-hand"))
    page = number_in(request, "page")
    found, more = tasks(actor, page=page)
    done, _ = tasks(actor, done=True)
    context = {
        "tasks": [_row(task) for task in found],
        "done": [_row(task) for task in done],
        **steps(page, more, ""),
    }
    return render(request, "offers/by_hand.html", context)


def _row(task: Task) -> dict[str, object]:
    title = task.planned.situation.title if task.planned else task.task.situation
    return {"it": task, "title": title, "service": _service(task)}


def _service(task: Task) -> object:
    if task.planned is None:
        return task.task.service
    try:
        return service(edition(task.task.edition), task.task.service).title
    except NotInCatalogue:
        return task.task.service


def _id(written: str | None) -> UUID:
    try:
        return UUID(written or "")
    except ValueError:
        return UUID(int=0)  # no task is called that
