"""Pages and components: every one is drawn, in every state, as sound HTML that keeps to itself."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest
from django.middleware.csrf import (  # type: ignore[attr-defined]
    CSRF_TOKEN_LENGTH,
    _does_token_match,
    _get_new_csrf_string,
)
from django.test import Client
from jinja2 import nodes
from jinja2.exceptions import UndefinedError

from allting.ui import failures, style
from allting.ui.api import fragment, icon, markdown, picture, pictures, render
from allting.ui.assets import HERE
from allting.ui.fields import masked
from allting.ui.ports import Frame, frame_from
from allting.ui.templating import environment

EXAMPLES = ["/ui/", "/ui/home", "/ui/form", "/ui/desk"]
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"}


class Sound(HTMLParser):
    """Reads a page and notes what is not as it should be."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.named: list[tuple[str, str]] = []
        self.faults: list[str] = []
        self.feed(page)
        self.faults += [f"<{tag}> is never closed" for tag in self.open]
        self.faults += [f"id {one} twice" for one in {i for i in self.ids if self.ids.count(i) > 1}]
        self.faults += [f"{how} names {who}" for how, who in self.named if who not in self.ids]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        names = [name for name, _ in attrs]
        self.faults += [f"<{tag}> has {n} twice" for n in set(names) if names.count(n) > 1]
        self.faults += [f"<{tag}> has {n}" for n in names if n == "style" or n.startswith("on")]
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        for how in ("for", "aria-describedby", "aria-labelledby"):
            self.named += [(how, who) for who in given.get(how, "").split()]
        if tag == "script" and not given.get("src"):
            self.faults.append("a script inside the page")
        if tag == "style":
            self.faults.append("a style inside the page")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1:]}")
        else:
            self.open.pop()


def test_a_masked_secret_is_one_that_the_guard_of_forms_takes() -> None:
    for _ in range(50):
        secret = _get_new_csrf_string()
        one, other = masked(secret), masked(secret)
        assert one != other and len(one) == CSRF_TOKEN_LENGTH
        assert _does_token_match(one, secret) and _does_token_match(other, secret)
        assert not _does_token_match(one, _get_new_csrf_string())


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("address", [*EXAMPLES, "/sv/nowhere"])
def test_a_page_is_sound(address: str, language: str) -> None:
    page = Client().get(address, {"language": language}).content.decode()
    assert Sound(page).faults == []


def test_an_unsound_page_would_be_found() -> None:
    page = '<p id="a" id="b"><b></p><i style="x"><label for="z">'
    assert len(Sound(page).faults) >= 5


def test_the_style_page_shows_every_component() -> None:
    source = (HERE / "templates/ui/components.html").read_text("utf-8")
    macros = {m.name for m in environment("en").parse(source).find_all(nodes.Macro)}
    shown = "".join(f.read_text("utf-8") for f in HERE.glob("templates/ui/style*.html"))
    public = {name for name in macros if not name.startswith("_")}
    assert len(public) > 25
    assert {name for name in public if f"c.{name}(" not in shown} == {"icon"}


def test_the_style_page_is_for_the_demonstration_only(settings: Any) -> None:
    settings.DEMO = False
    assert Client().get("/ui/").status_code == 404


def test_the_page_knows_who_reads_it(asked: Callable[..., HttpRequest]) -> None:
    context = {**style.samples(), "t": style.both}

    def page(**who: Any) -> str:
        request = asked("/sv/x?y=1", **who)
        return render(request, "ui/style-home.html", context).content.decode()

    nobody, resident = page(), page(name="Sara Lindqvist")
    employee = page(name="Karin Berg", roles=("administrator",))
    assert 'href="/sv/sign-in/?next=/sv/x%3Fy%3D1"' in nobody
    assert "Sara Lindqvist" in resident
    assert 'action="/sv/sign-out/"' in resident
    assert "/sv/desk/" not in resident
    assert "/sv/desk/" in employee


def test_what_a_page_is_not_told_is_an_error(asked: Callable[..., HttpRequest]) -> None:
    with pytest.raises(UndefinedError):
        render(asked(), "ui/style-home.html")


def test_the_frame_is_drawn_anew_when_another_is_published(
    asked: Callable[..., HttpRequest],
) -> None:
    before = render(asked(), "ui/failures/absent.html").content.decode()
    frame_from(lambda: other)
    other = Frame(name={"sv": "Bergviks kommun"}, languages=("sv",))
    after = render(asked(), "ui/failures/absent.html").content.decode()
    assert "Solviks kommun" in before
    assert "Bergviks kommun" in after
    assert "hreflang" not in after


FAILURES = {
    failures.wrong: (400, "Det där förstod vi inte"),
    failures.refused: (403, "Den här sidan är till för någon annan"),
    failures.absent: (404, "Vi hittar inte den sidan"),
    failures.expired: (403, "Sidan hade varit öppen för länge"),
    failures.broken: (500, "Något gick fel hos oss"),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failure_has_a_page(failure: Any, asked: Callable[..., HttpRequest]) -> None:
    response = failure(asked())
    status, title = FAILURES[failure]
    page = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{title}</h1>" in re.sub(r"\s*(</?h1>)\s*", r"\1", page)
    assert Sound(page).faults == []
    assert response.headers["Cache-Control"] == "no-store"


def test_a_form_without_its_key_is_told_kindly() -> None:
    response = Client(enforce_csrf_checks=True).post("/sv/anything", {"a": "b"})
    assert response.status_code in (403, 404)
    response = Client(enforce_csrf_checks=True).post("/ui/form", {"a": "b"})
    assert response.status_code == 403
    assert "varit öppen för länge" in response.content.decode()


def test_when_even_the_frame_is_broken_a_bare_page_is_shown(
    asked: Callable[..., HttpRequest],
) -> None:
    def no_frame() -> Frame:
        raise RuntimeError

    frame_from(no_frame)
    response = failures.broken(asked())
    assert response.status_code == 500
    assert "Något gick fel hos oss" in response.content.decode()


def test_drawings_and_icons() -> None:
    promised = (
        "child wedding house moving school ageing loss work map empty-inbox done lost queue morning"
    )
    assert set(promised.split()) <= set(pictures())
    for name in pictures():
        drawn = picture(name)
        assert Sound(str(drawn)).faults == []
        assert not re.search(r"(fill|stroke)=|#[0-9a-f]{3}", str(drawn)), (
            f"{name} has its own colours"
        )
    assert "<path" in icon("check")
    with pytest.raises(LookupError, match="no icon called 'chekc'"):
        icon("chekc")
    with pytest.raises(LookupError):
        picture("../package")


def test_a_package_text_cannot_break_out() -> None:
    env = environment("sv")
    page = env.from_string(
        '{% import "ui/components.html" as c %}'
        "{{ c.text_field(bad, bad, bad, hint=bad, error=bad, suffix=bad) }}"
        "{{ c.card(bad, bad, bad) }}{{ c.radios(bad, bad, [(bad, bad, bad)], bad) }}"
        "{{ c.path([{'title': bad, 'text': bad, 'href': bad, 'state': 'now'}], bad) }}"
        "{{ c.table(bad, [bad], [[bad]]) }}{{ c.summary_list([{'key': bad, 'value': bad}]) }}"
    ).render(bad='"><script>alert(1)</script>')
    assert "<script" not in page


def test_markdown_of_a_stranger_is_harmless() -> None:
    page = markdown(
        "[x](javascript:alert(1)) ![x](http://y/z.png)\n\n<iframe src=x>\n\n# T\n", shift=1
    )
    assert "javascript" not in re.sub(r"\[x\]\(javascript:alert\(1\)\)", "", page)
    assert "<iframe" not in page
    assert "<img" not in page
    assert "<h2>T</h2>" in page


def test_dates_and_fields_show_again_what_was_typed() -> None:
    page = (
        environment("sv")
        .from_string(
            '{% import "ui/components.html" as c %}'
            '{{ c.date_field("d", "När?", {"year": "2027", "month": "x", "day": ""}) }}'
            '{{ c.text_field("n", "Namn", None) }}{{ c.textarea("t", "Text", "a\\n<b>") }}'
        )
        .render()
    )
    assert 'value="2027"' in page
    assert 'value="x"' in page
    assert "None" not in page
    assert "a\n&lt;b&gt;</textarea>" in page


def test_fragments_are_pieces_in_one_language() -> None:
    frame = SimpleNamespace(nav=(), search="/search/")
    assert "Sök" in fragment("sv", "ui/parts/nav.html", {"frame": frame})
    assert "Search" in fragment("en", "ui/parts/nav.html", {"frame": frame})
