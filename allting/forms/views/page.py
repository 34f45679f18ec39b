"""One page of a draft: shown, read, saved, and on to the next."""

from collections.abc import Sequence
from dataclasses import replace

from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_http_methods
from markupsafe import Markup

from allting.forms.actions import Changed, Save, save
from allting.forms.addresses import apply_at, draft_at
from allting.forms.drawing import Field
from allting.forms.fields import as_saved, as_typed
from allting.forms.may import not_met, worth_asking
from allting.forms.queries import attachments_of
from allting.forms.reading import Reading, Wrong, mark_of, read_page
from allting.forms.rules import AskedPage
from allting.forms.screen import Screen, Standing, show
from allting.forms.sitting import NoDraft, Sitting, sit_down
from allting.forms.views.common import no_draft, seated, to_page, to_receipt, to_where_it_is
from allting.forms.views.conflict import conflict_notice, is_conflict
from allting.forms.views.uploads import REMOVE, take_files
from allting.identity.api import Request, resident
from allting.ui.api import fragment

TRIES = 3


@require_http_methods(["GET", "POST"])
@resident
@seated()
def page(request: Request, sitting: Sitting, page: str) -> HttpResponseBase:
    """One thing to answer."""
    asked = _open(sitting, page)
    if asked is None:
        return to_where_it_is(request, sitting)
    if request.method == "POST":
        return _posted(request, sitting, page)
    notice = fragment(request.language, "forms/more.html") if "more" in request.GET else None
    fields = as_saved(sitting, asked, request.language)
    return _show(request, sitting, asked, fields, notice=notice)


def _open(sitting: Sitting, page: str) -> AskedPage | None:
    """The page, if it is on the way and everything before it has been answered."""
    for asked in sitting.way.pages:
        if asked.id == page:
            return asked
        if not asked.answered(sitting.answers):
            return None
    return None


def _show(
    request: Request,
    sitting: Sitting,
    asked: AskedPage,
    fields: Sequence[Field],
    *,
    wrong: Sequence[Wrong] = (),
    notice: Markup | None = None,
    status: int = 200,
) -> HttpResponse:
    back = request.POST.get("back") or request.GET.get("back")
    screen = Screen(
        sitting=sitting,
        standing=Standing.of(sitting, asked, back == "check"),
        fields=fields,
        seen=mark_of(sitting.answers, asked.page),
        wrong=wrong,
        notice=notice,
    )
    return show(request, screen, request.language, status)


def _posted(request: Request, sitting: Sitting, page: str) -> HttpResponseBase:
    for _ in range(TRIES):
        try:
            wrong: list[Wrong] = []
            if request.FILES or request.POST.get("go", "").startswith(REMOVE):
                asked = _open(sitting, page)
                wrong = take_files(request, sitting, asked) if asked else []
                sitting = _again(sitting, page)
            return _read_and_save(request, sitting, page, wrong)
        except NoDraft:
            return no_draft(request)
        except Changed:
            # someone, perhaps this person on another device, was quicker: look again
            try:
                sitting = _again(sitting, page)
            except NoDraft:
                return no_draft(request)
            if sitting.draft.submitted_at is not None:
                return to_receipt(request, sitting.draft)
    return to_where_it_is(request, sitting)


def _again(sitting: Sitting, page: str) -> Sitting:
    return sit_down(sitting.actor, sitting.draft.id, sitting.as_of, page=page)


def _read_and_save(
    request: Request, sitting: Sitting, page: str, wrong: list[Wrong]
) -> HttpResponseBase:
    asked = _open(sitting, page)
    if asked is None:
        return to_where_it_is(request, sitting)
    has_files = any(planned.question.kind == "file" for planned in asked.page.questions)
    files = attachments_of(sitting.draft.id) if has_files else {}
    shown = request.POST.get("shown", "").split()
    found = read_page(sitting, asked.page, request.POST, shown, files, request.language)
    go = request.POST.get("go", "next")
    stays = go == "add" or go.startswith(REMOVE)
    if is_conflict(sitting, asked.page, found, request.POST.get("seen", "")):
        notice = conflict_notice(sitting, page, found, request.language)
        fields = as_typed(sitting, found, request.language, files)
        return _show(request, sitting, asked, fields, notice=notice, status=409)
    if wrong or (found.wrong and go != "later" and not stays):
        told = wrong if stays else _all_wrong(wrong, found)
        fields = as_typed(sitting, replace(found, wrong=told), request.language, files)
        return _show(request, sitting, asked, fields, wrong=told, status=422)
    saved = _save(sitting, asked, found)
    if go == "later":
        return HttpResponseRedirect(f"{apply_at(request.language, sitting.plan.service)}?saved")
    if stays and any(not _is_file(sitting, one.question) for one in found.wrong):
        fields = as_typed(saved, replace(found, wrong=[]), request.language, files)
        return _show(request, saved, asked, fields)
    if stays or found.revealed:
        return _same_page(request, sitting, page, more=bool(found.revealed))
    return _on(request, sitting, saved, asked)


def _is_file(sitting: Sitting, question: str) -> bool:
    return sitting.plan.questions[question].question.kind == "file"


def _all_wrong(wrong: list[Wrong], found: Reading) -> list[Wrong]:
    """What is wrong with the files, and with the rest; a file refused is not also missing."""
    refused = {one.question for one in wrong}
    return wrong + [one for one in found.wrong if one.question not in refused]


def _same_page(request: Request, sitting: Sitting, page: str, *, more: bool) -> HttpResponse:
    query = [*(["more"] if more else []), *(["back=check"] if _back(request) else [])]
    address = draft_at(request.language, sitting.draft.id, page)
    return HttpResponseRedirect(f"{address}?{'&'.join(query)}" if query else address)


def _back(request: Request) -> bool:
    return request.POST.get("back") == "check"


def _save(sitting: Sitting, asked: AskedPage, found: Reading) -> Sitting:
    """Save what can be taken, and give the sitting that then is."""
    draft = sitting.draft
    answers = {**draft.answers, **found.answers}
    known = {**draft.known, **found.known}
    child = sitting.plan.child
    told = draft.told
    if child in found.answers and draft.answers.get(child) not in (None, found.answers[child]):
        # another child: what the register said about the first does not hold for this one
        answers = {id: a for id, a in answers.items() if not _of_child(sitting, id)}
        known = {id: k for id, k in known.items() if not _of_child(sitting, id)}
        told = ()
    after = sitting.answering(answers)
    there = after.way.open(answers)
    page = there.id if there else "check"
    save(draft, Save(answers, known, told, page, after.remembered))
    fresh = replace(after.draft, version=draft.version + 1, known=known, told=told, page=page)
    return replace(after, draft=fresh)


def _of_child(sitting: Sitting, id: str) -> bool:
    planned = sitting.plan.questions.get(id)
    name = (planned.question.known_from if planned else None) or "applicant."
    return "." not in name or name.startswith("child.")


def _on(request: Request, before: Sitting, sitting: Sitting, asked: AskedPage) -> HttpResponseBase:
    """On to the next page, by way of what the person should know first."""
    if worth_asking(before, sitting, asked):
        new = [outcome.id for outcome in not_met(sitting) if outcome.id not in sitting.draft.told]
        if new:
            draft = sitting.draft
            told = (*draft.told, *new)
            save(draft, Save(draft.answers, draft.known, told, draft.page, sitting.remembered))
            return to_page(request, sitting, "told")
    if _back(request):
        return to_where_it_is(request, sitting)
    following = sitting.way.after(asked.id) if sitting.way.page(asked.id) else None
    return to_page(request, sitting, following.id if following else "check")
