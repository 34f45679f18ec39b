"""Who stands on what a new edition changes: rooms above answer, in numbers and never in names."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from allting.packages.definition import Definition
from allting.packages.kinds import registry


class Touched(NamedTuple):
    """What is to be said about those who stand on a service, such as its open cases."""

    service: str
    words: str
    warns: bool = False
    kind: str = ""  # what there are so many of, for those who say it in other languages
    number: int = 0


Touching = Callable[[Definition, Definition, Collection[str]], Iterable[Touched]]


def touches(answer: Touching) -> Touching:
    """Register what of a room stands on services.

    `answer(before, after, services)` is asked before an edition is published; `services` are those
    that change. It counts in one query, and may warn about other services too.
    """
    if answer not in registry().touching:
        registry().touching.append(answer)
    return answer


def touched(before: Definition, after: Definition, services: Collection[str]) -> Iterator[Touched]:
    """What all rooms say."""
    for answer in registry().touching:
        yield from answer(before, after, services)
