"""A secret that a machine makes for itself: once, whoever asks at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from uuid import uuid4

from allting.kernel.api import kept


def test_threads_that_make_it_at_once_get_the_same(tmp_path: Path) -> None:
    for round_ in range(20):
        gate = Barrier(8)

        def make(_: int, place: Path = tmp_path / f"secret-{round_}", gate: Barrier = gate) -> str:
            gate.wait()
            return kept(place, lambda: uuid4().hex)

        with ThreadPoolExecutor(8) as pool:
            assert len(set(pool.map(make, range(8)))) == 1
    assert len(list(tmp_path.iterdir())) == 20, "no drafts are left behind"


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    kept(tmp_path / "secret", lambda: "x")
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0
