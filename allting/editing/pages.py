"""Markdown pages as forms: the same page in all languages, side by side."""

from collections.abc import Sequence

from django.http import Http404

from allting.editing.fields import Field, Group
from allting.editing.shapes import MARKDOWN
from allting.editing.words import language_of
from allting.packages.api import Folders, registry, said
from allting.ui.api import Translator


def page_fields(folders: Folders, file: str, languages: Sequence[str], speak: Translator) -> Group:
    """One field for each language. Raises Http404 where there is no such page in any."""
    made = Group("", ())
    for language, path in _siblings(file, languages):
        own = folders[-1].texts.get(path)
        one = Field(
            (path,),
            MARKDOWN,
            language_of(language, speak),
            said(folders, path, ()),
            language,
            own=own is not None,
            shared=said(folders[:-1], path, ()) if len(folders) > 1 else None,
        )
        made.fields.append(one)
    if all(one.value is None for one in made.fields):
        raise Http404
    return made


def _siblings(file: str, languages: Sequence[str]) -> list[tuple[str, str]]:
    for kind in registry().texts.values():
        slots = kind.match(file)
        if slots is not None:
            id, name = slots.get("id"), slots.get("name")
            return [(one, kind.file(id, name, one)) for one in languages]
    raise Http404
