"""Everything that CI runs: `python -m tests.everything` (or `make test`).

Parts that Python cannot bring are found on the machine, installed if we are root on Debian, or
skipped out loud; with CI=true nothing may be skipped for want of a part.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.postgres import postgres, postgres_folder

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CI = os.environ.get("CI") == "true"

CHECKS = (
    ("formatting", ["ruff", "format", "--check", "-q", "."]),
    ("lint", ["ruff", "check", "-q", "."]),
    ("floors", ["lint-imports"]),
    ("templates", ["djlint", "--lint", "--quiet", "allting"]),
    ("migrations", ["python", "-m", "allting", "makemigrations", "--check", "--dry-run"]),
    ("types", ["mypy"]),
)


def chromium() -> str | None:
    """Where the browser is, if it is here."""
    return shutil.which("chromium") or shutil.which("google-chrome")


def main() -> int:
    """Run what is asked for; the exit status says whether all of it held."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--only", choices=["check", "sqlite", "postgres", "browser"])
    only = asked.parse_args().only
    stages: dict[str, Callable[[], bool]] = {
        "check": check,
        "sqlite": on_sqlite,
        "postgres": on_postgres,
        "browser": in_browser,
    }
    started = time.monotonic()
    held = [stage() for name, stage in stages.items() if only in (None, name)]
    print(f"\n{'All held' if all(held) else 'NOT all held'} in {time.monotonic() - started:.0f} s")
    return 0 if all(held) else 1


def check() -> bool:
    """Formatting, lint, floors, templates, migrations, types."""
    held = [run(name, command) for name, command in CHECKS]  # all of them: tell everything at once
    return all(held)


def on_sqlite() -> bool:
    """Every test that needs no browser, on the embedded database."""
    return run("tests on SQLite", pytest("not browser"))


def on_postgres() -> bool:
    """The tests that touch the database, on a PostgreSQL of our own."""
    if not have("PostgreSQL", postgres_folder, "postgresql"):
        return not CI
    with postgres() as address:
        return run(
            "tests on PostgreSQL", pytest("database and not browser"), ALLTING_DATABASE=address
        )


def in_browser() -> bool:
    """The tests in a real browser."""
    if not have("Chromium", chromium, "chromium"):
        return not CI
    return run("tests in a browser", pytest("browser"))


def pytest(marks: str, workers: int = 2) -> list[str]:
    """The command that runs the tests with these marks."""
    # whole files to one worker as long as both have work: their houses and browsers open once
    return ["python", "-m", "pytest", "-q", "-n", str(workers), "--dist", "worksteal", "-m", marks]


def have(name: str, find: Callable[[], object | None], package: str) -> bool:
    """Whether the part is here, after trying to install it where we may."""
    if find() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {name} ...", flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-qq"], ["install", "-y", "-qq", package]):
            subprocess.run(["apt-get", *command], env=quiet, check=False, stdout=subprocess.DEVNULL)
    if find() is not None:
        return True
    print(f"SKIPPED: {name} is not on this machine; to run these tests: apt install {package}")
    return False


def run(name: str, command: list[str], **environment: str) -> bool:
    """Run one command of the virtual environment; tell how it went and how long it took."""
    print(f"\n== {name}", flush=True)
    started = time.monotonic()
    done = subprocess.run(
        [str(BIN / command[0]), *command[1:]],
        cwd=ROOT,
        env={**os.environ, **environment},
        check=False,
    )
    held = done.returncode == 0
    print(
        f"-- {name}: {'held' if held else 'FAILED'}, {time.monotonic() - started:.0f} s", flush=True
    )
    return held


if __name__ == "__main__":
    sys.exit(main())
