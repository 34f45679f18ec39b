"""Icons (Lucide) and the house's own line drawings, inlined in the colours of the page."""

import re
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from allting.ui.assets import HERE, VENDOR

ICONS = VENDOR / "lucide-static" / "icons"
PICTURES = HERE / "pictures"
BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
VIEW = re.compile(r'viewBox="([^"]+)"')
NAME = re.compile(r"[a-z0-9-]+")


@lru_cache(maxsize=256)
def icon(name: str) -> Markup:
    """A Lucide icon by name, drawn in the colour of the text; says nothing to a screen reader.

    Raises LookupError for a name that Lucide does not have. Without `npm ci` the place stays empty.
    """
    if not ICONS.exists():
        return Markup('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"></svg>')
    body, _ = _drawing(ICONS, name, "icon")
    return Markup(  # noqa: S704 (a file of ours or of Lucide)
        f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{body}</svg>'
    )


@lru_cache(maxsize=64)
def picture(name: str) -> Markup:
    """A line drawing of the house. Raises LookupError for one that nobody has drawn."""
    body, view = _drawing(PICTURES, name, "picture")
    return Markup(  # noqa: S704 (a file of ours)
        f'<svg class="picture picture--{name}" viewBox="{view}" aria-hidden="true"'
        f' focusable="false">{body}</svg>'
    )


def pictures() -> list[str]:
    """The names of every drawing."""
    return sorted(file.stem for file in PICTURES.glob("*.svg") if file.stem != "icon")


def _drawing(folder: Path, name: str, kind: str) -> tuple[str, str]:
    file = folder / f"{name}.svg"
    if not NAME.fullmatch(name) or not file.exists():
        raise LookupError(f"there is no {kind} called '{name}' in {folder.name}")
    source = file.read_text(encoding="utf-8")
    body, view = BODY.search(source), VIEW.search(source)
    if body is None or view is None:
        raise LookupError(f"{kind} '{name}' is not a drawing: no <svg viewBox=…>")
    return re.sub(r"\s+", " ", body[1]).strip(), view[1]
