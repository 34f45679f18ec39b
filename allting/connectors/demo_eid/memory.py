"""What the provider remembers for a minute: codes given, tokens given, proofs seen."""

import threading
import time
from typing import Generic, TypeVar

T = TypeVar("T")


class ShortMemory(Generic[T]):
    """Values that are forgotten after `seconds`; safe between threads."""

    def __init__(self, seconds: float = 60) -> None:
        self._seconds = seconds
        self._kept: dict[str, tuple[float, T]] = {}
        self._lock = threading.Lock()

    def keep(self, key: str, value: T) -> bool:
        """Remember; False if the key was already there."""
        with self._lock:
            self._forget()
            if key in self._kept:
                return False
            self._kept[key] = (time.monotonic(), value)
            return True

    def look(self, key: str) -> T | None:
        """What was kept, if it is still remembered."""
        with self._lock:
            self._forget()
            found = self._kept.get(key)
        return found[1] if found else None

    def take(self, key: str) -> T | None:
        """What was kept, and forget it: of two who ask, one gets it."""
        with self._lock:
            self._forget()
            found = self._kept.pop(key, None)
        return found[1] if found else None

    def _forget(self) -> None:
        old = time.monotonic() - self._seconds
        for key in [k for k, (at, _) in self._kept.items() if at < old]:
            del self._kept[key]
