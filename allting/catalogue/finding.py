"""What an edition holds that can be found, and the search over it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from allting.catalogue.audiences import audiences
from allting.catalogue.parts import EVERYDAY, FAQ, PAGE, SYNONYMS, Keywords
from allting.catalogue.queries import NotInCatalogue, life_events, organisation, services, topics
from allting.catalogue.search import BETWEEN, Entry, Finder, Hit, Said, words_of
from allting.catalogue.steps import Synonym
from allting.packages.api import Definition, Edition, Text

Source = Callable[[Edition, str], Iterator[Entry]]
"""What a room above has that can be found: its entries in one language."""

_sources: list[Source] = []
NO_WORDS: Keywords = {}


def found_too(source: Source) -> Source:
    """Register what a room above has, such as a page of its own."""
    if source not in _sources:
        _sources.append(source)
    return source


def search(edition: Edition, language: str, query: str, limit: int = 20) -> list[Hit]:
    """What `query` finds, best first."""
    return _finder(edition, language).ask(query, limit)


def spelled(edition: Edition, language: str, query: str) -> str:
    """What `query` is without slips of the finger, where those hide what is meant; else nothing."""
    return _finder(edition, language).spelled(query)


def synonyms_in(definition: Definition) -> tuple[Synonym, ...]:
    """What people say, as the package tells it; what is added to it by item comes last."""
    told, more = definition.find(SYNONYMS), definition.find(EVERYDAY)
    return (*(told.synonyms if told else ()), *(more.words if more else ()))


def _finder(edition: Edition, language: str) -> Finder:
    return edition.memo(
        f"catalogue.search.{language}",
        lambda: Finder(language, entries(edition, language), synonyms_in(edition.definition)),
    )


def entries(edition: Edition, language: str) -> Iterator[Entry]:
    """Everything that can be found, in its words of one language."""
    for id, it in services(edition).items():
        if it.status != "closed":
            yield _service(edition, language, id, it)
    for id, event in life_events(edition).items():
        yield _entry(edition, language, "life-event", id, event)
    for group in topics(edition):
        yield _entry(edition, language, "topic", group.topic.id, group.topic)
    for those in audiences(edition):
        yield _entry(edition, language, "audience", those.audience.id, those.audience)
    try:
        boards = organisation(edition).boards
    except NotInCatalogue:
        boards = ()
    for board in boards:
        yield _named(edition, language, "board", board.id, board.name)
    for source in _sources:
        yield from source(edition, language)


def _service(edition: Edition, language: str, id: str, it: Any) -> Entry:
    plain = _entry(edition, language, "service", id, it)
    faq = edition.definition.all(FAQ).get(id)
    told = faq.questions if faq else ()
    page = edition.definition.markdown(PAGE, id, None, language)
    answers = " ".join(_said(one.answer, language) for one in told)
    return Entry(
        **{name: getattr(plain, name) for name in Entry.__slots__ if name not in ("body", "asked")},
        body=words_of(f"{page or ''} {answers}"),
        asked=tuple((one.id, _said(one.question, language)) for one in told),
    )


def _entry(edition: Edition, language: str, kind: str, id: str, it: Any) -> Entry:
    words = getattr(it, "keywords", NO_WORDS)
    summary = _said(it.summary, language) if it.summary else ""
    return _named(edition, language, kind, id, it.title, words, summary)


def _named(
    edition: Edition,
    language: str,
    kind: str,
    id: str,
    title: Text,
    keywords: Mapping[str, tuple[str, ...]] = NO_WORDS,
    summary: str = "",
) -> Entry:
    spoken, name = title.pick(language)
    others = (it for it in edition.definition.languages if it not in (language, spoken))
    return Entry(
        kind,
        id,
        name,
        BETWEEN.join(keywords.get(spoken, ())),
        summary,
        language="" if spoken == language else spoken,
        elsewhere=tuple(
            Said(it, title[it], BETWEEN.join(keywords.get(it, ()))) for it in others if it in title
        ),
    )


def _said(text: Text, language: str) -> str:
    return text.pick(language)[1]
