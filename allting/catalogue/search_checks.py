"""What must hold of synonyms: they lead somewhere."""

from collections.abc import Iterator

from allting.catalogue.checks import exists
from allting.catalogue.finding import synonyms_in
from allting.catalogue.meanings import meaning_of
from allting.catalogue.parts import LIFE_EVENT, SERVICE, SYNONYMS, TOPICS
from allting.catalogue.speech import STEMMERS, speech
from allting.packages.api import Definition, Report, cross_check
from allting.ui.api import worded


@cross_check
def synonyms(definition: Definition, report: Report) -> None:
    """They say words of languages that search reads, and mean words that stand in the catalogue."""
    spoken = tuple(dict.fromkeys((*definition.known_languages, *STEMMERS)))
    there: dict[str, list[set[str]]] = {}
    for n, it in enumerate(synonyms_in(definition)):
        for side, by_language, known in (
            ("says", it.says, spoken),
            ("means", it.means, definition.known_languages),
        ):
            place = definition.at(SYNONYMS, None, "synonyms", n, side)
            for language in by_language:
                exists(report, place, worded("language"), language, known)
        for language in set(it.means) & set(definition.known_languages):
            if language not in there:
                there[language] = list(_chief_words(definition, language))
            meant = set(meaning_of(it.means, language).stems)
            if not any(meant <= words for words in there[language]):
                report.warning(
                    definition.at(SYNONYMS, None, "synonyms", n, "means"),
                    worded(
                        "'{it}' is in no title and no keywords, so it leads nowhere",
                        it=it.means[language],
                    ),
                    worded("words of the title or the keywords of a service, life event or topic"),
                )


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
