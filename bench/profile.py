"""Where the time of a page goes: `python -m bench.profile PAGE` with a page of `python -m bench`.

The same requests as in the benchmark, sent to the application in one thread without a server:
processor time and statements for each request, then the functions that cost most.
"""

import argparse
import cProfile
import io
import json
import os
import pstats
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from bench import pages
from bench.municipality import Municipality, municipalities
from bench.pages import Measured
from bench.server import ROOT, Server

BATCH = 25  # requests timed together: other work on the machine disturbs some, not all
PAGES: dict[str, Callable[[Municipality, Server], Measured]] = {
    "service": lambda town, there: pages.service(there),
    "plan": lambda town, there: pages.plan(there),
    "form": lambda town, there: pages.form(there, pages.drafts(town, there, 400)),
    "submission": lambda town, there: pages.submission("", there, pages.drafts(town, there, 1200)),
    "queue": lambda town, there: pages.queue(town, there, 1000),
    "my": pages.mine,
}


def main() -> None:
    """Prepare as the benchmark does, then look at one page in a process of its own."""
    given = argparse.ArgumentParser(prog="python -m bench.profile", description=__doc__)
    given.add_argument("page", choices=[*PAGES, "here"])
    given.add_argument("--on", default="sqlite", choices=["sqlite", "postgres"])
    given.add_argument("--sort", default="tottime", choices=["tottime", "cumtime"])
    given.add_argument("--most", type=int, default=45, help="functions shown")
    given.add_argument("--file", help=argparse.SUPPRESS)
    asked = given.parse_args()
    if asked.page == "here":
        look(asked.file, asked.sort, asked.most)
        return
    with municipalities(asked.on, "town") as (town,), tempfile.NamedTemporaryFile("w") as file:
        town.own_worker = False
        town.prepare("opened")
        with town.serve() as there:
            measured = PAGES[asked.page](town, there)
        json.dump(measured.supply.requests, file)
        file.flush()
        options = ["--file", file.name, "--sort", asked.sort, "--most", str(asked.most)]
        command = [sys.executable, "-m", "bench.profile", "here", *options]
        subprocess.run(command, cwd=ROOT, env={**os.environ, **town.environment}, check=True)


def look(file: str, sort: str, most: int) -> None:
    """Send the requests of `file` to the application here; a third each to warm, time and watch."""
    with Path(file).open(encoding="utf-8") as source:
        requests = [_environ(text) for text in json.load(source)]
    while len(requests) < 900:
        requests = requests * 2
    from config.wsgi import application

    third = len(requests) // 3
    _send(application, requests[:third])
    _count(application, requests[third : third + 1])
    timed = requests[third + 1 : 2 * third]
    batches = [timed[n : n + BATCH] for n in range(0, len(timed) - BATCH + 1, BATCH)]
    used = sorted(_used(application, batch) for batch in batches)
    print(f"CPU a request: {used[0]:.3f} ms at best, {used[len(used) // 2]:.3f} ms as a rule")
    watched = cProfile.Profile()
    watched.runcall(_send, application, requests[2 * third :])
    pstats.Stats(watched).sort_stats(sort).print_stats(most)


def _used(application: Any, requests: list[dict[str, Any]]) -> float:
    """Processor time a request, in milliseconds."""
    began = time.process_time()
    _send(application, requests)
    return (time.process_time() - began) / len(requests) * 1000


def _count(application: Any, requests: list[dict[str, Any]]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        _send(application, requests)
    print(f"{len(seen)} statements:")
    for statement in seen.captured_queries:
        print("   ", " ".join(statement["sql"].split())[:150])


def _send(application: Any, requests: Iterable[dict[str, Any]]) -> None:
    for request in requests:
        told: list[str] = []
        body = request.pop("body")
        given = {**request, "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr}
        answer = application(given, lambda status, headers, told=told: told.append(status))
        b"".join(answer)
        answer.close()
        request["body"] = body
        if told[0][:3] not in ("200", "302"):
            raise RuntimeError(f"{told[0]} for {request['PATH_INFO']}")


def _environ(text: str) -> dict[str, Any]:
    head, _, body = text.partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    method, path, _ = first.split(" ")
    given = {name.upper().replace("-", "_"): value for name, value in _headers(lines)}
    environ = {f"HTTP_{name}": value for name, value in given.items()}
    return {
        **environ,
        "CONTENT_TYPE": given.get("CONTENT_TYPE", ""),
        "CONTENT_LENGTH": given.get("CONTENT_LENGTH", ""),
        "REQUEST_METHOD": method,
        "PATH_INFO": path.partition("?")[0],
        "QUERY_STRING": path.partition("?")[2],
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "body": body.encode(),
    }


def _headers(lines: list[str]) -> Iterable[tuple[str, str]]:
    for line in lines:
        name, _, value = line.partition(": ")
        yield name, value


if __name__ == "__main__":
    main()
