"""The line above a page that is not the one in force."""

from markupsafe import Markup

from allting.ui.api import fragment, translator


def note(language: str, says: str, back: str) -> Markup:
    """What it is, and the way back."""
    context = {"says": translator(language)(says), "back": back}
    return fragment(language, "editing/note.html", context)
