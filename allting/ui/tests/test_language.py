"""Which language a page speaks, and the way to the same page in another."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest
from django.test import Client

from allting.ui.api import plain, text, translator
from allting.ui.language import Translator, choose
from allting.ui.parts import come_back, language_links


@pytest.mark.parametrize(
    ("address", "accepts", "cookie", "spoken"),
    [
        ("/ui/", "", None, "sv"),
        ("/ui/", "en-GB,en;q=0.9,sv;q=0.8", None, "en"),
        ("/ui/", "fi,de;q=0.7", None, "sv"),
        ("/ui/", "en", "sv", "sv"),
        ("/ui/", "", "xx", "sv"),
        ("/ui/?language=en", "sv", "sv", "en"),
        ("/en/nowhere", "sv", "sv", "en"),
        ("/sv/nowhere", "en", "en", "sv"),
        ("/xx/nowhere", "en", None, "en"),
        ("/ui/", "sv;q=0,en;q=nonsense", None, "sv"),
    ],
)
def test_a_page_speaks(address: str, accepts: str, cookie: str | None, spoken: str) -> None:
    client = Client(headers={"Accept-Language": accepts})
    if cookie:
        client.cookies["language"] = cookie
    response = client.get(address)
    assert response.headers["Content-Language"] == spoken
    assert f'<html lang="{spoken}"' in response.content.decode()


def test_only_a_choice_against_the_browser_is_remembered() -> None:
    assert "language" not in Client(headers={"Accept-Language": "en"}).get("/en/x").cookies
    assert Client(headers={"Accept-Language": "sv"}).get("/en/x").cookies["language"].value == "en"
    assert Client().get("/ui/?language=en").cookies["language"].value == "en"
    assert "language" not in Client().get("/ui/?language=<script>").cookies


def test_the_front_door_leads_to_ones_own_language() -> None:
    response = Client(headers={"Accept-Language": "en"}).get("/")
    assert (response.status_code, response.headers["Location"]) == (302, "/en/")


def test_the_switch_stays_on_the_page(asked: Callable[..., HttpRequest]) -> None:
    (link,) = language_links(asked("/sv/services/x?q=b%C3%A5t&page=2"), "sv")
    assert (link.code, link.name) == ("en", "English")
    assert link.href == "/en/services/x?q=b%C3%A5t&page=2"
    (link,) = language_links(asked("/ui/"), "sv")
    assert link.href == "?language=en"
    (link,) = language_links(asked("/elsewhere?state=a%26b"), "sv")
    assert link.href == "?state=a%26b&language=en"


@pytest.mark.parametrize(
    ("path", "back"),
    [
        ("/sv/services/x?q=1&r=2", "?next=/sv/services/x%3Fq%3D1%26r%3D2"),
        ("/sv/sign-in/?next=/sv/my/", ""),
        ("/ui/", ""),
    ],
)
def test_who_signs_in_comes_back(path: str, back: str, asked: Callable[..., HttpRequest]) -> None:
    assert come_back(asked(path), "sv") == back


def test_sentences_in_swedish_and_english() -> None:
    swedish, english = translator("sv"), translator("en")
    assert (swedish("Back"), english("Back")) == ("Tillbaka", "Back")
    assert swedish("At most {n} characters", n=5) == "Högst 5 tecken"
    assert swedish.plural("One thing to mend", "{n} things to mend", 3) == "3 saker att rätta till"
    assert english.plural("One thing to mend", "{n} things to mend", 1) == "One thing to mend"


def test_a_language_without_sentences_falls_back_to_english() -> None:
    assert translator("de")("Back") == "Back"


def test_the_weight_of_a_wish_decides() -> None:
    assert choose(("sv", "en", "fi"), cookie=None, accepts="en;q=0.3, fi;q=0.9") == "fi"
    assert choose(("sv", "en"), cookie=None, accepts="x" * 100_000) == "sv"


def test_a_package_text_in_another_language_says_so() -> None:
    words = {"sv": "Förskola & fritids"}
    assert text(words, "en") == '<span lang="sv">Förskola &amp; fritids</span>'
    assert text(words, "sv") == "Förskola &amp; fritids"
    assert plain(words, "en") == "Förskola & fritids"
    assert text("<b>", "sv") == "&lt;b&gt;"
    assert text(None, "sv") == ""


def test_plural_forms_are_chosen_by_the_language() -> None:
    three = Translator("x", {}, {"{n} a": ("one", "few {n}", "many {n}")}, lambda n: min(n, 2))
    assert [three.plural("{n} a", "{n} as", n) for n in (0, 1, 5)] == ["one", "few 1", "many 5"]
