"""What browsers fetch: gathered into one folder, named by content, kept for ever, compressed once.

Nothing is built: stylesheets are laid end to end, the rest is copied as it came.
"""

import gzip
import hashlib
import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings

HERE = Path(__file__).parent
VENDOR = HERE / "node_modules"
FONT = VENDOR / "@fontsource-variable" / "figtree" / "files"
SHEETS = (
    "base",
    "frame",
    "words",
    "forms",
    "sheet",
    "parts",
    "services",
    "path",
    "days",
    "steps",
    "cases",
    "places",
    "pictures",
    "print",
)

SOURCES: dict[str, tuple[Path, ...]] = {
    "figtree.woff2": (FONT / "figtree-latin-wght-normal.woff2",),
    "figtree-ext.woff2": (FONT / "figtree-latin-ext-wght-normal.woff2",),
    "allting.css": tuple(HERE / "styles" / f"{name}.css" for name in SHEETS),
    "desk.css": (HERE / "styles" / "desk.css",),
    "allting.js": tuple(HERE / "script" / f"{name}.js" for name in ("allting", "suggest")),
    "icon.svg": (HERE / "pictures" / "icon.svg",),
}
REFERENCE = re.compile(r"url\(([a-z-]+\.[a-z0-9]+)\)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SPACE = re.compile(r"\s*\n\s*")


def asset_url(name: str) -> str:
    """The address of `name`; it changes when the content does. Raises KeyError if there is none."""
    return f"{settings.STATIC_URL}{_served()[name][0]}"


def gather(folder: Path) -> list[Path]:
    """Write everything that is served into `folder`; files already there are left as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for served, content in _served().values():
        for place, data in _forms(folder / served, content):
            if not place.exists():
                _write(place, data)
            written.append(place)
    return written


def missing() -> list[Path]:
    """Source files that are not there; fonts and icons come with `npm ci`."""
    return [path for parts in SOURCES.values() for path in parts if not path.exists()]


def weights() -> dict[str, int]:
    """What each asset costs on the wire, in bytes."""
    return {name: min(len(d) for _, d in _forms(Path(served), content))
            for name, (served, content) in _served().items()}  # fmt: skip


@lru_cache(maxsize=1)
def _served() -> dict[str, tuple[str, bytes]]:
    """name → (name with a mark of its content, content); fonts first, for sheets name them."""
    served: dict[str, tuple[str, bytes]] = {}
    for name, parts in SOURCES.items():
        content = b"".join(part.read_bytes() for part in parts if part.exists())
        if name.endswith(".css"):
            content = _sheet(content.decode(), {known: mark for known, (mark, _) in served.items()})
        mark = hashlib.sha256(content).hexdigest()[:12]
        stem, _, ending = name.rpartition(".")
        served[name] = (f"{stem}.{mark}.{ending}", content)
    return served


def _sheet(source: str, names: dict[str, str]) -> bytes:
    bare = SPACE.sub("\n", COMMENT.sub("", source))
    return REFERENCE.sub(lambda m: f"url({names[m[1]]})", bare).encode()


def _forms(place: Path, content: bytes) -> list[tuple[Path, bytes]]:
    if place.suffix == ".woff2":  # compressed already
        return [(place, content)]
    packed = gzip.compress(content, 9, mtime=0)
    return [(place, content), (place.with_name(place.name + ".gz"), packed)]


def _write(place: Path, data: bytes) -> None:
    """All or nothing: another process may be gathering, or serving, at the same time."""
    draft = place.with_name(f".{place.name}.{id(data)}")
    draft.write_bytes(data)
    draft.replace(place)
