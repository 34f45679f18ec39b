"""What can be changed, as a list to look through and to search."""

from dataclasses import dataclass

from allting.catalogue.api import SERVICE
from allting.editing.words import FILES, PARTS
from allting.packages.api import Edition, registry
from allting.ui.api import Translator, later, plain, translator, url

LIFE_EVENT, PACKAGE, ORGANISATION = "life-event", "package", "organisation"
SHARED = ("topics", "evidence", "questions", "law")


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to change, and where."""

    group: str
    title: str
    href: str
    more: str = ""  # what it is found by besides

    def holds(self, words: str) -> bool:
        """Whether every word is in its name, or in what it says."""
        text = f"{self.title} {self.more}".casefold()
        return all(word in text for word in words.casefold().split())


def things(edition: Edition, language: str) -> list[Thing]:
    """Everything that can be changed, in its groups."""
    return edition.memo(("editing.things", language), lambda: _things(edition, language))


def edit_url(language: str, file: str, at: str = "") -> str:
    """The form of a file, or of a part of it."""
    href = url(language, "editing:edit", file=file)
    return f"{href}?at={at}" if at else href


def _things(edition: Edition, language: str) -> list[Thing]:
    speak = translator(language)
    found = [*_services(edition, speak), *_parameters(edition, speak), *_places(edition, speak)]
    for id, event in edition.definition.all(LIFE_EVENT).items():
        href = edit_url(language, f"life-events/{id}.yaml")
        found.append(Thing(speak(later("Life events")), plain(event.title, language), href, id))
    for name in SHARED:
        kind = registry().files.get(name)
        if kind is not None and edition.definition.find(name) is not None:
            href = edit_url(language, kind.file())
            found.append(Thing(speak(later("Shared by all services")), speak(FILES[name]), href))
    return [*found, _words(speak)]


def _words(speak: Translator) -> Thing:
    href = url(speak.language, "editing:synonyms")
    return Thing(speak(later("Shared by all services")), speak(FILES["everyday-words"]), href)


def _services(edition: Edition, speak: Translator) -> list[Thing]:
    language = speak.language
    found = [
        Thing(
            speak(later("Services")),
            plain(it.title, language),
            url(language, "editing:service", id=id),
            " ".join(
                (id, plain(it.summary, language), *_texts(edition, id, language)),
            ),
        )
        for id, it in edition.definition.all(SERVICE).items()
    ]
    return sorted(found, key=lambda one: one.title)


def _texts(edition: Edition, id: str, language: str) -> list[str]:
    """The service's pages and letters in a language."""
    definition = edition.definition
    pages = edition.memo("editing.pages", lambda: list(definition.pages()))
    return [
        str(definition.markdown(kind, owner, name, language) or "")
        for kind, owner, name, languages in pages
        if owner == id and language in languages
    ]


def _parameters(edition: Edition, speak: Translator) -> list[Thing]:
    found = [
        Thing(
            speak(PARTS["parameters"]),
            f"{plain(it.says, speak.language)}: {it.value}",
            edit_url(speak.language, "package.yaml", f"parameters.{id}"),
            id,
        )
        for id, it in edition.definition.package.parameters.items()
    ]
    return sorted(found, key=lambda one: one.title)


def _places(edition: Edition, speak: Translator) -> list[Thing]:
    language, found = speak.language, []
    town = edition.definition.find(ORGANISATION)
    if town is not None:
        group, file = speak(FILES["organisation"]), "organisation.yaml"
        title = plain(town.name, language)
        found.append(Thing(group, title, edit_url(language, file, "contact"), file))
        for board in town.boards:
            href = edit_url(language, file, f"boards._{board.id}")
            found.append(Thing(group, plain(board.name, language), href, board.id))
    for id, units in edition.definition.all("units").items():
        title = speak(later("Add or take out a unit: {file}"), file=id)
        found.append(
            Thing(speak(PARTS["units"]), title, edit_url(language, f"units/{id}.yaml"), id)
        )
        for unit in units.units:
            href = edit_url(language, f"units/{id}.yaml", f"units._{unit.id}")
            name = plain(unit.name, language)
            found.append(Thing(speak(PARTS["units"]), name, href, f"{unit.id} {id}"))
    return found
