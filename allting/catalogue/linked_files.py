"""Linked data as JSON-LD and RDF/XML: the same bytes each time, whichever process writes them.

rdflib's own writers of these put things in the order of a set, so two processes would answer with
different marks of the same content. Nothing is anonymous here, which makes it this simple.
"""

import json
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from rdflib import RDF, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from allting.catalogue.linked import PREFIXES


def as_json(graph: Graph) -> bytes:
    """Every thing once, by its address, with what is said of it in the order it was said."""
    context = {prefix: str(at) for prefix, at in PREFIXES.items()}
    found: dict[Node, dict[str, Any]] = {}
    for subject, predicate, value in sorted(graph):
        about = found.setdefault(subject, {"@id": str(subject)})
        if predicate == RDF.type:
            about.setdefault("@type", []).append(_short(value))
        else:
            about.setdefault(_short(predicate), []).append(_value(value))
    whole = {"@context": context, "@graph": list(found.values())}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def as_xml(graph: Graph) -> bytes:
    """The same as RDF/XML."""
    spaces = "".join(f'\n  xmlns:{prefix}="{at}"' for prefix, at in PREFIXES.items())
    subjects = sorted(set(graph.subjects()), key=str)
    lines = (line for subject in subjects for line in _element(graph, subject))
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<rdf:RDF{spaces}>'
    return "\n".join((head, *lines, "</rdf:RDF>\n")).encode()


def _element(graph: Graph, subject: Node) -> Iterator[str]:
    yield f"<rdf:Description rdf:about={quoteattr(str(subject))}>"
    for predicate, value in sorted(graph.predicate_objects(subject)):
        name = _short(predicate)
        if isinstance(value, URIRef):
            yield f"  <{name} rdf:resource={quoteattr(str(value))}/>"
        else:
            yield f"  <{name}{_kind(value)}>{escape(str(value))}</{name}>"
    yield "</rdf:Description>"


def _kind(value: Node) -> str:
    assert isinstance(value, Literal)  # noqa: S101  nothing is anonymous
    if value.language:
        return f' xml:lang="{value.language}"'
    return f" rdf:datatype={quoteattr(str(value.datatype))}" if value.datatype else ""


def _short(name: Node) -> str:
    for prefix, namespace in PREFIXES.items():
        if str(name).startswith(str(namespace)):
            return f"{prefix}:{str(name)[len(str(namespace)) :]}"
    return str(name)


def _value(value: Node) -> dict[str, str]:
    if isinstance(value, URIRef):
        return {"@id": str(value)}
    assert isinstance(value, Literal)  # noqa: S101  nothing is anonymous
    if value.language:
        return {"@value": str(value), "@language": value.language}
    if value.datatype is None or value.datatype == XSD.string:
        return {"@value": str(value)}
    return {"@value": str(value), "@type": _short(value.datatype)}
