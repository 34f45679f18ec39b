"""How much of a package is told in the languages that are there in part."""

from collections.abc import Iterator
from dataclasses import dataclass

from allting.packages.definition import Definition
from allting.packages.parts import Text

SERVICES = "services/"
NOT_FOR_READERS = "examples"  # says what is tried, to whoever writes the package


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many services can be read in a language, and how many texts there are in it in all."""

    language: str
    whole: int  # services with every text and page in it
    begun: int  # services with some
    services: int
    texts: int
    all_texts: int

    def __str__(self) -> str:
        also = f", {self.begun} in part" if self.begun else ""
        return (
            f"{self.language}: {self.whole} of {self.services} services in full{also}; "
            f"{self.texts} of {self.all_texts} texts and pages"
        )


def coverage(definition: Definition, language: str) -> Coverage:
    """How far the translation into `language` has come."""
    told: dict[str, list[bool]] = {}
    for file, found in _said(definition, language):
        service = file.removeprefix(SERVICES).partition("/")[0]
        told.setdefault(service if file.startswith(SERVICES) else "", []).append(found)
    every = [found for each in told.values() for found in each]
    told.pop("", None)
    whole = sum(all(each) for each in told.values())
    begun = sum(any(each) and not all(each) for each in told.values())
    return Coverage(language, whole, begun, len(told), sum(every), len(every))


def in_part(definition: Definition) -> Iterator[Coverage]:
    """The languages that are there in part, in the package's order."""
    for language in definition.languages:
        if language not in definition.whole_languages:
            yield coverage(definition, language)


def _said(definition: Definition, language: str) -> Iterator[tuple[str, bool]]:
    """The file of each text and page, and whether it is there in `language`."""
    unread = definition.file(NOT_FOR_READERS, "*").rpartition("/")[2]
    for where, text in definition.every(Text):
        if not where.file.endswith(f"/{unread}"):
            yield where.file, language in text
    for kind, id, name, languages in definition.pages():
        yield definition.at_page(kind, id, name, language).file, language in languages
