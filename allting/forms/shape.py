"""HTML with holes: drawn once for a published version, filled for each person."""

import re
from typing import Any

from markupsafe import Markup, escape

# private-use characters: no text of a package can hold them and no escaping touches them
_OPEN, _CLOSE = "\ue0f0", "\ue0f1"
_HOLE = re.compile(f"{_OPEN}(\\w+){_CLOSE}")


def hole(name: str) -> str:
    """What to give a template where a value will stand."""
    return f"{_OPEN}{name}{_CLOSE}"


class Shape:
    """A drawn template: literal pieces with named holes between them."""

    __slots__ = ("_pieces",)

    def __init__(self, html: str) -> None:
        self._pieces = _HOLE.split(html)

    def fill(self, values: dict[str, Any]) -> Markup:
        """The HTML with every hole filled; what is not Markup is escaped.

        >>> Shape(f"<b>{hole('name')}</b>").fill({"name": "<Åsa>"})
        Markup('<b>&lt;Åsa&gt;</b>')
        """
        pieces = list(self._pieces)
        for at in range(1, len(pieces), 2):
            pieces[at] = escape(values[pieces[at]])
        return Markup("".join(pieces))  # noqa: S704 (literal pieces were escaped when drawn)
