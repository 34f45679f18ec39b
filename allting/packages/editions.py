"""Published versions in memory: the one in force, and older ones that cases are pinned to."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings
from pydantic import ValidationError

from allting.packages.definition import Definition
from allting.packages.models import PackageVersion
from allting.packages.storing import WrongFormat, unpacked

T = TypeVar("T")
KEPT = 24


class NothingPublished(LookupError):
    """No package has been published yet."""


class NoSuchEdition(LookupError):
    """There is no edition with this id."""


class UnreadableEdition(RuntimeError):
    """The edition was published by another version of Allting, whose language was another."""


@dataclass(frozen=True, eq=False)
class Edition:
    """A published package, whole and in memory. Everything it holds is the same for ever."""

    id: int
    number: int
    definition: Definition
    published_at: datetime
    by: str
    why: str
    _memory: dict[Any, Any] = field(default_factory=dict, repr=False)
    _building: dict[Any, Any] = field(default_factory=dict, repr=False)

    def memo(self, key: Any, build: Callable[[], T]) -> T:
        """What `build` gave the first time it was asked under `key`; it is built once.

        For what follows from the edition alone; nothing under a key that a visitor can invent.
        """
        try:
            found: T = self._memory[key]
        except KeyError:
            return self._build(key, build)
        return found

    def _build(self, key: Any, build: Callable[[], T]) -> T:
        with self._building.setdefault(key, threading.RLock()):
            if key not in self._memory:
                self._memory[key] = build()
            made: T = self._memory[key]
        return made


def on_trial(definition: Definition, like: Edition) -> Edition:
    """What is not published, held as an edition, to be shown as it would be; no one stands on it.

    It has no id of its own (0), and is in nobody's memory but the holder's.
    """
    return Edition(0, like.number, definition, like.published_at, like.by, like.why)


class Shelf:
    """The editions that this process holds."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._current: Edition | None = None
        self._looked = float("-inf")
        self._held: OrderedDict[int, Edition] = OrderedDict()

    def current(self) -> Edition:
        """The newest edition. Looks for a newer one at most once a second, one thread at a time."""
        held = self._current
        if held is not None and time.monotonic() - self._looked < _pause():
            return held
        if not self._lock.acquire(blocking=held is None):
            return held  # type: ignore[return-value]  # not blocking only when there is one
        try:
            return self._look()
        finally:
            self._lock.release()

    def _look(self) -> Edition:
        newest = PackageVersion.objects.order_by("-number").values_list("id", flat=True).first()
        if newest is None:
            self._current = None
            raise NothingPublished(
                "no package is published yet. "
                "Try: python -m allting publish packages/solvik --why 'the first version'"
            )
        if self._current is None or self._current.id != newest:
            self._current = self.edition(newest)
        self._looked = time.monotonic()
        return self._current

    def edition(self, id: int) -> Edition:
        """The edition with this id; the last few asked for are kept."""
        held = self._held.get(id)
        if held is None:
            held = _loaded(id)
        self._held[id] = held
        self._held.move_to_end(id)
        while len(self._held) > KEPT:
            self._held.popitem(last=False)
        return held

    def look_again(self) -> None:
        """Let the next `current()` look for a newer edition."""
        self._looked = float("-inf")

    def forget(self) -> None:
        """Hold nothing, as when the process began."""
        self._current = None
        self._held.clear()
        self.look_again()


def _pause() -> float:
    return float(getattr(settings, "ALLTING_EDITION_LOOK", 1.0))


def _loaded(id: int) -> Edition:
    row = PackageVersion.objects.defer("origins").filter(id=id).first()
    if row is None:
        raise NoSuchEdition(f"there is no published edition with id {id}")

    def places() -> bytes:
        return bytes(PackageVersion.objects.values_list("origins", flat=True).get(id=id))

    try:
        definition = unpacked(bytes(row.document), places, row.content_hash)
    except (ValidationError, KeyError, WrongFormat) as error:
        raise UnreadableEdition(
            f"edition {row.number} ({row.package} {row.version}) was published by another version "
            "of Allting, and this one cannot read it. Try: check the package's folder with this "
            f"version, mend it and publish it again. What is wrong: {error}"
        ) from error
    return Edition(row.id, row.number, definition, row.published_at, row.by, row.why)


shelf = Shelf()
