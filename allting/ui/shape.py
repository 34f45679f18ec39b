"""HTML with holes: drawn once for a published version, filled for each person."""

import re
from types import SimpleNamespace
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


class Anyone:
    """Stands for whoever asks while a whole page is drawn once: what is theirs is a hole.

    The holes are `me` and `csrf`. It has only what the frame may use; a frame that wants more of
    a person fails here, loudly.
    """

    method = "GET"

    def __init__(self, path: str, query: str, language: str, *, employee: bool) -> None:
        self.path = self.path_info = path
        self.META = {"QUERY_STRING": query}
        self.language = language
        self.form_key = hole("csrf")
        self.actor = SimpleNamespace(name=hole("me"), roles=(employee,) if employee else ())

    def get_full_path(self) -> str:
        """The address, as far as it is the same for everyone."""
        return self.path
