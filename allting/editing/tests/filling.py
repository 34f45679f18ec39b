"""Forms filled in as a browser would."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from django.test import Client

BASE = "/sv/desk/package/"


def filled(page: str) -> dict[str, str]:
    """The fields of a form as a browser would send them."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", page):
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if attributes.get("type", "text") not in ("checkbox", "radio") and "name" in attributes:
            found[attributes["name"]] = unescape(attributes.get("value", ""))
    areas = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', page, re.S)
    found |= {name: unescape(text) for name, text in areas}
    for name, inner in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.findall(r'<option value="([^"]*)" selected', inner)
        found[name] = chosen[0] if chosen else ""
    return found


def change(client: Client, address: str, fields: Mapping[str, str] | None = None) -> Any:
    """Fill in a form as it stands but for some fields, and send it."""
    page = client.get(address)
    assert page.status_code == 200, page.text
    return client.post(address, {**filled(page.text), **(fields or {})})
