"""Whom services are for: `audiences.yaml`, one way to find one's way in the catalogue."""

from dataclasses import dataclass

from allting.catalogue.checks import exists
from allting.catalogue.parts import ROOM, SERVICE, TOPICS
from allting.catalogue.queries import services
from allting.packages.api import Definition, Edition, FileKind, Id, Part, Report, Text, cross_check


class Audience(Part):
    """People who have something in common, with the topics and services that are for them."""

    id: Id
    title: Text
    summary: Text | None = None
    topics: tuple[Id, ...] = ()
    services: tuple[Id, ...] = ()


class Audiences(Part):
    """`audiences.yaml`."""

    audiences: tuple[Audience, ...]


AUDIENCES = FileKind("audiences", "audiences.yaml", Audiences, ROOM)


@dataclass(frozen=True, slots=True)
class AudienceGroup:
    """An audience, and the ids of the services for it."""

    audience: Audience
    services: tuple[str, ...]


def audiences(edition: Edition) -> tuple[AudienceGroup, ...]:
    """The audiences that have services, in the package's order; services in the order of ids."""
    stated = edition.definition.find(AUDIENCES)
    groups = (AudienceGroup(it, _for(edition, it)) for it in (stated.audiences if stated else ()))
    return tuple(group for group in groups if group.services)


def _for(edition: Edition, audience: Audience) -> tuple[str, ...]:
    return tuple(
        id
        for id, it in services(edition).items()
        if id in audience.services or set(it.topics) & set(audience.topics)
    )


@cross_check
def named_things(definition: Definition, report: Report) -> None:
    """The topics and services that audiences name exist."""
    stated, told = definition.find(AUDIENCES), definition.find(TOPICS)
    topics = tuple(it.id for it in told.topics) if told else ()
    for n, audience in enumerate(stated.audiences if stated else ()):
        for side, named, known in (
            ("topics", audience.topics, topics),
            ("services", audience.services, definition.ids(SERVICE)),
        ):
            for m, id in enumerate(named):
                place = definition.at(AUDIENCES, None, "audiences", n, side, m)
                exists(report, place, side.removesuffix("s"), id, known)
