"""Reads: what an edition offers. Everything is in memory; nothing here asks the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from allting.catalogue.graph import before, givers
from allting.catalogue.naming import told_apart
from allting.catalogue.parts import (
    EVIDENCE,
    LAW,
    LIFE_EVENT,
    ORGANISATION,
    SERVICE,
    TOPICS,
    UNITS,
    Act,
    Board,
    Contact,
    EvidenceKind,
    LifeEvent,
    Organisation,
    Service,
    Topic,
    Unit,
)
from allting.packages.api import Definition, Edition, LawRef

T = TypeVar("T")
SFS = "https://rkrattsbaser.gov.se/sfst?bet={}"  # the government's own collection


class NotInCatalogue(LookupError):
    """What was asked for is not in this edition."""


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """A heading of the list of services, and the ids under it."""

    topic: Topic
    services: tuple[str, ...]


def services(edition: Edition) -> Mapping[str, Service]:
    """Every service, by id."""
    return edition.memo("catalogue.services", lambda: edition.definition.all(SERVICE))


def service(edition: Edition, id: str) -> Service:
    """One service. Raises NotInCatalogue."""
    return _known(services(edition), id, "service")


def life_events(edition: Edition) -> Mapping[str, LifeEvent]:
    """Every life event, in the order of the home page."""
    return edition.memo("catalogue.life_events", lambda: _ordered(edition.definition))


def life_event(edition: Edition, id: str) -> LifeEvent:
    """One life event. Raises NotInCatalogue."""
    return _known(life_events(edition), id, "life event")


def services_of(edition: Edition, life_event_id: str) -> tuple[str, ...]:
    """The services of a life event: its own list first, then those that name it themselves."""
    listed = life_event(edition, life_event_id).goals
    own = (id for id, it in services(edition).items() if life_event_id in it.life_events)
    return tuple(dict.fromkeys((*listed, *own)))


def topics(edition: Edition) -> tuple[TopicGroup, ...]:
    """The topics that have services, each with them in alphabetical order of id."""
    stated = edition.definition.find(TOPICS)
    found = services(edition)
    groups = (
        TopicGroup(topic, tuple(id for id, it in found.items() if topic.id in it.topics))
        for topic in (stated.topics if stated else ())
    )
    return tuple(group for group in groups if group.services)


def organisation(edition: Edition) -> Organisation:
    """The municipality as an organisation. Raises NotInCatalogue for a package without one."""
    found = edition.definition.find(ORGANISATION)
    if found is None:
        raise NotInCatalogue("the package has no organisation.yaml")
    return found


def board(edition: Edition, id: str) -> Board:
    """One board. Raises NotInCatalogue."""
    boards = edition.memo(
        "catalogue.boards", lambda: {it.id: it for it in organisation(edition).boards}
    )
    return _known(boards, id, "board")


def contact_of(edition: Edition, board_id: str) -> Contact:
    """The board's contact points; what it does not state is the municipality's, as without one."""
    if not board_id:  # a service of others
        return organisation(edition).contact
    own, common = board(edition, board_id).contact, organisation(edition).contact
    return edition.memo(
        f"catalogue.contact.{board_id}",
        lambda: common.model_copy(update={name: value for name, value in own if value}),
    )


def units(edition: Edition, kind: str) -> Mapping[str, Unit]:
    """The units of one kind, by id, in the order of the files, with names that tell them apart."""
    return edition.memo(
        f"catalogue.units.{kind}",
        lambda: {
            unit.id: unit
            for unit in told_apart(
                unit
                for file in edition.definition.all(UNITS).values()
                if file.kind == kind
                for unit in file.units
            )
        },
    )


def evidence(edition: Edition) -> Mapping[str, EvidenceKind]:
    """Every kind of evidence, by id."""
    return edition.memo("catalogue.evidence", lambda: evidence_in(edition.definition))


def evidence_in(definition: Definition) -> dict[str, EvidenceKind]:
    """The same, before a definition is published."""
    found = definition.find(EVIDENCE)
    return {it.id: it for it in found.evidence} if found else {}


def given_by(edition: Edition) -> Mapping[str, tuple[str, ...]]:
    """The services that give each kind of evidence."""
    return edition.memo("catalogue.given_by", lambda: givers(services(edition), evidence(edition)))


def steps_before(edition: Edition, service_id: str) -> tuple[str, ...]:
    """The services that give what this one asks for."""
    return before(service(edition, service_id), given_by(edition))


def act(edition: Edition, reference: LawRef) -> Act | None:
    """The act that a reference names, if `law.yaml` has it."""
    found = edition.memo("catalogue.acts", lambda: acts_in(edition.definition))
    return found.get(reference.act)


def law_address(edition: Edition, reference: LawRef) -> str:
    """Where an act can be read."""
    known = act(edition, reference)
    number = (known.number if known else reference.act).removeprefix("SFS ")
    return (known.web if known else None) or SFS.format(number)


def acts_in(definition: Definition) -> dict[str, Act]:
    """Every act, by its short name."""
    found = definition.find(LAW)
    return {it.id: it for it in found.acts} if found else {}


def _ordered(definition: Definition) -> Mapping[str, LifeEvent]:
    found = definition.all(LIFE_EVENT)
    return dict(sorted(found.items(), key=lambda item: (item[1].order, item[0])))


def _known(found: Mapping[str, T], id: str, what: str) -> T:
    try:
        return found[id]
    except KeyError:
        raise NotInCatalogue(f"no {what} '{id}' in this edition") from None
