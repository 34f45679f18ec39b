"""Pages for everyone: there in both languages, kept as bytes, and never the same for two readers
where they should differ."""

import gzip

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from allting.kernel.api import clock_at
from allting.packages.api import Edition
from allting.portal import interest
from allting.portal.interest import keep, popular, tally
from allting.portal.models import Interest
from allting.portal.tests.conftest import MORNING, client_of
from allting.register.testing import Family

PAGES = [
    "", "services/", "services/preschool-place/", "services/building-permit/",
    "life-events/having-a-child/", "search/", "search/?q=dagis", "search/?q=xyzzy", "about/",
    "accessibility/",
]  # fmt: skip


@pytest.fixture
def visitor() -> Client:
    return Client()


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("where", PAGES)
def test_every_page_is_there(solvik: Edition, visitor: Client, language: str, where: str) -> None:
    response = visitor.get(f"/{language}/{where}")
    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.text
    assert "\x02" not in response.text
    assert not response.cookies or "csrftoken" not in response.cookies


@pytest.mark.parametrize("where", ["services/moon/", "life-events/moon/", "my/inbox/moon/"])
def test_what_is_not_there_is_said(solvik: Edition, visitor: Client, where: str) -> None:
    assert visitor.get(f"/sv/{where}").status_code == 404


def test_a_language_that_nobody_speaks_is_not_there(solvik: Edition, visitor: Client) -> None:
    assert visitor.get("/fi/services/").status_code == 404


def test_pages_are_read_only(solvik: Edition, visitor: Client) -> None:
    assert visitor.post("/sv/services/").status_code == 405


def test_a_page_that_has_not_changed_is_not_sent_again(solvik: Edition, visitor: Client) -> None:
    first = visitor.get("/sv/services/preschool-place/")
    again = visitor.get(
        "/sv/services/preschool-place/", headers={"if-none-match": first.headers["ETag"]}
    )
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["ETag"] == first.headers["ETag"]
    assert first.headers["Cache-Control"] == "public, no-cache"


def test_a_page_goes_out_compressed_to_those_who_can(solvik: Edition, visitor: Client) -> None:
    plain = visitor.get("/sv/services/preschool-place/")
    packed = visitor.get("/sv/services/preschool-place/", headers={"accept-encoding": "br, gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert packed.headers["Vary"] == "Accept-Encoding, Cookie"


def test_a_public_page_asks_the_database_nothing(solvik: Edition, visitor: Client) -> None:
    visitor.get("/sv/services/preschool-place/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        visitor.get("/sv/services/preschool-place/")
    assert len(asked) == 0


def test_open_now_is_true_at_every_moment(solvik: Edition, visitor: Client) -> None:
    page = "/sv/services/preschool-place/"
    assert "Öppet nu, till 16:30" in visitor.get(page).text
    with clock_at(MORNING.replace(hour=18)):
        assert "Stängt nu, öppnar i morgon kl. 08:00" in visitor.get(page).text
    assert "Öppet nu, till 16:30" in visitor.get(page).text
    with clock_at(MORNING.replace(hour=15, minute=29)):
        assert "Öppet nu, till 16:30" in visitor.get(page).text
    with clock_at(MORNING.replace(hour=15, minute=30)):
        assert "Stängt nu, öppnar i morgon kl. 08:00" in visitor.get(page).text
    with clock_at(MORNING.replace(hour=23, minute=30)):  # past midnight in Sweden
        assert "Stängt nu, öppnar i dag kl. 08:00" in visitor.get(page).text


def test_a_service_page_says_what_the_product_is(solvik: Edition, visitor: Client) -> None:
    page = visitor.get("/sv/services/preschool-place/").text
    for said in (
        "Plats i förskola", "Barnet har fyllt ett år", "Oftast 6 veckor", "Högst 4 månader",
        "Barn- och utbildningsnämnden", "Skollagen 8 kap. 14 §", "Per telefon",
        "Besök oss", "Så går det till", "Senast genomläst 15 oktober 2026 av Barnomsorgen",
        "Beror på ditt hushåll",
    ):  # fmt: skip
        assert said in page


def test_what_must_come_first_is_drawn_on_the_way(solvik: Edition, visitor: Client) -> None:
    page = visitor.get("/en/services/building-permit/").text
    assert page.index("New-construction map</a>") < page.rindex("You are here")
    assert "It may be at most 2 years old." in page


def test_search_finds_and_escapes(solvik: Edition, visitor: Client) -> None:
    assert "En träff på ”dagis”" in visitor.get("/sv/search/?q=dagis").text
    hostile = visitor.get("/sv/search/", {"q": '<script>alert("1")</script>'}).text
    assert "<script>alert" not in hostile
    assert "Alla tjänster från A till Ö" in hostile


def test_what_others_look_for_is_counted_without_knowing_who(
    solvik: Edition, visitor: Client
) -> None:
    tally.take()
    visitor.get("/sv/services/building-permit/")
    visitor.get("/en/services/building-permit/")
    looks = tally.take()
    assert looks == {"building-permit": 2}
    keep(looks, MORNING.date())
    keep(looks, MORNING.date())
    assert popular(MORNING.date()) == ("building-permit",)
    assert "Det andra letar efter" in visitor.get("/sv/").text


def test_looks_are_written_when_the_minute_is_over_and_wait_when_they_cannot_be(
    solvik: Edition, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interest, "PAUSE", 0.0)
    with monkeypatch.context() as broken:
        broken.setattr(interest, "keep", _locked)
        assert visitor.get("/sv/services/building-permit/").status_code == 200
    assert popular(MORNING.date()) == ()
    visitor.get("/sv/services/building-permit/")
    assert popular(MORNING.date()) == ("building-permit",)
    assert Interest.objects.get().looks == 2


def _locked(looks: object, day: object) -> None:
    raise OperationalError("database is locked")


def test_nobody_sees_another_ones_name(solvik: Edition, people: Family, visitor: Client) -> None:
    page = "/sv/services/preschool-place/"
    assert "Maja Berg" in client_of(people.mother).get(page).text
    assert "Gun Berg" in client_of(people.stranger).get(page).text
    assert "Berg" not in visitor.get(page).text
    private = client_of(people.mother).get(page)
    assert private.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in private.headers
