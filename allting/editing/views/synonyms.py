"""Everyday words: added from a search that found nothing, and changed as a list."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from allting.catalogue.api import SYNONYMS
from allting.editing.access import may_edit
from allting.editing.actions import NotDone
from allting.editing.actions import edit as save
from allting.editing.queries import begun_by
from allting.editing.refusing import refused
from allting.editing.rules import EDITOR
from allting.editing.synonyms import FILE, NotAWord, adding, changed, meant, own_words
from allting.editing.words import language_of
from allting.editing.working import NoFiles, NotRewritable, Working, working
from allting.identity.api import Request, employee, who
from allting.packages.api import Edit, did_you_mean
from allting.ui.api import Translator, later, plain, render, translator, url

NO_WORD = later("Write words with letters in them, at most 60 signs each, with commas between")
NO_TITLE = later("No service and no life event is called that")
SHOWN = 300


@require_http_methods(["GET", "POST"])
@employee(EDITOR)
def synonyms(request: Request) -> HttpResponseBase:
    """The municipality's own words as a list to change, and those that are shared to read."""
    try:
        work = _working(request)
        if request.method != "POST":
            return _page(request, work)
        languages = work.edition.definition.known_languages
        try:
            edits = list(changed(own_words(work), languages, request.POST))
        except NotAWord:
            return _page(request, work, wrong={"list": NO_WORD}, status=422)
        return _kept(request, work, edits)
    except (NoFiles, NotRewritable, NotDone) as why:
        return refused(request, why)


@require_http_methods(["GET", "POST"])
@employee(EDITOR)
def add(request: Request) -> HttpResponseBase:
    """One word more, for a service or a life event."""
    try:
        work = _working(request)
        if request.method != "POST":
            return _page(request, work)
        word, title, language = _asked(request, work)
        try:
            made = adding(work, language, word, title)
        except NotAWord:
            return _page(request, work, wrong={"word": NO_WORD}, status=422)
        except LookupError:
            return _page(request, work, wrong={"means": NO_TITLE}, status=422)
        return _kept(request, work, [made] if made else [])
    except (NoFiles, NotRewritable, NotDone) as why:
        return refused(request, why)


def _working(request: Request) -> Working:
    actor = who(request)
    work = working(begun_by(actor.account))
    if not may_edit(actor, work.edition, FILE):
        raise PermissionDenied
    return work


def _asked(request: Request, work: Working) -> tuple[str, str, str]:
    given = request.POST if request.method == "POST" else request.GET
    languages = work.edition.definition.known_languages
    language = given.get("language", "")
    spoken = language if language in languages else languages[0]
    return given.get("word", "")[:500], given.get("means", "")[:300], spoken


def _kept(request: Request, work: Working, edits: list[Edit]) -> HttpResponseBase:
    if not edits:
        return _page(request, work, unchanged=True)
    held = save(who(request), work.proposal.id if work.proposal else None, edits)
    return HttpResponseRedirect(url(request.language, "editing:proposal", id=held.id))


def _page(
    request: Request,
    work: Working,
    *,
    wrong: dict[str, str] | None = None,
    unchanged: bool = False,
    status: int = 200,
) -> HttpResponse:
    speak = translator(request.language)
    word, title, language = _asked(request, work)
    titles = list(meant(work.edition, language))
    errors = {key: speak(words) for key, words in (wrong or {}).items()}
    near = did_you_mean(title, titles) if "means" in errors else None
    if near:
        errors["means"] += f" – {near.said(speak)}"
    shared = work.edition.definition.find(SYNONYMS)
    context = {
        "own": [_own(one, work, speak, request) for one in own_words(work)],
        "shared": list(_shared(shared, language))[:SHOWN],
        "word": word,
        "means": title,
        "spoken": language,
        "titles": titles,
        "tongues": [
            (one, language_of(one, speak)) for one in work.edition.definition.known_languages
        ],
        "wrong": errors,
        "errors": [{"href": f"#{key}", "text": words} for key, words in errors.items()],
        "unchanged": unchanged,
        "proposal": work.proposal,
    }
    return render(request, "editing/synonyms.html", context, status=status)


def _own(one: Any, work: Working, speak: Translator, request: Request) -> dict[str, Any]:
    fields = []
    for code in work.edition.definition.known_languages:
        name = f"{one['id']}.{code}"
        value = request.POST.get(name, ", ".join(one["says"].get(code, ())))
        fields.append((name, language_of(code, speak), value))
    return {"title": plain(one["means"], speak.language), "fields": fields}


def _shared(shared: Any, language: str) -> Any:
    for one in shared.synonyms if shared else ():
        if language in one.says:
            means = one.means.get(language) or next(iter(one.means.values()))
            yield means, ", ".join(one.says[language])


def adding_url(language: str, word: str, spoken: str) -> str:
    """Where a word that found nothing is given a meaning."""
    asked = urlencode({"word": word, "language": spoken})
    return f"{url(language, 'editing:synonym')}?{asked}"
