"""The same page changed on two devices: nothing is overwritten before the person has seen it."""

from collections.abc import Iterator

from markupsafe import Markup

from allting.forms.addresses import draft_at
from allting.forms.plan import PlannedPage
from allting.forms.reading import Reading, mark_of
from allting.forms.sitting import Sitting
from allting.ui.api import fragment


def is_conflict(sitting: Sitting, page: PlannedPage, found: Reading, seen: str) -> bool:
    """Whether other answers have been saved for the page since it was shown.

    The same answer given twice is none, and neither is a change on another page.
    """
    if seen == mark_of(sitting.answers, page):
        return False
    return any(True for _ in _differing(sitting, found))


def _differing(sitting: Sitting, found: Reading) -> Iterator[str]:
    for planned in found.asked:
        if planned.question.kind == "file" or planned.id not in found.typed:
            continue
        saved = sitting.answers.get(planned.id)
        if saved is not None and saved != found.answers.get(planned.id):
            yield planned.id


def conflict_notice(sitting: Sitting, page: str, found: Reading, language: str) -> Markup:
    """What has been saved meanwhile, above what the person has just typed."""
    rows = []
    for id in _differing(sitting, found):
        planned = sitting.plan.questions[id]
        lean = sitting.about(planned, language)
        words = planned.kind.words(planned.question, sitting.answers[id], lean)
        rows.append({"key": planned.question.label, "value": words})
    context = {
        "rows": rows,
        "when": sitting.draft.changed_at,
        "keep": draft_at(language, sitting.draft.id, page),
    }
    return fragment(language, "forms/conflict.html", context)
