"""What people looked for and did not find: words for synonyms, and services that are missing."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from allting.catalogue.api import ENOUGH, Miss, misses, misses_by_few, search, sure
from allting.editing.rules import EDITOR
from allting.editing.views.synonyms import adding_url
from allting.identity.api import Request, employee
from allting.packages.api import Edition, current
from allting.ui.api import render


@require_safe
@employee(EDITOR)
def searches(request: Request) -> HttpResponse:
    """Words that several have typed in vain, the most first."""
    edition = current()
    context = {
        "rows": [_row(edition, miss, request.language) for miss in misses()],
        "few": misses_by_few(),
        "enough": ENOUGH,
    }
    return render(request, "editing/searches.html", context)


def _row(edition: Edition, miss: Miss, language: str) -> dict[str, Any]:
    """One of them, and whether the edition in force answers it."""
    spoken = miss.language in edition.definition.languages
    found = spoken and sure(search(edition, miss.language, miss.words, 3))
    return {"miss": miss, "found": found, "add": adding_url(language, miss.words, miss.language)}
