"""The catalogue as linked data, by CPSV-AP 3.2: one service, one life event, or everything.

Each file stands by itself: what a thing refers to is described in the same file, as far as the
official shapes ask. It is made once per edition and kept as bytes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from rdflib import DCAT, DCTERMS, FOAF, XSD, Graph, Literal, URIRef

from allting.catalogue import linked_parts as parts
from allting.catalogue.linked import ADMS, CPSV, CV, STATUS, Said
from allting.catalogue.linked_files import as_json, as_xml
from allting.catalogue.parts import LifeEvent, Service
from allting.catalogue.queries import (
    NotInCatalogue,
    life_event,
    life_events,
    organisation,
    service,
    services,
    services_of,
    steps_before,
    topics,
)
from allting.packages.api import Edition
from allting.ui.api import Ready, later, ready

STATES = {
    "active": (STATUS.Completed, {"sv": "I drift", "en": "Active"}),
    "planned": (STATUS.UnderDevelopment, {"sv": "Planerad", "en": "Planned"}),
    "closed": (STATUS.Withdrawn, {"sv": "Avslutad", "en": "Closed"}),
}
WHOLE, SERVICE, LIFE_EVENT = "catalogue", "services", "life-events"


@dataclass(frozen=True, slots=True)
class Form:
    """A way of writing it down."""

    ending: str
    media_type: str
    write: Callable[[Graph], bytes]
    title: str


def _as_turtle(graph: Graph) -> bytes:
    return graph.serialize(format="turtle", encoding="utf-8")


FORMS = {
    form.ending: form
    for form in (
        Form("ttl", "text/turtle", _as_turtle, "Turtle"),
        Form("jsonld", "application/ld+json", as_json, "JSON-LD"),
        Form("rdf", "application/rdf+xml", as_xml, "RDF/XML"),
    )
}


def written(edition: Edition, kind: str, id: str, form: Form) -> Ready:
    """The file about one thing in one form. Raises NotInCatalogue."""
    _is_there(edition, kind, id)
    key = ("catalogue.export", settings.BASE_URL, kind, id, form.ending)
    return edition.memo(key, lambda: ready(form.write(described(edition, kind, id))))


def described(edition: Edition, kind: str, id: str = "") -> Graph:
    """What is said about one thing, or with `catalogue` about everything."""
    said = Said(edition, settings.BASE_URL)
    if kind == SERVICE:
        _service_alone(said, id)
    elif kind == LIFE_EVENT:
        _event_alone(said, id)
    else:
        _everything(said)
    return said.graph


def _is_there(edition: Edition, kind: str, id: str) -> None:
    if kind == SERVICE:
        service(edition, id)
    elif kind == LIFE_EVENT:
        life_event(edition, id)
    elif kind != WHOLE or id:
        raise NotInCatalogue(f"no {kind} '{id}'")


def _service_alone(said: Said, id: str) -> None:
    it = service(said.edition, id)
    name = _service(said, id, it)
    for event in _events_of(said.edition, id):
        at = _event_in_short(said, event, life_event(said.edition, event))
        said.add(at, CV.hasRelatedService, name)
        said.add(name, CV.isGroupedBy, at)
    _steps_before(said, id)


def _event_alone(said: Said, id: str) -> None:
    it = life_event(said.edition, id)
    name = _event_in_short(said, id, it)
    for each in services_of(said.edition, id):
        at = _service(said, each, service(said.edition, each))
        said.add(name, CV.hasRelatedService, at)
        said.add(at, CV.isGroupedBy, name)
        _steps_before(said, each)


def _everything(said: Said) -> None:
    edition = said.edition
    names = [_service(said, id, it) for id, it in services(edition).items()]
    for id in services(edition):
        _steps_before(said, id)
    for id, event in life_events(edition).items():
        at = _event_in_short(said, id, event)
        for each in services_of(edition, id):
            said.add(at, CV.hasRelatedService, said.names.service(each))
            said.add(said.names.service(each), CV.isGroupedBy, at)
    _catalogue(said, names)


def _catalogue(said: Said, names: Iterable[URIRef]) -> None:
    town = organisation(said.edition)
    whole = said.names.catalogue
    title = said.ours(later("Services and life events"))
    description = {code: f"{text}: {town.name.pick(code)[1]}" for code, text in title.items()}
    said.new(whole, [DCAT.Dataset], id=said.edition.definition.id, title=title)
    said.text(whole, DCTERMS.description, description)
    said.add(whole, DCTERMS.publisher, parts.municipality(said))
    said.add(whole, DCTERMS.hasPart, *names)
    changed = said.edition.published_at.isoformat()
    said.add(whole, DCTERMS.modified, Literal(changed, datatype=XSD.dateTime))
    for code in said.languages:
        said.add(whole, DCAT.landingPage, said.document(said.names.page(code, "services")))


def _service(said: Said, id: str, it: Service) -> URIRef:
    name = _service_in_short(said, id, it)
    _about(said, name, id, it)
    for group in topics(said.edition):
        if id in group.services:
            topic = said.names.common("topic", group.topic.id)
            said.add(name, CV.thematicArea, said.concept(topic, group.topic.title))
    said.add(name, CV.hasLegalResource, *parts.law(said, it.law))
    point = parts.contact_point(said, name, it)
    if point is not None:
        said.add(name, CV.contactPoint, point)
    parts.rules(said, name, it)
    parts.takes(said, name, it)
    parts.evidence_in(said, name, it)
    parts.evidence_out(said, name, it)
    parts.channels(said, name, id, it)
    parts.prices(said, name, id, said.edition.published_at.date())
    return name


def _about(said: Said, name: URIRef, id: str, it: Service) -> None:
    state, label = STATES[it.status]
    said.add(name, ADMS.status, said.concept(state, label))
    for code in it.title:
        language = said.language(code)
        if language is not None:
            said.add(name, DCTERMS.language, language)
    for code, words in it.keywords.items():
        said.add(name, DCAT.keyword, *(Literal(word, lang=code) for word in words))
    if it.reviewed is not None:
        said.add(name, DCTERMS.modified, Literal(it.reviewed.on.isoformat(), datatype=XSD.date))
    if it.status != "closed":
        _pages(said, name, "services", id)


def _service_in_short(said: Said, id: str, it: Service) -> URIRef:
    """As much as the shapes ask of every service that is referred to."""
    name = said.names.service(id)
    said.new(name, [CPSV.PublicService], id=id, title=it.title, description=it.summary)
    said.add(name, CV.hasCompetentAuthority, parts.authority(said, it))
    return name


def _event_in_short(said: Said, id: str, it: LifeEvent) -> URIRef:
    # a life event is an event in words only: without the ontology nobody can conclude it
    name = said.names.life_event(id)
    said.new(name, [CV.LifeEvent, CV.Event], id=id, title=it.title, description=it.summary)
    _pages(said, name, "life-events", id)
    return name


def _steps_before(said: Said, id: str) -> None:
    for before in steps_before(said.edition, id):
        at = _service_in_short(said, before, service(said.edition, before))
        said.add(said.names.service(id), DCTERMS.requires, at)


def _pages(said: Said, name: URIRef, *path: str) -> None:
    pages = (said.names.page(code, *path) for code in said.languages)
    said.add(name, FOAF.page, *map(said.document, pages))


def _events_of(edition: Edition, id: str) -> list[str]:
    return [event for event in life_events(edition) if id in services_of(edition, event)]
