"""A PostgreSQL of the tests' own: Debian's binaries, a temporary folder, a socket inside it.

`python -m tests.postgres COMMAND …` runs COMMAND with ALLTING_DATABASE set and stops the server
after; without a command it prints the address and waits. In Python: `with postgres() as address:`.
Nothing listens on the network, and nothing outlives the command.
"""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

FORGETFUL = {  # a test's data need not outlive a power cut; figures about speed must
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "log_min_messages": "fatal",
    "log_min_error_statement": "panic",
}
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


class NoPostgres(RuntimeError):
    """PostgreSQL's server binaries are not on this machine, or would not start."""


def postgres_folder() -> Path | None:
    """Where `initdb` and `postgres` are, the newest where several are installed; or None."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parts[-3])
    )
    if found:
        return found[-1].parent
    elsewhere = shutil.which("initdb")
    return Path(elsewhere).resolve().parent if elsewhere else None


def _binaries() -> Path:
    folder = postgres_folder()
    if folder is None:
        raise NoPostgres(
            "PostgreSQL is not installed: expected /usr/lib/postgresql/*/bin/initdb or initdb on "
            "the PATH. Mend it with: apt-get install postgresql"
        )
    return folder


@contextmanager
def postgres(*, durable: bool = False) -> Iterator[str]:
    """A running server with the empty database `allting`; yields its ALLTING_DATABASE address.

    With `durable` it writes to disk as in service.
    """
    _binaries()
    folder = Path(tempfile.mkdtemp(prefix="allting-pg-"))
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, user, user)
    process: subprocess.Popen[bytes] | None = None
    try:
        _create_cluster(folder, user)
        process = _start(folder, user, SETTINGS if durable else {**SETTINGS, **FORGETFUL})
        _wait_until_ready(folder, user, process)
        _as(user, "createdb", "--host", str(folder), "--username", user, "allting")
        yield f"postgresql://{user}@/allting?host={folder}"
    finally:
        if process is not None:
            _stop(process)
        shutil.rmtree(folder, ignore_errors=True)


def _create_cluster(folder: Path, user: str) -> None:
    data = str(folder / "data")
    # trust is safe here: only this user enters the folder with the socket
    _as(
        user, "initdb", "--pgdata", data, "--username", user, "--auth", "trust",
        "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync",
    )  # fmt: skip


def _start(folder: Path, user: str, settings: dict[str, str]) -> subprocess.Popen[bytes]:
    options = [f"--{name}={value}" for name, value in settings.items()]
    command = [str(_binaries() / "postgres"), "-D", str(folder / "data"), "-k", str(folder)]
    log = (folder / "server.log").open("wb")
    return subprocess.Popen(
        [*command, *options],
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,  # Ctrl-C is for the tests; the server stops after them
        preexec_fn=_die_with_parent,
        **_identity(user),
    )


def _wait_until_ready(folder: Path, user: str, process: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + 120
    probe = [str(_binaries() / "pg_isready"), "--quiet", "--host", str(folder), "--username", user]
    while subprocess.run(probe, check=False).returncode:
        if process.poll() is not None or time.monotonic() > give_up:
            log = (folder / "server.log").read_text(errors="replace")
            raise NoPostgres(f"PostgreSQL did not start; its log says:\n{log}")
        time.sleep(0.05)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)  # fast: disconnect everyone, then stop
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _as(user: str, tool: str, *arguments: str) -> None:
    done = subprocess.run(
        [str(_binaries() / tool), *arguments],
        check=False,
        capture_output=True,
        text=True,
        **_identity(user),
    )
    if done.returncode:
        raise NoPostgres(f"{tool} failed:\n{done.stderr or done.stdout}")


def _identity(user: str) -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    return {"user": user, "group": user, "extra_groups": [], "cwd": "/"}


def _die_with_parent() -> None:
    """A test run that is killed takes its server along (Linux; elsewhere the server stays)."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGINT)


def main(command: list[str]) -> int:
    """Run `command` beside a fresh server, or only the server until interrupted."""
    with postgres() as address:
        if not command:
            sys.stdout.write(f"ALLTING_DATABASE={address}\n")
            sys.stdout.flush()
            with suppress(KeyboardInterrupt):
                signal.pause()
            return 0
        environment = {**os.environ, "ALLTING_DATABASE": address}
        return subprocess.run(command, check=False, env=environment).returncode


def _on_term(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _on_term)
    sys.exit(main(sys.argv[1:]))
