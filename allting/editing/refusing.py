"""The page that says why something could not be done, and what to do instead."""

from django.http import HttpResponse

from allting.editing.actions import NotDone
from allting.identity.api import Request
from allting.packages.api import NoFiles, NotPublishable, NotRewritable
from allting.ui.api import later, render, translator

WORDS = {
    NotDone.CHANGED: later(
        "Somebody has changed the proposal since you opened it. Look at it again."
    ),
    NotDone.EMPTY: later("Nothing is changed in the proposal."),
    NotDone.WHY: later("Write why: it is kept with the edition for good."),
    NotDone.ERRORS: later("The check finds something wrong. Mend it first."),
    NotDone.CLASH: later("Others have changed the same meanwhile. Choose what shall hold first."),
    NotDone.NOT_NOW: later("That cannot be done with the proposal as it stands now."),
}
NO_FILES = later(
    "The files of this edition were not kept. Publish the package’s folder once more; "
    "then it can be edited here."
)
IN_FILE = later("This stands in the file in a way that can only be changed in the file itself.")
MEANWHILE = later(
    "Somebody else published at the same moment. Look at the proposal again, and publish then."
)


def refused(
    request: Request, why: NotDone | NoFiles | NotRewritable | NotPublishable, back: str = ""
) -> HttpResponse:
    """What stands in the way, with the way back."""
    speak = translator(request.language)
    if isinstance(why, NotDone):
        says = speak(WORDS[why.why])
    elif isinstance(why, NoFiles):
        says = speak(NO_FILES)
    else:
        says = speak(IN_FILE if isinstance(why, NotRewritable) else MEANWHILE)
    context = {"says": says, "back": back or f"/{request.language}/desk/package/"}
    return render(request, "editing/refused.html", context, status=409)
