"""Attached files on disk: one folder for each draft, each file under the SHA-256 of its content.

Content decides what a file is, never its name. A draft's files are its own: two people who attach
the same document share nothing, so one who removes it cannot take it from the other.
"""

import contextlib
import hashlib
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings

LARGEST = 10 * 1024 * 1024  # bytes, for one file
MEDIA_TYPES = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}
_HEAD, _TAIL = 16, 1024
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Unfit(ValueError):
    """A file that is not taken. `why` is large, empty, kind or torn."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Kept:
    """A file that now lies on disk."""

    digest: str
    media_type: str
    size: int


def keep(draft: UUID, chunks: Iterable[bytes]) -> Kept:
    """Store what `chunks` hold under the draft. Raises Unfit; then nothing is stored."""
    folder = _folder(draft)
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, prefix="new-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            kept = _copy(chunks, out)
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(folder / kept.digest)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return kept


def _copy(chunks: Iterable[bytes], out: object) -> Kept:
    digest, size, head, tail = hashlib.sha256(), 0, b"", b""
    for chunk in chunks:
        size += len(chunk)
        if size > LARGEST:
            raise Unfit("large")
        head = head if len(head) >= _HEAD else (head + chunk)[:_HEAD]
        tail = (tail + chunk)[-_TAIL:]
        digest.update(chunk)
        out.write(chunk)  # type: ignore[attr-defined]
    if size == 0:
        raise Unfit("empty")
    return Kept(digest.hexdigest(), media_type(head, tail), size)


def media_type(head: bytes, tail: bytes) -> str:
    """What content is, by its first and last bytes. Raises Unfit.

    >>> media_type(b"%PDF-1.7 ...", b"... %%EOF")
    'application/pdf'
    """
    if head.startswith(b"%PDF-"):
        found, whole = "application/pdf", b"%%EOF" in tail
    elif head.startswith(b"\x89PNG\r\n\x1a\n"):
        found, whole = "image/png", b"IEND" in tail
    elif head.startswith(b"\xff\xd8\xff"):
        # a camera may add its own bytes after the picture, so the end proves nothing
        found, whole = "image/jpeg", True
    else:
        raise Unfit("kind")
    if not whole:
        raise Unfit("torn")
    return found


def path_of(draft: UUID, digest: str) -> Path:
    """Where a kept file lies."""
    if not _DIGEST.fullmatch(digest):
        raise ValueError(f"not a SHA-256: {digest!r}")
    return _folder(draft) / digest


def forget(draft: UUID, digest: str | None = None) -> None:
    """Remove one file of a draft, or all. What is already gone is no error."""
    if digest is None:
        shutil.rmtree(_folder(draft), ignore_errors=True)
        return
    path_of(draft, digest).unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        _folder(draft).rmdir()


def _folder(draft: UUID) -> Path:
    # the last digits are chance, so that folders spread evenly
    return Path(settings.ALLTING_FILES) / draft.hex[-2:] / draft.hex


def safe_name(name: str, media_type: str) -> str:
    """A file's name for people: no folders, no control or direction marks, and a true ending.

    >>> safe_name("C:\\\\Mina dokument\\\\ritning.exe", "application/pdf")
    'ritning.pdf'
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    clean = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*')
    stem = clean.rpartition(".")[0] or clean
    return (stem.strip(" .")[:100] or "file") + MEDIA_TYPES[media_type]
