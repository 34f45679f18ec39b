"""A small load client: keeps N connections busy for some seconds and tells what it saw.

Its own process on its own core, and as little work per request as Python can do: what is to be
measured is the server.
"""

import json
import os
import select
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

LONGEST_WAIT = 30.0  # seconds for an answer under way when time is up
CHUNK = 1 << 18


@dataclass(frozen=True)
class Seen:
    """One run: requests per second, latencies in milliseconds, and answers that were wrong."""

    per_second: float
    median_ms: float
    p95_ms: float
    p99_ms: float
    requests: int
    wrong: int
    bytes_per_answer: float


class Connection:
    """One connection that asks again as soon as it is answered."""

    __slots__ = ("asked_at", "buffer", "needed", "socket")

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> None:
        self.buffer, self.needed = b"", 0
        self.asked_at = time.perf_counter()
        self.socket.sendall(request)

    def answer(self) -> bytes | None:
        """The whole answer if it is here. Raises ConnectionError, and ValueError for chunks."""
        data = self.socket.recv(CHUNK)
        if not data:
            raise ConnectionError("the server closed the connection before it answered")
        self.buffer = self.buffer + data if self.buffer else data
        if not self.needed:
            self.needed = length(self.buffer)
        return self.buffer if 0 < self.needed <= len(self.buffer) else None


def length(data: bytes) -> int:
    """How long the answer that begins with `data` is, or 0 while its head is not whole.

    >>> length(b"HTTP/1.1 200 OK\\r\\ncontent-length: 5\\r\\n\\r\\nhe")
    43
    """
    end = data.find(b"\r\n\r\n")
    if end < 0:
        return 0
    head = data[:end].lower()
    at = head.find(b"content-length:")
    if at >= 0:
        return end + 4 + int(head[at + 15 :].split(b"\r\n", 1)[0])
    if head[9:12] in (b"304", b"204"):
        return end + 4
    raise ValueError("an answer without Content-Length: this client does not read chunks")


class Run:
    """A closed loop over requests, for `seconds` or until the requests are used up."""

    def __init__(self, port: int, requests: list[bytes], expected: str, seconds: float, once: bool):
        self.port, self.expected = port, expected.encode()
        self.seconds = seconds
        self.left = iter(requests) if once else _round_and_round(requests)
        self.times: list[float] = []
        self.wrong = self.bytes = 0

    def go(self, connections: int) -> Seen:
        """Ask and listen until time is up and everything under way has been answered."""
        busy: dict[int, Connection] = {}
        ready = select.epoll()
        made = [Connection(self.port) for _ in range(connections)]
        started = time.perf_counter()
        for connection, request in zip(made, self.left, strict=False):
            busy[connection.socket.fileno()] = connection
            ready.register(connection.socket, select.EPOLLIN)
            connection.ask(request)
        while busy:
            found = ready.poll(LONGEST_WAIT)
            if not found:
                raise TimeoutError(f"no answer within {LONGEST_WAIT} s")
            for number, _ in found:
                self._listen(number, busy, started + self.seconds)
        return self._seen(time.perf_counter() - started)

    def _listen(self, number: int, busy: dict[int, Connection], until: float) -> None:
        connection = busy[number]
        answer = connection.answer()
        if answer is None:
            return
        moment = time.perf_counter()
        self.times.append(moment - connection.asked_at)
        self.bytes += len(answer)
        self.wrong += answer[9:12] != self.expected
        request = next(self.left, None) if moment < until else None
        if request is not None:
            connection.ask(request)
            return
        del busy[number]
        connection.socket.close()

    def _seen(self, lasted: float) -> Seen:
        times = sorted(self.times) or [float("nan")]
        return Seen(
            per_second=len(self.times) / lasted,
            median_ms=share_of(times, 0.5),
            p95_ms=share_of(times, 0.95),
            p99_ms=share_of(times, 0.99),
            requests=len(self.times),
            wrong=self.wrong,
            bytes_per_answer=self.bytes / max(1, len(self.times)),
        )


def _round_and_round(requests: list[bytes]) -> Iterator[bytes]:
    while True:
        yield from requests


def share_of(times: list[float], share: float) -> float:
    """The latency, in milliseconds, within which `share` of the sorted `times` lie."""
    return times[min(len(times) - 1, int(len(times) * share))] * 1000


def main() -> None:
    """`python -m bench.load FILE`: the file says what to ask; the answer is JSON on one line."""
    asked = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    if asked.get("core") is not None:
        os.sched_setaffinity(0, {asked["core"]})
    requests = [r.encode() for r in asked["requests"]]
    run = Run(asked["port"], requests, asked["expected"], asked["seconds"], asked["once"])
    print(json.dumps(asdict(run.go(asked["connections"]))))


if __name__ == "__main__":
    main()
