"""Someone who uses the municipality over HTTP as a browser without JavaScript would.

Reads the forms that pages hold and sends them back filled in: what a page does not offer cannot
be sent by mistake.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx2


@dataclass
class Form:
    """A form on a page: where it goes, and what it would send as it stands."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    offered: dict[str, set[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _Forms(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._select: str | None = None
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._open)
        elif self._open is not None:
            self._field(tag, given, self._open)

    def _field(self, tag: str, given: dict[str, str], form: Form) -> None:
        name = given.get("name", "")
        if tag == "button" and name:
            form.buttons.append((name, given.get("value", "")))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            form.offered.setdefault(self._select, set()).add(given.get("value", ""))
            if "selected" in given:
                form.values[self._select] = [given.get("value", "")]
        elif tag == "textarea":
            self._area = name
            form.values[name] = [""]
        elif tag == "input" and name:
            self._input(given, name, form)

    def _input(self, given: dict[str, str], name: str, form: Form) -> None:
        value = given.get("value", "on" if given.get("type") == "checkbox" else "")
        form.offered.setdefault(name, set()).add(value)
        if given.get("type") in ("radio", "checkbox") and "checked" not in given:
            return
        if given.get("type") not in ("file", "submit"):
            form.values.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        if self._open is not None and self._area:
            self._open.values[self._area] = [self._open.values[self._area][0] + data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None


def forms_in(page: httpx2.Response) -> list[Form]:
    """Every form of the page."""
    parser = _Forms()
    parser.feed(page.text)
    return parser.forms


def form_with(page: httpx2.Response, *names: str, action: str = "") -> Form:
    """The form that has all the fields or buttons `names`, and `action` in its address."""
    for form in forms_in(page):
        known = set(form.values) | set(form.offered) | {name for name, _ in form.buttons}
        if set(names) <= known and action in form.action and form.method == "post":
            return form
    raise AssertionError(f"{page.url} has no form with {names} {action}:\n{page.text[:3000]}")


class Visitor:
    """A person with a browser of their own."""

    def __init__(self, url: str) -> None:
        self.http = httpx2.Client(base_url=url, follow_redirects=True, timeout=120)

    def get(self, path: str) -> httpx2.Response:
        """The page at `path`, redirects followed."""
        return self.http.get(path)

    def send(
        self, page: httpx2.Response, *names: str, action: str = "", **values: str | list[str]
    ) -> httpx2.Response:
        """Fill in and send the page's form that has `names` (or the names of `values`)."""
        form = form_with(page, *(names or tuple(values)), action=action)
        filled: dict[str, str | list[str]] = {**form.values, **values}
        return self.http.post(page.url.join(form.action), data=filled)

    def main_form(self, page: httpx2.Response) -> Form:
        """The form that a page is about: not the ones in its header."""
        mine = [f for f in forms_in(page) if f.method == "post" and "sign-out" not in f.action]
        assert mine, f"{page.url} has no form of its own:\n{page.text[:3000]}"
        return mine[0]

    def fill(self, page: httpx2.Response, **values: str | list[str]) -> httpx2.Response:
        """Fill in the page's own form and send it."""
        form = self.main_form(page)
        return self.http.post(page.url.join(form.action), data={**form.values, **values})

    def sign_in(self, number: str, language: str = "sv") -> httpx2.Response:
        """Through the demo e-ID, as the person with this identity number; the page after it."""
        page = self.get(f"/{language}/sign-in/?next=/{language}/my/")
        pick = self.send(page, "next", action="sign-in")
        return self.http.post(
            pick.url, data={**form_with(pick, "csrfmiddlewaretoken").values, "person": number}
        )
