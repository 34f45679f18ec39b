"""People first: background work in a web process steps aside while someone waits for a page.

Threads of one process take turns on one processor, and a thread that writes letters takes as many
turns as one that a person waits for. So before each job a worker waits until nobody is being
served, but not for ever: when pages are asked for without a pause, work still goes on, slowly.
"""

import threading
from collections.abc import Iterable
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

PATIENCE = 0.05  # seconds that a worker waits, at most, before each job


class Door:
    """Counts who is being served: `with door:` around each."""

    def __init__(self) -> None:
        self._nobody = threading.Condition()
        self._served = 0

    def __enter__(self) -> None:
        with self._nobody:
            self._served += 1

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._nobody:
            self._served -= 1
            if not self._served:
                self._nobody.notify_all()

    def after_you(self, patience: float = PATIENCE) -> None:
        """Wait until nobody is being served, at most `patience` seconds."""
        with self._nobody:
            self._nobody.wait_for(lambda: not self._served, patience)


door = Door()  # of this process; nobody is served where no web server counts


def served(application: "WSGIApplication") -> "WSGIApplication":
    """The web application, with background work of this process stepping aside for it."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        with door:
            return application(environ, start_response)

    return answer
