"""Words of linked data: the vocabularies of CPSV-AP 3.2, our names for things, and how to say them.

Everything has an address of its own and nothing is anonymous, so that two files of the same thing
agree. Texts carry their language; what a thing refers to is typed beside it, as the shapes ask.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from rdflib import DCAT, DCTERMS, FOAF, ORG, RDF, RDFS, SKOS, TIME, XSD, Graph, Literal, URIRef
from rdflib.namespace import Namespace
from rdflib.term import Node

from allting.packages.api import Duration, Edition
from allting.ui.api import translator

CV = Namespace("http://data.europa.eu/m8g/")
CPSV = Namespace("http://purl.org/vocab/cpsv#")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
LOCN = Namespace("http://www.w3.org/ns/locn#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
SCHEMA = Namespace("https://schema.org/")
STATUS = Namespace("http://purl.org/adms/status/")
EU = "http://publications.europa.eu/resource/authority"

PREFIXES = {
    "adms": ADMS,
    "cpsv": CPSV,
    "cv": CV,
    "dcat": DCAT,
    "dct": DCTERMS,
    "eli": ELI,
    "foaf": FOAF,
    "locn": LOCN,
    "org": ORG,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "time": TIME,
    "xsd": XSD,
}
EU_LANGUAGES = {
    "sv": "SWE", "en": "ENG", "fi": "FIN", "ar": "ARA", "de": "DEU", "es": "SPA", "fa": "FAS",
    "fr": "FRA", "pl": "POL", "so": "SOM", "uk": "UKR", "nb": "NOB", "da": "DAN",
}  # fmt: skip
NOT_IN_NAMES = re.compile(r"[^\w:.§]+")


@dataclass(frozen=True, slots=True)
class Names:
    """The addresses of things: the same from one edition to the next."""

    base: str

    @property
    def catalogue(self) -> URIRef:
        return URIRef(f"{self.base}/data/catalogue")

    def service(self, id: str) -> URIRef:
        return URIRef(f"{self.base}/data/services/{id}")

    def life_event(self, id: str) -> URIRef:
        return URIRef(f"{self.base}/data/life-events/{id}")

    def common(self, kind: str, id: str) -> URIRef:
        """Something that many share: a board, a law, a kind of evidence."""
        return self.part(self.catalogue, kind, id)

    def part(self, whole: URIRef, kind: str, id: str) -> URIRef:
        """Something that belongs to one thing alone."""
        return URIRef(f"{whole}#{kind}-{quote(NOT_IN_NAMES.sub('-', id).strip('-'), safe=':')}")

    def page(self, language: str, *path: str) -> URIRef:
        """A page for people."""
        return URIRef("/".join((self.base, language, *path, "")))


class Said:
    """What has been said so far, of one edition."""

    def __init__(self, edition: Edition, base: str) -> None:
        self.graph = Graph(bind_namespaces="none")
        for prefix, namespace in PREFIXES.items():
            self.graph.bind(prefix, namespace)
        self.edition = edition
        self.names = Names(base)
        self.languages = edition.definition.languages

    def add(self, subject: URIRef, predicate: URIRef, *objects: Node) -> None:
        """Says the same of each object."""
        for one in objects:
            self.graph.add((subject, predicate, one))

    def text(self, subject: URIRef, predicate: URIRef, said: "str | Mapping[str, str]") -> None:
        """A text in its languages; a lone one is in the package's first."""
        by_language = {self.languages[0]: said} if isinstance(said, str) else said
        found = (Literal(text, lang=code) for code, text in by_language.items())
        self.add(subject, predicate, *found)

    def new(
        self,
        name: URIRef,
        types: Iterable[URIRef],
        *,
        id: str = "",
        title: "str | Mapping[str, str] | None" = None,
        description: "str | Mapping[str, str] | None" = None,
    ) -> URIRef:
        """A thing with its types, and what nearly everything has."""
        self.add(name, RDF.type, *types)
        if id:
            self.add(name, DCTERMS.identifier, Literal(id))
        if title is not None:
            self.text(name, DCTERMS.title, title)
        if description is not None:
            self.text(name, DCTERMS.description, description)
        return name

    def concept(self, name: URIRef, label: "str | Mapping[str, str]") -> URIRef:
        """A term of a list."""
        self.add(name, RDF.type, SKOS.Concept)
        self.text(name, SKOS.prefLabel, label)
        return name

    def document(self, address: str) -> URIRef:
        """Something to read on the web."""
        return self.new(URIRef(address), [FOAF.Document])

    def language(self, code: str) -> URIRef | None:
        """A language, as the European list has it."""
        if code not in EU_LANGUAGES:
            return None
        return self.new(URIRef(f"{EU}/language/{EU_LANGUAGES[code]}"), [DCTERMS.LinguisticSystem])

    def ours(self, sentence: str, **values: str) -> dict[str, str]:
        """A sentence of the house, in those languages of the package that it is told in."""
        found = {}
        for code in self.languages:
            speak = translator(code)
            if code == "en" or speak(sentence) != sentence:
                found[code] = speak(sentence, **values)
        return found or {"en": translator("en")(sentence, **values)}


def lasting(duration: Duration) -> Literal:
    """As xsd:duration, which knows no weeks.

    >>> from allting.packages.api import parse_duration
    >>> str(lasting(parse_duration("10 weeks")))
    'P70D'
    """
    days = duration.weeks * 7 + duration.days
    amounts = ((duration.years, "Y"), (duration.months, "M"), (days, "D"))
    said = "P" + "".join(f"{amount}{letter}" for amount, letter in amounts if amount)
    return Literal(said, datatype=XSD.duration)
