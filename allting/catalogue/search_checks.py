"""What must hold of synonyms: they lead somewhere."""

from collections.abc import Callable, Iterator
from functools import partial

from allting.catalogue.checks import exists
from allting.catalogue.meanings import meaning_of
from allting.catalogue.parts import EVERYDAY, LIFE_EVENT, SERVICE, SYNONYMS, TOPICS
from allting.catalogue.speech import STEMMERS, speech
from allting.catalogue.steps import Synonym
from allting.packages.api import At, Definition, Report, cross_check
from allting.ui.api import worded


@cross_check
def synonyms(definition: Definition, report: Report) -> None:
    """They say words of languages that search reads, and mean words that stand in the catalogue."""
    spoken = tuple(dict.fromkeys((*definition.known_languages, *STEMMERS)))
    there: dict[str, list[set[str]]] = {}
    for at, it in _placed(definition):
        for side, by_language, known in (
            ("says", it.says, spoken),
            ("means", it.means, definition.known_languages),
        ):
            place = at(side)
            for language in by_language:
                exists(report, place, worded("language"), language, known)
        for language in set(it.means) & set(definition.known_languages):
            if language not in there:
                there[language] = list(_chief_words(definition, language))
            meant = set(meaning_of(it.means, language).stems)
            if not any(meant <= words for words in there[language]):
                report.warning(
                    at("means"),
                    worded(
                        "'{it}' is in no title and no keywords, so it leads nowhere",
                        it=it.means[language],
                    ),
                    worded("words of the title or the keywords of a service, life event or topic"),
                )


def _placed(definition: Definition) -> Iterator[tuple[Callable[[str], At], Synonym]]:
    """Each with the place of its sides in its file."""
    told, more = definition.find(SYNONYMS), definition.find(EVERYDAY)
    for n, it in enumerate(told.synonyms if told else ()):
        yield partial(definition.at, SYNONYMS, None, "synonyms", n), it
    for own in more.words if more else ():
        yield partial(definition.at, EVERYDAY, None, "words", own.id), own


def _chief_words(definition: Definition, language: str) -> Iterator[set[str]]:
    """The stems of the title and keywords of each thing that can be found."""
    voice, stated = speech(language), definition.find(TOPICS)
    for topic in stated.topics if stated else ():
        yield set(voice.stems(topic.title.get(language, "")))
    services, events = definition.all(SERVICE).values(), definition.all(LIFE_EVENT).values()
    for title, keywords in (
        *((it.title, it.keywords) for it in services),
        *((it.title, it.keywords) for it in events),
    ):
        yield set(voice.stems(" ".join((title.get(language, ""), *keywords.get(language, ())))))
