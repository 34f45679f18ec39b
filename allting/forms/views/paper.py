"""The form on paper: the same questions with room to write, to be printed and handed in."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from allting.catalogue.api import NotInCatalogue, service
from allting.forms.kinds.choices import most_wishes
from allting.forms.plan import Plan, PlannedPage, PlannedQuestion, plan_of
from allting.forms.views.common import contact
from allting.identity.api import Request, anyone
from allting.packages.api import current
from allting.ui.api import render

LINES = {"long-text": 6, "address": 2}  # of one line each, else


@require_safe
@anyone
def paper(request: Request, service_id: str) -> HttpResponse:
    """A service's whole form, empty; whoever it is sent to enters it at the desk."""
    edition = current()
    try:
        offered = service(edition, service_id)
    except NotInCatalogue:
        raise Http404(service_id) from None
    plan = plan_of(edition, service_id)
    if plan is None or offered.status != "active":
        raise Http404(service_id)
    context = {
        "service": offered,
        "id": service_id,
        "parts": [_part(page) for page in plan.pages],
        "contact": contact(edition, offered.board),
        "both": offered.asked_by == "all-guardians",
        "files": _files(plan),
    }
    return render(request, "forms/paper.html", context)


def _part(page: PlannedPage) -> dict[str, object]:
    rows = [_row(it, page) for it in page.questions if it.question.kind != "file"]
    # what is said of the children to choose among is not so on paper
    said = page.page.text if all(row["kind"] != "child" for row in rows) else None
    return {"title": page.page.title, "text": said, "rows": rows}


def _row(planned: PlannedQuestion, page: PlannedPage) -> dict[str, object]:
    question = planned.question
    wishes = most_wishes(question) if question.kind == "wishes" else 0
    return {
        "question": question,
        "kind": question.kind,
        "sometimes": bool(planned.asked_if or page.asked_if or not question.required),
        "lines": wishes or LINES.get(question.kind, 1),
        "numbered": bool(wishes),
    }


def _files(plan: Plan) -> list[object]:
    """What is enclosed."""
    return [it.question.label for it in plan.questions.values() if it.question.kind == "file"]
