"""What search found, as the page shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from allting.catalogue.api import (
    FAQ,
    Entry,
    Hit,
    audiences,
    board,
    found_too,
    gathered,
    life_event,
    network,
    search,
    service,
    sure,
    topics,
)
from allting.identity.api import Request
from allting.packages.api import Edition, Text
from allting.portal.service_page import service_url
from allting.ui.api import later, translator, url

MOST_HITS = 20
MOST_SUGGESTED = 6
LEAST_TYPED = 2
LONGEST = 200
OWN_PAGES = {
    "about": (
        later("About us"),
        later("contact; telephone; address; opening hours; find us; call"),
    ),
    "accessibility": (
        later("Accessibility"),
        later("accessibility statement; screen reader; large text; easy to read"),
    ),
    "my": (later("My pages"), later("sign in; my cases; my applications; my drafts; log in")),
    "inbox": (later("Inbox"), later("messages; letters; decisions; mail to me")),
    "contact": (later("How we reach you"), later("my phone number; my e-mail; my address")),
    "plans": (
        later("My plans"),
        later("kept plan; timeline; reminder; calendar"),
    ),
    "questions": (
        later("Read an answer by your code"),
        later("answer to my question; my code; asked without signing in"),
    ),
    "reads": (later("Who has read about me"), later("access log; privacy; personal data; gdpr")),
}
"""Pages that belong to no service: what they are called, and what people call them."""
ELSEWHERE = {"questions": "cases:questions", "plans": "journeys:mine"}
"""Where those of other rooms are."""
KINDS = {
    "life-event": later("Life event"),
    "topic": later("Topic"),
    "audience": later("For whom"),
    "board": later("Board"),
    "page": later("Page"),
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the portal's own."""

    title: Text


def typed(request: HttpRequest) -> str:
    """What was typed, within reason."""
    return " ".join(request.GET.get("q", "")[:LONGEST].split())


@dataclass(frozen=True, slots=True)
class Found:
    """Hits, best first, each with its texts and its address; guesses where nothing fits."""

    hits: list[dict[str, Any]]
    guesses: list[dict[str, Any]]


def found(edition: Edition, language: str, words: str, limit: int = MOST_HITS) -> Found:
    """What `words` find."""
    hits = search(edition, language, words, limit) if words else []
    shown = [_shown(edition, language, hit) for hit in hits]
    return Found(shown, []) if sure(hits) else Found([], shown)


@found_too
def own_pages(edition: Edition, language: str) -> Iterator[Entry]:
    """The portal's own pages, found like everything else."""
    speak = translator(language)
    for name, (title, words) in OWN_PAGES.items():
        yield Entry("page", name, speak(title), speak(words))


def note_missed(request: Request, words: str) -> None:
    """Tell editors that words found nothing, unless the browser asks not to be counted."""
    sent = request.META
    if sent.get("HTTP_SEC_GPC") == "1" or sent.get("HTTP_DNT") == "1":
        return
    # whose browser it is only goes into a mark of this week, these words and nothing else
    sitting = f"{network(sent.get('REMOTE_ADDR', ''))}|{sent.get('HTTP_USER_AGENT', '')}"
    gathered.add(request.language, words, sitting)


def suggested(edition: Edition, language: str, words: str) -> list[dict[str, str]]:
    """A few hits for what is typed so far, as plain words."""
    if len(words) < LEAST_TYPED:
        return []
    them = found(edition, language, words, MOST_SUGGESTED)
    speak = translator(language)
    return [
        {
            "title": hit["title"].pick(language)[1],
            "lang": hit["title"].pick(language)[0],
            "text": _asked(hit, language) or speak(KINDS.get(hit["kind"], "")),
            "href": hit["asked"] if _asked(hit, language) else hit["href"],
        }
        for hit in them.hits or them.guesses
    ]


def _asked(hit: dict[str, Any], language: str) -> str:
    """The question that others asked, where it stands in the language itself."""
    spoken, words = hit["question"].pick(language) if hit["question"] else ("", "")
    return words if spoken == language else ""


def _shown(edition: Edition, language: str, hit: Hit) -> dict[str, Any]:
    it, href = _place(edition, language, hit)
    title: Text = it.name if hit.kind == "board" else it.title
    return {
        "kind": hit.kind,
        "tag": KINDS.get(hit.kind),
        "title": title,
        "summary": getattr(it, "summary", None),
        "picture": getattr(it, "picture", None),
        "href": href,
        "question": _question(edition, hit),
        "asked": f"{href}#question-{hit.question}",
    }


def _place(edition: Edition, language: str, hit: Hit) -> tuple[Any, str]:
    """The thing itself, and where it is."""
    if hit.kind == "service":
        return service(edition, hit.id), service_url(language, hit.id)
    if hit.kind == "life-event":
        return life_event(edition, hit.id), url(language, "portal:life-event", id=hit.id)
    if hit.kind == "board":
        return board(edition, hit.id), f"{url(language, 'portal:by-board')}#board-{hit.id}"
    if hit.kind == "audience":
        those = next(it.audience for it in audiences(edition) if it.audience.id == hit.id)
        return those, f"{url(language, 'portal:by-audience')}#for-{hit.id}"
    if hit.kind == "page":
        title = translator(language)(OWN_PAGES[hit.id][0])
        return Page(Text({language: title})), url(
            language, ELSEWHERE.get(hit.id, f"portal:{hit.id}")
        )
    topic = next(it.topic for it in topics(edition) if it.topic.id == hit.id)
    return topic, f"{url(language, 'portal:services')}#topic-{hit.id}"


def _question(edition: Edition, hit: Hit) -> Text | None:
    """The question that others asked, where it is what is asked now."""
    if not hit.question:
        return None
    told = edition.definition.one(FAQ, hit.id)
    return next((it.question for it in told.questions if it.id == hit.question), None)
