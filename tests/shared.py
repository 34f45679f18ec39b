"""Real data to test against, kept beside the project and never in it."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent.parent.parent / "shared"


def shared(name: str) -> Path:
    """The path of `name` in the shared folder's `data`; skips the test, saying so, if absent."""
    path = FOLDER / "data" / name
    if not path.exists():
        pytest.skip(f"needs shared data that is not on this machine: {name}")
    return path
