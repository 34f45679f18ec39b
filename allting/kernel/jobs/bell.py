"""Waking at once: threads of this process sleep until there is something to do."""

import threading


class Bell:
    """Rings for everyone who waits; a ring between looking and waiting is not missed."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._rung = 0

    def ring(self) -> None:
        """Wake all who wait."""
        with self._condition:
            self._rung += 1
            self._condition.notify_all()

    def heard(self) -> int:
        """A mark to take before looking for work, for `wait`."""
        with self._condition:
            return self._rung

    def wait(self, mark: int, seconds: float) -> None:
        """Sleep until a ring after `mark`, at most `seconds`."""
        with self._condition:
            self._condition.wait_for(lambda: self._rung != mark, seconds)


work_is_ready = Bell()
time_is_set = Bell()  # something is to happen later: whoever minds the clock must look again
