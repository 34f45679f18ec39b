"""A secret that a machine makes for itself at first use, and keeps."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def kept(path: Path, make: Callable[[], str]) -> str:
    """The text in the file at `path`; made by `make` if there is none yet.

    It is written whole or not at all, readable by its owner only; of two who make it at once the
    first wins and both get the same.
    """
    if not path.exists():
        # a name of its own: threads of one process make it at once too
        handle, draft = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
        with os.fdopen(handle, "w") as file:
            file.write(make())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            Path(draft).unlink()
    return path.read_text("utf-8")
