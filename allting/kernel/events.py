"""News travels up: a room announces, rooms above listen, all in one transaction."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection


@dataclass(frozen=True)
class Event:
    """Something that has happened. Subclasses are frozen dataclasses in a room's `events.py`."""


E = TypeVar("E", bound=Event)
_listeners: dict[type[Event], list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(kind: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Let the decorated function hear every event of `kind`, once however often it is imported."""

    def listen(handler: Callable[[E], None]) -> Callable[[E], None]:
        if handler not in _listeners[kind]:
            _listeners[kind].append(handler)
        return handler

    return listen


def announce(event: Event) -> None:
    """Tell everyone who listens, now and in this transaction: all of it holds or none of it.

    Raises RuntimeError outside `write()`: news without a transaction could be lost half-way.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(
            f"{type(event).__name__} announced outside write(); wrap the action in it"
        )
    for handler in _listeners[type(event)]:
        handler(event)
