"""Files that come with a page, or are to be taken away."""

from uuid import UUID

from allting.forms.actions import attach, detach
from allting.forms.kinds.files import most_files
from allting.forms.plan import PlannedQuestion
from allting.forms.reading import Wrong
from allting.forms.rules import AskedPage
from allting.forms.sitting import Sitting
from allting.forms.storage import LARGEST, Unfit
from allting.identity.api import Request
from allting.ui.api import translator

REMOVE = "remove:"


def take_files(request: Request, sitting: Sitting, asked: AskedPage) -> list[Wrong]:
    """Keep what was uploaded and remove what was asked for; gives what is wrong with files."""
    wrong: list[Wrong] = []
    go = request.POST.get("go", "")
    if go.startswith(REMOVE):
        _remove(sitting, go.removeprefix(REMOVE))
    for planned in asked.questions:
        if planned.question.kind != "file":
            continue
        for file in request.FILES.getlist(planned.id):
            try:
                attach(sitting.draft, planned, file)
            except Unfit as unfit:
                text = _why(unfit, planned, str(file.name), request.language)
                wrong.append(Wrong(planned.id, "", text))
    return wrong


def _remove(sitting: Sitting, id: str) -> None:
    try:
        attachment = UUID(id)
    except ValueError:
        return
    detach(sitting.draft, attachment)


def _why(unfit: Unfit, planned: PlannedQuestion, name: str, language: str) -> str:
    _ = translator(language)
    return {
        "large": _(
            "{name} is too large. Choose a file of at most {most} MB.",
            name=name,
            most=LARGEST // (1024 * 1024),
        ),
        "empty": _("{name} is empty. Choose another file.", name=name),
        "kind": _("{name} is not a PDF, PNG or JPEG. Save it as one of them first.", name=name),
        "torn": _("{name} seems to be broken: its end is missing. Try again.", name=name),
        "many": _(
            "There is room for {most} files here. Remove one first.",
            most=most_files(planned.question),
        ),
    }[unfit.why]
