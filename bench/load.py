"""A small load client: keeps N connections busy for some seconds and tells what it saw.

Its own process and its own core, so that what is measured is the server.
"""

import asyncio
import json
import os
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path


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


class Connection(asyncio.Protocol):
    """One connection that asks again as soon as it is answered."""

    def __init__(self, run: "Run") -> None:
        self.run = run
        self.buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if not isinstance(transport, asyncio.Transport):
            raise TypeError("expected a transport that can be written to")
        self.transport = transport
        self.ask()

    def ask(self) -> None:
        request = self.run.next_request()
        if request is None:
            self.transport.close()
            return
        self.asked_at = time.perf_counter()
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self.buffer[:end].lower()
        at = head.find(b"content-length:")
        if at < 0 and head[9:12] not in (b"304", b"204"):
            raise ValueError("an answer without Content-Length: this client does not read chunks")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(self.buffer) < end + 4 + length:
            return
        self.run.answered(time.perf_counter() - self.asked_at, head[9:12], len(self.buffer))
        self.buffer = b""
        if b"connection: close" in head:
            self.transport.close()
            self.run.reconnect()
        else:
            self.ask()


class Run:
    """A closed loop over requests, for `seconds` or until the requests are used up."""

    def __init__(self, port: int, requests: list[bytes], expected: str, seconds: float, once: bool):
        self.port, self.requests, self.expected = port, requests, expected.encode()
        self.seconds, self.once = seconds, once
        self.times: list[float] = []
        self.wrong = self.given = self.bytes = 0

    def next_request(self) -> bytes | None:
        over = time.perf_counter() >= self.until
        if over or (self.once and self.given >= len(self.requests)):
            return None
        request = self.requests[self.given % len(self.requests)]
        self.given += 1
        return request

    def answered(self, seconds: float, status: bytes, size: int) -> None:
        self.times.append(seconds)
        self.bytes += size
        self.wrong += status != self.expected

    def reconnect(self) -> None:
        asyncio.get_running_loop().create_task(self._connect())

    async def _connect(self) -> Connection:
        loop = asyncio.get_running_loop()
        _, made = await loop.create_connection(lambda: Connection(self), "127.0.0.1", self.port)
        return made

    async def go(self, connections: int) -> Seen:
        started = time.perf_counter()
        self.until = started + self.seconds
        made = [await self._connect() for _ in range(connections)]
        while (
            any(not c.transport.is_closing() for c in made) and time.perf_counter() < self.until + 5
        ):
            await asyncio.sleep(0.01)
        last = time.perf_counter() - started
        times = sorted(self.times) or [float("nan")]
        return Seen(
            per_second=len(self.times) / min(last, self.seconds),
            median_ms=share_of(times, 0.5),
            p95_ms=share_of(times, 0.95),
            p99_ms=share_of(times, 0.99),
            requests=len(self.times),
            wrong=self.wrong,
            bytes_per_answer=self.bytes / max(1, len(self.times)),
        )


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
    seen = asyncio.run(run.go(asked["connections"]))
    print(json.dumps(asdict(seen)))


if __name__ == "__main__":
    main()
