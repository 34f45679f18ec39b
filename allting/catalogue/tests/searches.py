"""What people would type and what should answer: `searches.yaml` and `edges.yaml`."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import yaml

HERE = Path(__file__).parent
KINDS = {
    "word",
    "official",
    "synonym",
    "compound",
    "inflection",
    "misspelling",
    "question",
    "situation",
    "fragment",
    "two-meanings",
    "nothing",
}
EDGES = {"nonsense", "abroad", "not-ours", "market", "near"}
"""Kinds of `edges.yaml` that should find nothing."""
OTHERS = "others"
"""And the one beside them that should: what others do."""


@dataclass(frozen=True, slots=True)
class Search:
    """One query; `wanted` are ids of services and `life-event/…`, none where nothing should."""

    id: str
    query: str
    language: str
    kind: str
    half: str
    wanted: tuple[str, ...]

    @property
    def refs(self) -> frozenset[str]:
        """What answers it, each as `kind/id`."""
        return frozenset(it if "/" in it else f"service/{it}" for it in self.wanted)


def half_of(query: str) -> str:
    """Half a is for tuning, half b only for measuring; the query itself decides.

    >>> half_of("dagis"), half_of("preschool")
    ('b', 'a')
    """
    return "ab"[hashlib.sha256(query.encode()).digest()[0] % 2]


def searches() -> list[Search]:
    """All that something should answer, and a few that nothing should, in the order of the file."""
    return _told("searches.yaml")


def edges() -> list[Search]:
    """What nothing should answer, and what lies close to it, in the order of the file."""
    return _told("edges.yaml")


def _told(name: str) -> list[Search]:
    told = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return [Search(**{**one, "wanted": tuple(one["wanted"])}) for one in told]
