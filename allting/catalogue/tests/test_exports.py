"""CPSV-AP: all of both packages conforms, in every form; and what is wrong does not."""

import gzip
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pyshacl
import pytest
from django.test import Client
from rdflib import DCTERMS, FOAF, RDF, XSD, Graph, Literal, URIRef

from allting.catalogue.exports import FORMS, LIFE_EVENT, SERVICE, WHOLE, Form, described, written
from allting.catalogue.linked import CPSV, CV, Names
from allting.catalogue.queries import NotInCatalogue, life_events, services
from allting.catalogue.testing import town
from allting.packages.api import Edition, check, publish
from tests.floors import ROOT
from tests.shared import FOLDER

SHAPES = FOLDER / "standards/cpsv-ap-3.2.0"
PACKAGES = ("sverige", "solvik")
HERE = Names("http://127.0.0.1:8000")


@cache
def edition_of(package: str) -> Edition:
    definition = check(ROOT / "packages" / package).definition
    assert definition is not None
    return Edition(1, 1, definition, datetime(2026, 11, 23, tzinfo=UTC), "test", "test")


@cache
def read(package: str, ending: str, kind: str = WHOLE, id: str = "") -> Graph:
    form = FORMS[ending]
    file = written(edition_of(package), kind, id, form)
    return Graph().parse(data=file.body, format=form.media_type)


@cache
def official(name: str) -> Graph:
    return Graph().parse(SHAPES / name)


def judged(graph: Graph, *, with_ontology: bool = False) -> tuple[bool, str]:
    if not SHAPES.exists():
        pytest.skip("needs the official shapes of CPSV-AP, which are not on this machine")
    ontology = official("cpsv-ap.ttl") if with_ontology else None
    inference = "rdfs" if with_ontology else "none"
    conforms, _, words = pyshacl.validate(
        graph, shacl_graph=official("cpsv-ap-SHACL.ttl"), ont_graph=ontology, inference=inference
    )
    return conforms, words


@pytest.mark.parametrize("with_ontology", [False, True])
@pytest.mark.parametrize("package", PACKAGES)
def test_everything_conforms(package: str, with_ontology: bool) -> None:
    # in one form: that the three say the same, to the last statement, is told below
    conforms, words = judged(read(package, "ttl"), with_ontology=with_ontology)
    assert conforms, words[:3000]


@pytest.mark.parametrize("package", PACKAGES)
def test_everything_is_told(package: str) -> None:
    edition, graph = edition_of(package), read(package, "ttl")
    told = set(graph.subjects(RDF.type, CPSV.PublicService))
    assert told == {HERE.service(id) for id in services(edition)}
    assert len(told) >= 60
    events = set(graph.subjects(RDF.type, CV.LifeEvent))
    assert events == {HERE.life_event(id) for id in life_events(edition)}
    assert all((it, RDF.type, CV.Event) in graph for it in events)


@pytest.mark.parametrize("package", PACKAGES)
def test_the_three_forms_say_the_same(package: str) -> None:
    first, *others = (set(read(package, ending)) for ending in FORMS)
    assert all(first == other for other in others)


@pytest.mark.parametrize("kind", [SERVICE, LIFE_EVENT])
def test_each_file_conforms_by_itself(kind: str) -> None:
    # judged together, which is many times faster, but a file's own gaps would be filled by its
    # neighbours: so each is moved to a world of its own
    edition, worlds = edition_of("solvik"), Graph()
    for number, id in enumerate(services(edition) if kind == SERVICE else life_events(edition)):
        for triple in described(edition, kind, id):
            worlds.add(tuple(apart(each, number) for each in triple))  # type: ignore[arg-type]
    conforms, words = judged(worlds)
    assert conforms, words[:3000]


@pytest.mark.parametrize("ending", FORMS)
def test_each_file_says_what_is_described(ending: str) -> None:
    edition = edition_of("solvik")
    some = [*((SERVICE, id) for id in list(services(edition))[::5]), (LIFE_EVENT, "marrying")]
    for kind, id in some:
        assert set(read("solvik", ending, kind, id)) == set(described(edition, kind, id))


def apart(node: object, world: int) -> object:
    """The same thing, in a world where nothing of the others is known."""
    if isinstance(node, URIRef) and str(node).startswith((HERE.base, "http://publications.")):
        return URIRef(f"{node}?world={world}")
    return node


def untyped_event(graph: Graph) -> None:
    graph.remove((HERE.life_event("having-a-child"), RDF.type, None))


def decimal_cost(graph: Graph) -> None:
    cost = next(iter(graph.subjects(RDF.type, CV.Cost)))
    graph.set((cost, CV.hasValue, Literal("12.5", datatype=XSD.decimal)))


def plain_text(graph: Graph) -> None:
    graph.add((HERE.service("preschool-place"), DCTERMS.title, Literal("Preschool")))


def nobody(graph: Graph) -> None:
    graph.remove((HERE.service("preschool-place"), CV.hasCompetentAuthority, None))


def no_time(graph: Graph) -> None:
    at = (HERE.service("preschool-place"), CV.processingTime)
    graph.set((*at, Literal("six weeks", datatype=XSD.duration)))


FAULTS = [decimal_cost, plain_text, nobody, no_time]


@pytest.mark.parametrize(
    ("plant", "with_ontology"),
    # with the ontology it is known to be an event by what is said of it
    [(untyped_event, False), *product(FAULTS, [False, True])],
)
def test_a_planted_fault_is_caught(plant: Callable[[Graph], None], with_ontology: bool) -> None:
    sound = described(edition_of("solvik"), SERVICE, "preschool-place")
    assert judged(sound, with_ontology=with_ontology)[0]
    graph = Graph()
    graph += sound
    plant(graph)
    assert not judged(graph, with_ontology=with_ontology)[0]


def test_a_service_of_others_has_their_authority() -> None:
    edition, graph = edition_of("sverige"), read("sverige", "ttl")
    others = {id: it for id, it in services(edition).items() if it.done_by}
    assert others
    for id, it in others.items():
        who = graph.value(HERE.service(id), CV.hasCompetentAuthority)
        assert it.done_by is not None
        names = {str(name) for name in graph.objects(who, DCTERMS.title)}
        assert names == set(it.done_by.authority.values())
        assert (who, RDF.type, CV.PublicOrganisation) in graph


def test_what_a_service_is_made_of() -> None:
    graph = read("solvik", "ttl")
    place, permit = HERE.service("preschool-place"), HERE.service("building-permit")
    assert graph.value(place, CV.processingTime) == Literal("P42D", datatype=XSD.duration)
    given = graph.value(HERE.service("new-construction-map"), CPSV.produces)
    kind = graph.value(given, DCTERMS.conformsTo)
    assert kind in set(graph.objects(permit, CV.hasInputType))
    assert HERE.service("new-construction-map") in set(graph.objects(permit, DCTERMS.requires))
    rule = HERE.part(place, "rule", "lives-here")
    law = graph.value(rule, CPSV.implements)
    assert str(graph.value(law, DCTERMS.identifier)).startswith("SkolL")
    assert any(graph.objects(HERE.part(place, "channel", "phone"), CV.openingHours))
    assert HERE.page("sv", "services", "preschool-place") in set(graph.objects(place, FOAF.page))


def test_what_is_not_there() -> None:
    for kind, id in ((SERVICE, "moon"), (LIFE_EVENT, "moon"), (WHOLE, "moon"), ("moon", "")):
        with pytest.raises(NotInCatalogue):
            written(edition_of("solvik"), kind, id, FORMS["ttl"])


# ---- as asked for over the web


@pytest.fixture
def visitor(db: None, tmp_path: Path) -> Client:
    publish(town(tmp_path), by="Anna", why="the first version")
    return Client()


@pytest.mark.parametrize(
    "where", ["catalogue", "services/preschool-place", "life-events/having-a-child"]
)
@pytest.mark.parametrize("it", list(FORMS.values()), ids=list(FORMS))
def test_the_form_by_address_or_by_wish(visitor: Client, where: str, it: Form) -> None:
    direct = visitor.get(f"/data/{where}.{it.ending}")
    wished = visitor.get(f"/data/{where}", headers={"accept": f"{it.media_type}, */*;q=0.1"})
    assert direct.status_code == wished.status_code == 200
    assert direct.content == wished.content
    assert direct["Content-Type"] == wished["Content-Type"] == f"{it.media_type}; charset=utf-8"
    assert "Accept" in wished["Vary"]
    again = visitor.get(f"/data/{where}.{it.ending}", headers={"if-none-match": direct["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_packed_for_those_who_unpack(visitor: Client) -> None:
    plain = visitor.get("/data/catalogue.ttl")
    packed = visitor.get("/data/catalogue.ttl", headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 3
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] != plain["ETag"]
    assert "Accept-Encoding" in plain["Vary"] and "Accept-Encoding" in packed["Vary"]


@pytest.mark.parametrize("known", ["*", '"other", {}', "W/{}"])
def test_whoever_has_it_is_not_sent_it_again(visitor: Client, known: str) -> None:
    mark = visitor.get("/data/catalogue", headers={"accept": "text/turtle"})["ETag"]
    headers = {"accept": "text/turtle", "if-none-match": known.format(mark)}
    assert visitor.get("/data/catalogue", headers=headers).status_code == 304
    other = {**headers, "accept": "application/ld+json", "if-none-match": mark}
    assert visitor.get("/data/catalogue", headers=other).status_code == 200


def test_people_are_led_to_the_page(visitor: Client) -> None:
    html = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8", "accept-language": "en"}
    led = visitor.get("/data/services/preschool-place", headers=html)
    assert (led.status_code, led["Location"]) == (303, "/en/services/preschool-place/")
    assert visitor.get("/data/catalogue", headers=html)["Location"] == "/en/services/"


def test_other_wishes(visitor: Client) -> None:
    assert visitor.get("/data/catalogue")["Content-Type"].startswith("text/turtle")
    refused = visitor.get("/data/catalogue", headers={"accept": "image/png"})
    assert refused.status_code == 406
    assert "text/turtle" in refused.text
    assert visitor.get("/data/services/moon.ttl").status_code == 404
    assert visitor.get("/data/services/moon").status_code == 404
    assert visitor.post("/data/catalogue").status_code == 405


def test_it_is_asked_for_without_asking_the_database(
    visitor: Client, django_assert_num_queries: Any, settings: Any
) -> None:
    settings.ALLTING_EDITION_LOOK = 1000
    visitor.get("/data/catalogue.ttl")
    with django_assert_num_queries(0):
        visitor.get("/data/catalogue.ttl")
        visitor.get("/data/services/preschool-place.jsonld")
