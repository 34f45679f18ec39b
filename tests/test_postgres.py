"""The tests' own PostgreSQL: it starts, is alone, and leaves nothing behind."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests import postgres

ASK = """
import os, psycopg
with psycopg.connect(os.environ["ALLTING_DATABASE"]) as it:
    print(it.execute("select current_database(), current_setting('listen_addresses')").fetchone())
"""


@pytest.mark.slow
def test_a_command_runs_beside_its_own_server() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.postgres", sys.executable, "-c", ASK],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).resolve().parent.parent,
    )
    assert done.stdout == "('allting', '')\n", done.stderr


@pytest.mark.slow
def test_nothing_is_left_behind() -> None:
    with postgres.postgres() as address:
        folder = Path(parse_qs(urlsplit(address).query)["host"][0])
        process = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_a_machine_without_postgresql_is_told_how_to_mend_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Path, "glob", lambda *_: iter(()))
    monkeypatch.setenv("PATH", str(tmp_path))
    with (
        pytest.raises(postgres.NoPostgres, match="apt-get install postgresql"),
        postgres.postgres(),
    ):
        pass
