"""What must come before what: services tied together by the evidence they ask for and give."""

from collections.abc import Iterable, Mapping

from allting.catalogue.parts import EvidenceKind, Service


def givers(
    services: Mapping[str, Service], evidence: Mapping[str, EvidenceKind]
) -> dict[str, tuple[str, ...]]:
    """The services that give each kind of evidence; those with an authority elsewhere have none."""
    found: dict[str, list[str]] = {id: [] for id in evidence}
    for service_id, service in services.items():
        for id in service.produces:
            found.setdefault(id, []).append(service_id)
    return {id: tuple(ids) for id, ids in found.items()}


def before(service: Service, given_by: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The services that give what `service` asks for, but for what is needed on the day alone."""
    asked = (need for need in service.requires if need.at != "event")
    found = (id for need in asked for id in given_by.get(need.evidence, ()))
    return tuple(dict.fromkeys(found))


def cycles(edges: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """Every round trip once, each beginning with its first id in alphabetical order.

    >>> cycles({"a": ["b"], "b": ["c"], "c": ["b"]})
    [('b', 'c')]
    >>> cycles({"a": ["a"]})
    [('a',)]
    """
    found: dict[tuple[str, ...], None] = {}
    done: set[str] = set()
    for start in edges:
        if start not in done:
            _walk(start, edges, done, found)
    return list(found)


def _walk(
    start: str,
    edges: Mapping[str, Iterable[str]],
    done: set[str],
    found: dict[tuple[str, ...], None],
) -> None:
    """Depth first without recursion: a package may chain a thousand services."""
    trail: list[str] = [start]
    steps = [iter(edges.get(start, ()))]
    while steps:
        following = next(steps[-1], None)
        if following is None:
            steps.pop()
            done.add(trail.pop())
        elif following in trail:
            found.setdefault(_from_smallest(trail[trail.index(following) :]))
        elif following not in done:
            trail.append(following)
            steps.append(iter(edges.get(following, ())))


def _from_smallest(ring: list[str]) -> tuple[str, ...]:
    at = ring.index(min(ring))
    return tuple(ring[at:] + ring[:at])
