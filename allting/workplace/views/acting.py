"""What an employee does in a case: a page for each move, one press where no words are needed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.views.decorators.http import require_http_methods, require_POST

from allting.cases.api import (
    ASK_FOR_SUPPLEMENT,
    DECIDE,
    NOTE,
    PROPOSE,
    TAKE,
    Ask,
    Fault,
    Given,
    Incomplete,
    Move,
    NotDone,
    Opened,
    as_raw,
    button_of,
    case_for_employee,
    do,
    finish_task,
    given_lately,
    not_done,
    prefilled,
    preview,
    seen,
)
from allting.catalogue.api import units
from allting.identity.api import (
    Request,
    employee,
    signed_in_lately,
    to_fresh_sign_in,
    who,
)
from allting.kernel.api import today
from allting.ui.api import Translator, later, plain, render, translator
from allting.workplace.places import kept_values
from allting.workplace.views.case import people_in
from allting.workplace.written import forget_written, keep_written, written_before

JUDGING = (PROPOSE, DECIDE)
HINTS = {
    ASK_FOR_SUPPLEMENT: later(
        "The applicant gets this as it stands, in the inbox. An e-mail says that it is there."
    ),
    "send-back": later("The caseworker reads this in the history."),
    NOTE: later("Notes belong to the case. The applicant may ask to read them."),
}


@require_http_methods(["GET", "POST"])
@employee()
def move(request: Request, number: str, move: str) -> HttpResponseBase:
    """The page of a move, and the move made."""
    opened = case_for_employee(who(request), number)
    row = next((row for row in opened.moves if row.do == move), None)
    back = f"/{request.language}/desk/cases/{number}/"
    if request.method == "GET":
        if row is None or row.do == TAKE:
            return HttpResponseRedirect(back)
        return _begin(request, opened, row)
    if "preview" in request.POST and row is not None:
        return _show(request, opened, row, request.POST, (), preview=True)
    if move == DECIDE and row is not None and not signed_in_lately(who(request)):
        keep_written(who(request), number, move, request.POST)
        return to_fresh_sign_in(request, request.path)
    if move == DECIDE:
        forget_written(who(request), number, move)  # it is here, in what was posted
    try:
        _make(request, opened, move)
    except Incomplete as incomplete:
        if row is None:
            return not_done(request, incomplete, back, desk=True)
        return _show(request, opened, row, request.POST, incomplete.faults)
    except NotDone as why:
        return not_done(request, why, back, desk=True)
    return HttpResponseRedirect(back)


def _begin(request: Request, opened: Opened, row: Move) -> HttpResponse:
    """The page as it begins, or as it was left for a new sign-in."""
    kept = None
    if row.do == DECIDE:
        kept = written_before(who(request), opened.case.number, row.do)
    if kept is None:
        return _show(request, opened, row, _begun(opened, row), ())
    return _show(request, opened, row, kept, (), returned=True)


def _make(request: Request, opened: Opened, move: str) -> None:
    stage, version = seen(request)
    do(
        who(request),
        opened.case.id,
        move,
        seen_stage=stage,
        seen_version=version,
        given=_given(request.POST, opened),
    )


def _given(posted: Mapping[str, str], opened: Opened) -> Given:
    outcome = posted.get("outcome", "")
    return Given(
        text=posted.get("text", ""),
        answer_by=_answer_by(posted),
        outcome=outcome,
        values=_values(posted, opened, outcome),
        reason=posted.get("reason", ""),
    )


def _answer_by(posted: Mapping[str, str]) -> date | None:
    written = day_of(posted, "answer_by")
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        sentence = later("Write a day that exists, such as 17 8 2027")
        raise Incomplete(Fault("answer_by", sentence)) from None


def day_of(posted: Mapping[str, str], name: str) -> str:
    """A date's three inputs as ISO text, or what was written if that is no day."""
    year, month, day = (
        posted.get(f"{name}_{part}", "").strip() for part in ("year", "month", "day")
    )
    if not (year or month or day):
        return ""
    return f"{year}-{month:0>2}-{day:0>2}"


def parts_of(posted: Mapping[str, str], name: str) -> dict[str, str]:
    """A date's three inputs, to be shown again as they were written."""
    return {part: posted.get(f"{name}_{part}", "") for part in ("year", "month", "day")}


def _values(posted: Mapping[str, str], opened: Opened, outcome: str) -> dict[str, str]:
    """What was filled in for the outcome chosen; each outcome has its own fields."""
    found = next((o for o in opened.process.outcomes if o.id == outcome), None)
    asks = found.asks if found else ()
    return {ask.id: _value(posted, f"{outcome}-{ask.id}", ask) for ask in asks}


def _value(posted: Mapping[str, str], name: str, ask: Ask) -> str:
    return day_of(posted, name) if ask.kind == "date" else posted.get(name, "")


def _begun(opened: Opened, row: Move) -> Mapping[str, str]:
    """What a page begins with: the proposal, else what the application wished."""
    if row.do not in JUDGING:
        return {}
    begun = QueryDict(mutable=True)
    answers = opened.submission.answers if opened.submission else {}
    kept = kept_values(opened)
    for outcome in opened.process.outcomes:
        wished = as_raw(prefilled(outcome, answers, opened.wishes))
        _put(begun, outcome.id, outcome.asks, {**wished, **kept})
    proposal = opened.proposal
    if proposal is not None:
        asks = opened.process.outcome(proposal.outcome).asks
        _put(begun, proposal.outcome, asks, as_raw(proposal.values))
        begun["outcome"], begun["reason"] = proposal.outcome, proposal.reason
    return begun


def _put(begun: QueryDict, outcome: str, asks: Sequence[Ask], values: Mapping[str, str]) -> None:
    for ask in asks:
        value = values.get(ask.id, "")
        name = f"{outcome}-{ask.id}"
        if ask.kind == "date" and value:
            parts = value.split("-")
            begun[f"{name}_year"], begun[f"{name}_month"], begun[f"{name}_day"] = parts
        else:
            begun[name] = value


def _show(
    request: Request,
    opened: Opened,
    row: Move,
    written: Mapping[str, str],
    faults: Sequence[Fault],
    *,
    preview: bool = False,
    returned: bool = False,
) -> HttpResponse:
    speak = translator(request.language)
    people = people_in(who(request), opened)
    outcome = written.get("outcome", "")
    context: dict[str, Any] = {
        "case": opened.case,
        # as it was when the words were written: somebody may have been there meanwhile
        "seen_stage": written.get("seen_stage", opened.case.stage),
        "seen_version": written.get("seen_version", opened.case.version),
        "returned": returned,
        "service": opened.service,
        "whom": people[opened.case.subject].name,
        "move": row.do,
        "title": button_of(row, speak),
        "button": button_of(row, speak),
        "judging": row.do in JUDGING,
        "asking": row.do == ASK_FOR_SUPPLEMENT,
        "hint": speak(HINTS[row.do]) if row.do in HINTS else None,
        "outcomes": [_outcome(opened, o.id, written, speak) for o in opened.process.outcomes],
        "outcome": outcome,
        "written": {name: written.get(name, "") for name in ("text", "reason")},
        "answer_by": parts_of(written, "answer_by"),
        "errors": [_error(fault, outcome, speak) for fault in faults],
        "error": {_field(fault, outcome): fault.said(speak) for fault in faults},
        "back": f"/{request.language}/desk/cases/{opened.case.number}/",
        "preview": _preview(request, opened, written) if preview else None,
    }
    return render(request, "workplace/move.html", context, status=422 if faults else 200)


def _field(fault: Fault, outcome: str) -> str:
    """The field that a fault is about, as this page names it."""
    return fault.field.replace("value-", f"{outcome}-", 1)


def _error(fault: Fault, outcome: str, speak: Translator) -> dict[str, str]:
    return {"href": f"#{_field(fault, outcome)}", "text": fault.said(speak)}


def _outcome(
    opened: Opened, id: str, written: Mapping[str, str], speak: Translator
) -> dict[str, Any]:
    outcome = opened.process.outcome(id)
    return {
        "id": id,
        "title": plain(outcome.title, speak.language),
        "says": outcome.says,
        "granted": outcome.granted,
        "asks": [_ask(opened, id, ask, written, speak) for ask in outcome.asks],
    }


def _ask(
    opened: Opened, outcome: str, ask: Ask, written: Mapping[str, str], speak: Translator
) -> dict[str, Any]:
    name = f"{outcome}-{ask.id}"
    return {
        "name": name,
        "kind": ask.kind,
        "label": ask.label,
        "hint": ask.hint,
        "required": ask.required,
        "value": parts_of(written, name) if ask.kind == "date" else written.get(name, ""),
        "options": _options(opened, ask, speak),
    }


def _options(opened: Opened, ask: Ask, speak: Translator) -> list[tuple[str, str]]:
    if ask.kind == "choice":
        return [(o.id, plain(o.label, speak.language)) for o in ask.options]
    if ask.kind == "yes-no":
        return [("yes", speak(later("Yes"))), ("no", speak(later("No")))]
    if ask.kind != "unit" or ask.units is None:
        return []
    return _units(opened, ask.id, ask.units, speak)


def _units(opened: Opened, ask: str, kind: str, speak: Translator) -> list[tuple[str, str]]:
    """The places to choose from: those wished for first, each with how full it is."""
    given = given_lately(opened.case.service, ask, today())
    wishes = opened.wishes.get(kind, [])
    found = units(opened.edition, kind)
    order = [*(id for id in wishes if id in found), *(id for id in found if id not in wishes)]
    options = []
    for id in order:
        unit = found[id]
        said = _unit(plain(unit.name, speak.language), unit.capacity, given.get(id, 0), speak)
        if id in wishes:
            said += " · " + speak(later("wish {n}"), n=wishes.index(id) + 1)
        options.append((id, said))
    return options


def _unit(name: str, capacity: int | None, given: int, speak: Translator) -> str:
    """A place, with how full it is as far as we know."""
    if capacity is None:
        return name
    places = speak.plural("{n} place", "{n} places", capacity)
    return speak(
        later("{name} – {places}, {given} given in the last year"),
        name=name,
        places=places,
        given=given,
    )


def _preview(request: Request, opened: Opened, written: Mapping[str, str]) -> dict[str, Any] | None:
    """The letter as it would be, or None until an outcome is chosen and filled in."""
    try:
        words = preview(opened, _given(written, opened), by=who(request).name)
    except Incomplete as incomplete:
        speak = translator(request.language)
        return {"missing": [fault.said(speak) for fault in incomplete.faults]}
    return {"missing": (), "subject": words.subject, "body": words.body, "language": words.language}


@require_POST
@employee()
def task(request: Request, number: str, task: str) -> HttpResponseBase:
    """Mark a task as done."""
    opened = case_for_employee(who(request), number)
    if task not in {kind.id for kind in opened.process.tasks}:
        raise PermissionDenied
    finish_task(who(request), opened.case.id, task)
    return HttpResponseRedirect(f"/{request.language}/desk/cases/{number}/#tasks")
