"""Granian with an application, on one core, and what it used of the processor."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    process: subprocess.Popen[bytes]

    def cpu_seconds(self) -> float:
        """Processor time used so far by the server and its workers."""
        return sum(_cpu(pid) for pid in [self.process.pid, *_children(self.process.pid)])


@contextmanager
def server(
    application: str, environment: Mapping[str, str], *, threads: int = 4, core: int | None = 0
) -> Iterator[Server]:
    """Run `application` (WSGI) with one worker on `core`; stopped at the end."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", "127.0.0.1", "--port", str(port), "--workers", "1"),
        *("--blocking-threads", str(threads), "--log-level", "error", application),
    ]
    own = {**os.environ, **environment, "ALLTING_BASE_URL": f"http://127.0.0.1:{port}"}
    process = subprocess.Popen(command, cwd=ROOT, env=own)
    try:
        wait_for(port)
        if core is not None:
            for pid in [process.pid, *_children(process.pid)]:
                _pin(pid, core)
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait(10)


def free_port() -> int:
    """A port that nobody has just now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def wait_for(port: int, seconds: float = 60) -> None:
    """Until something listens. Raises TimeoutError."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                time.sleep(1)  # let workers settle
                return
        time.sleep(0.1)
    raise TimeoutError(f"nothing listens on port {port} after {seconds} s")


def _pin(pid: int, core: int) -> None:
    for thread in Path(f"/proc/{pid}/task").iterdir():
        os.sched_setaffinity(int(thread.name), {core})


def _children(pid: int) -> list[int]:
    listing = Path(f"/proc/{pid}/task/{pid}/children")
    own = [int(child) for child in listing.read_text().split()]
    return own + [deeper for child in own for deeper in _children(child)]


def _cpu(pid: int, fields: slice = slice(11, 13)) -> float:
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, told[fields])) / TICK


def cpu_of_all(pid: int) -> float:
    """Processor time of a process and of all that it started, also of what has ended since."""
    return sum(_cpu(each, slice(11, 15)) for each in [pid, *_children(pid)])
