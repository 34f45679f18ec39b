"""What form components accept, in the one shape that the templates draw."""

import os
from collections.abc import Iterable, Mapping
from datetime import date
from operator import add
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CSRF_SECRET_LENGTH, get_token
from markupsafe import Markup

_LETTERS = CSRF_ALLOWED_CHARS.encode()
_MOST = len(_LETTERS)
# what becomes of each byte: its place among the letters, and the letter at a place, round and round
_PLACES = bytes(max(0, _LETTERS.find(byte)) for byte in range(256))
_ROUND = bytes(byte % _MOST for byte in range(256))
_LETTER_AT = bytes(_LETTERS[place] for place in _ROUND)


class Option(NamedTuple):
    """One thing to choose."""

    value: str
    label: Any
    hint: Any = None


def token(request: HttpRequest) -> str:
    """The key that proves a form came from our own page; masked once per page, not per form."""
    known: str | None = getattr(request, "form_key", None)
    if known is None:
        secret = request.META.get("CSRF_COOKIE")
        if secret is None or len(secret) != CSRF_SECRET_LENGTH:
            known = get_token(request)
        else:  # the browser has its cookie, for a year: no need to send it with every page
            known = masked(secret)
        request.form_key = known  # type: ignore[attr-defined]
    return known


def masked(secret: str) -> str:
    """The secret as Django masks it, with chance drawn once.

    Django draws each of the 32 letters by a system call of its own, and at each of them another
    thread may take over: under load that costs more than the rest of a page.
    """
    mask = os.urandom(CSRF_SECRET_LENGTH).translate(_ROUND)
    cipher = bytes(map(add, mask, secret.encode().translate(_PLACES)))
    return (mask + cipher).translate(_LETTER_AT).decode()


def its(thing: Any, name: str) -> Any:
    """What `thing` (a dict or an object) says under `name`; None when it says nothing.

    >>> its({"title": "Home"}, "title"), its({"title": "Home"}, "href")
    ('Home', None)
    """
    return thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, None)


def options_of(options: Iterable[Any]) -> list[Option]:
    """Options from dicts (`value` or `id`, `label` or `text`, `hint`) or tuples.

    >>> options_of([("a", "Aspen"), {"id": "b", "label": "Birch", "hint": "White"}])[1].hint
    'White'
    """
    return [_option(option) for option in options]


def _option(option: Any) -> Option:
    if isinstance(option, Mapping):
        value = option["value"] if "value" in option else option["id"]
        label = option["label"] if "label" in option else option["text"]
        return Option(str(value), label, option.get("hint"))
    if isinstance(option, str):
        return Option(option, option)
    return Option(str(option[0]), *option[1:])


def described(name: str, hint: Any, error: Any) -> Markup:
    """What ties a field to its hint and to what is wrong with it.

    >>> described("phone", None, "Too short")
    Markup(' aria-describedby="phone-error" aria-invalid="true"')
    """
    notes = [f"{name}-{kind}" for kind, said in (("hint", hint), ("error", error)) if said]
    if not notes:
        return Markup("")
    wrong = Markup(' aria-invalid="true"') if error else Markup("")
    return Markup(' aria-describedby="{}"').format(" ".join(notes)) + wrong


def date_parts(value: Any) -> dict[str, str]:
    """Year, month and day to show again, also when what was typed is no date.

    >>> date_parts("2026-06-05") == date_parts({"year": "2026", "month": "6", "day": 5})
    True
    """
    if not value:
        return {"year": "", "month": "", "day": ""}
    if isinstance(value, Mapping):
        return {key: str(value.get(key) or "") for key in ("year", "month", "day")}
    day = value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
    return {"year": str(day.year), "month": str(day.month), "day": str(day.day)}
