"""What shares the web process when one process is all there is: background work, and demo mail."""

from allting.kernel.api import start_embedded_worker


def start() -> None:
    """Begin background work in threads of this process."""
    start_embedded_worker()
