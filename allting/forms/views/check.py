"""All answers before they are sent, and the sending."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allting.catalogue.api import ConditionOutcome, NotInCatalogue, act, service
from allting.forms.actions import Changed, Ready, submit
from allting.forms.addresses import draft_at, file_at
from allting.forms.contact import contact_given, kept_questions
from allting.forms.keeping import goes_on
from allting.forms.may import not_met
from allting.forms.models import Submission
from allting.forms.plan import PlannedQuestion
from allting.forms.queries import draft_of
from allting.forms.reading import Wrong, still_wrong
from allting.forms.rules import AskedPage, asked_answers
from allting.forms.screen import screens, stations
from allting.forms.sitting import Sitting
from allting.forms.views.common import (
    at_once,
    no_draft,
    receipt_at,
    seated,
    to_receipt,
    to_where_it_is,
)
from allting.identity.api import Request, person_of, resident, who
from allting.packages.api import NoSuchEdition, edition
from allting.ui.api import Shape, fragment, later, render


@require_safe
@resident
@seated(all=True)
def check(request: Request, sitting: Sitting) -> HttpResponseBase:
    """Everything answered, each with a way to change it."""
    if sitting.way.open(sitting.answers) is not None:
        return to_where_it_is(request, sitting)
    if sitting.plan.child is not None:
        sitting.children()  # shown below; once read, nobody asks again
    return _show(request, sitting, still_wrong(sitting, request.language))


@require_POST
@at_once
@resident
@seated(all=True)
def send(request: Request, sitting: Sitting) -> HttpResponseBase:
    """Send it, exactly once however often the button is pressed."""
    if sitting.way.open(sitting.answers) is not None:
        return to_where_it_is(request, sitting)
    wrong = still_wrong(sitting, request.language)
    subject = sitting.subject
    if wrong or subject is None:
        return _show(request, sitting, wrong, status=422)
    if request.POST.get("version") != str(sitting.draft.version):
        return _show(request, sitting, (), changed=True, status=409)
    answers = asked_answers(sitting.way, sitting.answers)
    known = {id: value for id, value in sitting.draft.known.items() if id in answers}
    ready = Ready(
        sitting.draft,
        subject,
        answers,
        known,
        request.language,
        contact=contact_given(sitting, answers),
        account=sitting.actor.account,
    )
    try:
        made = submit(ready)
    except Changed:
        return _after_change(request, sitting)
    return HttpResponseRedirect(receipt_at(request.language, made))


def _after_change(request: Request, sitting: Sitting) -> HttpResponseBase:
    draft = draft_of(sitting.actor, sitting.draft.id)
    if draft is None:
        return no_draft(request)
    if draft.submitted_at is not None:
        return to_receipt(request, draft)
    return HttpResponseRedirect(draft_at(request.language, draft.id, "check"))


def _show(
    request: Request,
    sitting: Sitting,
    wrong: Sequence[Wrong],
    *,
    changed: bool = False,
    status: int = 200,
) -> HttpResponse:
    language = request.language
    path = screens(sitting, language).path(stations(sitting, ""), last="now")
    side = fragment(language, "forms/way.html", {"title": sitting.service.title, "stations": path})
    context = {
        "service": sitting.service,
        "draft": sitting.draft,
        "goes": goes_on(sitting.draft),
        "rows": [row for page in sitting.way.pages for row in _rows(sitting, page, language)],
        "kept": kept_questions(sitting, asked_answers(sitting.way, sitting.answers)),
        "errors": [_error(sitting, one, language) for one in wrong],
        "not_met": [_condition(sitting, outcome) for outcome in not_met(sitting)],
        "changed": changed,
        "back": draft_at(language, sitting.draft.id, sitting.way.pages[-1].id),
        "side": Shape(side).fill({"draft": sitting.draft.id}),
    }
    return render(request, "forms/check.html", context, status=status)


def _rows(sitting: Sitting, page: AskedPage, language: str) -> list[dict[str, Any]]:
    href = draft_at(language, sitting.draft.id, page.id) + "?back=check"
    rows = [_row(sitting, planned, href, language) for planned in page.questions]
    if len(page.questions) == 1 and page.questions[0].question.kind != "consent":
        # the only question of a page is better known by the page's title
        rows[0]["label"] = page.page.page.title
    return rows


def _row(sitting: Sitting, planned: PlannedQuestion, href: str, language: str) -> dict[str, Any]:
    answer = sitting.answers.get(planned.id)
    lean = sitting.about(planned, language)
    words = None if answer is None else planned.kind.words(planned.question, answer, lean)
    files = answer if planned.question.kind == "file" and answer else ()
    return {
        "id": planned.id,
        "label": planned.question.label,
        "words": words,
        "known": answer is not None and sitting.draft.known.get(planned.id) == answer,
        "files": [
            {"name": file["name"], "href": file_at(language, sitting.draft.id, file["id"])}
            for file in files
        ],
        "href": href,
    }


def _error(sitting: Sitting, wrong: Wrong, language: str) -> dict[str, str]:
    page = sitting.plan.questions[wrong.question].page
    href = f"{draft_at(language, sitting.draft.id, page)}?back=check{wrong.href}"
    return {"href": href, "text": wrong.named(sitting.plan, language)}


def _condition(sitting: Sitting, outcome: ConditionOutcome) -> dict[str, Any]:
    references = outcome.condition.law
    return {
        "says": outcome.condition.says,
        "law": [
            {"act": act(sitting.edition, reference), "reference": reference}
            for reference in references
        ],
    }


@require_safe
@resident
@seated()
def told(request: Request, sitting: Sitting) -> HttpResponseBase:
    """What speaks against it, said plainly: the application may be made all the same."""
    conditions = [_condition(sitting, outcome) for outcome in not_met(sitting)]
    if not conditions:
        return to_where_it_is(request, sitting)
    open_ = sitting.way.open(sitting.answers)
    context = {
        "service": sitting.service,
        "conditions": conditions,
        "onward": draft_at(request.language, sitting.draft.id, open_.id if open_ else "check"),
        "change": _change(sitting, request.language),
        "remove": draft_at(request.language, sitting.draft.id, "delete"),
    }
    return render(request, "forms/told.html", context)


def _change(sitting: Sitting, language: str) -> str | None:
    """Where to choose another child."""
    child = sitting.plan.child
    if child is None or child not in sitting.answers:
        return None
    return draft_at(language, sitting.draft.id, sitting.plan.questions[child].page)


@require_http_methods(["GET"])
@resident
def received(request: Request, submission: UUID) -> HttpResponseBase:
    """The receipt, where no room above has one of its own."""
    made = get_object_or_404(Submission, id=submission, applicant=person_of(who(request)))
    try:
        offered = service(edition(made.edition), made.service)
    except (NoSuchEdition, NotInCatalogue):
        offered = None
    context = {
        "submission": made,
        "title": offered.title if offered else None,
        "received": offered.words.received if offered else later("We have received it"),
    }
    return render(request, "forms/received.html", context)
