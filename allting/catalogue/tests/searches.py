"""The queries of `searches.yaml`: what people would type and what should answer."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import yaml

PATH = Path(__file__).with_name("searches.yaml")
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
    """All, in the order of the file."""
    told = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    return [Search(**{**one, "wanted": tuple(one["wanted"])}) for one in told]
