"""The whole way: our sign-in and the demo e-ID, over real HTTP on this machine."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import httpx2
import pytest
from django.conf import LazySettings
from pytest_django.live_server_helper import LiveServer

from allting.connectors.demo_eid.people import DemoPerson, People
from allting.identity.api import Account
from allting.identity.ports import FoundPerson, Ports

pytestmark = pytest.mark.django_db(transaction=True)

ANNA = DemoPerson("198507099805", "Anna", "Andersson", {"sv": "förälder", "en": "a parent"})
BO = DemoPerson("191401682396", "Bo", "Berg", employee=True)
PERSON = UUID(int=7)


@pytest.fixture
def site(
    live_server: LiveServer,
    settings: LazySettings,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> httpx2.Client:
    home = tmp_path_factory.getbasetemp()  # one for the run: what is known of a provider is kept
    settings.HOME = home
    settings.BASE_URL = live_server.url
    settings.OIDC = {
        "issuer": f"{live_server.url}/demo-eid",
        "client_id": "allting",
        "client_key": f"{home}/sign-in-key.json",
    }
    found = lambda query: [p for p in (ANNA, BO) if query in p.identity_number or query in p.name]  # noqa: E731
    monkeypatch.setattr(People, "find", staticmethod(found))
    known = {ANNA.identity_number: FoundPerson(PERSON, "Anna Andersson")}
    monkeypatch.setattr(Ports, "find_person", staticmethod(known.get))
    return httpx2.Client(base_url=live_server.url)


def token_in(page: httpx2.Response) -> str:
    found = re.search(r'name="csrfmiddlewaretoken"\s+value="([^"]+)"', page.text)
    assert found, page.text[:500]
    return unescape(found[1])


def to_the_eid(site: httpx2.Client, next_page: str = "/sv/my/") -> httpx2.Response:
    page = site.get("/sv/sign-in/", params={"next": next_page})
    sent = site.post(
        "/sv/sign-in/", data={"next": next_page, "csrfmiddlewaretoken": token_in(page)}
    )
    assert sent.status_code == 302
    return site.get(sent.headers["Location"])


def pick(site: httpx2.Client, page: httpx2.Response, **choice: str) -> httpx2.Response:
    return site.post(str(page.url), data={"csrfmiddlewaretoken": token_in(page), **choice})


def test_a_resident_signs_in_and_out(site: httpx2.Client) -> None:
    page = to_the_eid(site)
    assert "Anna Andersson" in page.text
    assert "förälder" in page.text
    back = pick(site, page, person=ANNA.identity_number)
    assert back.status_code == 302
    inside = site.get(back.headers["Location"])
    assert inside.status_code == 302
    assert inside.headers["Location"] == "/sv/my/"
    account = Account.objects.get()
    assert (account.kind, account.person) == ("personal", PERSON)
    assert "HttpOnly" in inside.headers["set-cookie"]

    again = site.get("/sv/sign-in/")
    assert again.status_code == 302  # already signed in
    token = site.cookies["csrftoken"]
    out = site.post("/sv/sign-out/", headers={"X-CSRFToken": token})
    assert out.status_code == 302
    assert site.get("/sv/sign-in/").status_code == 200


def test_a_coordination_number_signs_in_without_being_a_person_of_the_register(
    site: httpx2.Client,
) -> None:
    back = pick(site, to_the_eid(site), person=BO.identity_number)
    site.get(back.headers["Location"])
    assert Account.objects.get().kind == "coordination"
    assert Account.objects.get().person is None


def test_stopping_is_not_an_error(site: httpx2.Client) -> None:
    back = pick(site, to_the_eid(site), cancel="1")
    page = site.get(back.headers["Location"])
    assert page.status_code == 200
    assert "Du avbröt inloggningen" in page.text


def test_a_code_serves_once(site: httpx2.Client) -> None:
    back = pick(site, to_the_eid(site), person=ANNA.identity_number)
    attempt = site.cookies["allting-sign-in"]
    assert site.get(back.headers["Location"]).status_code == 302
    site.cookies.set("allting-sign-in", attempt)
    second = site.get(back.headers["Location"])
    assert second.status_code == 400
    assert Account.objects.count() == 1


def test_an_answer_that_this_browser_did_not_ask_for_opens_nothing(site: httpx2.Client) -> None:
    back = pick(site, to_the_eid(site), person=ANNA.identity_number)
    site.cookies.delete("allting-sign-in")
    assert site.get(back.headers["Location"]).status_code == 400
    assert Account.objects.count() == 0


@pytest.mark.parametrize(
    "wanted", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "x"]
)
def test_sign_in_never_leads_to_another_site(site: httpx2.Client, wanted: str) -> None:
    back = pick(site, to_the_eid(site, wanted), person=ANNA.identity_number)
    assert site.get(back.headers["Location"]).headers["Location"] == "/sv/my/"


@pytest.mark.parametrize(
    ("name", "value"),
    [("redirect_uri", "https://elsewhere.example/"), ("client_id", "someone"), ("nonce", "")],
)
def test_the_eid_refuses_what_it_should(site: httpx2.Client, name: str, value: str) -> None:
    page = to_the_eid(site)
    asked = {k: v[0] for k, v in parse_qs(urlsplit(str(page.url)).query).items()}
    refused = site.get("/demo-eid/authorize", params={**asked, name: value})
    assert refused.status_code == 400


def test_without_pkce_there_is_no_code_and_a_stranger_gets_no_token(site: httpx2.Client) -> None:
    page = to_the_eid(site)
    asked = {k: v[0] for k, v in parse_qs(urlsplit(str(page.url)).query).items()}
    del asked["code_challenge"]
    assert site.get("/demo-eid/authorize", params=asked).status_code == 400
    nobody = site.post("/demo-eid/token", data={"grant_type": "authorization_code", "code": "x"})
    assert nobody.json()["error"] == "invalid_client"


def test_userinfo_wants_a_token(site: httpx2.Client) -> None:
    assert site.get("/demo-eid/userinfo").status_code == 401
    made_up = {"Authorization": "Bearer made-up"}
    assert site.get("/demo-eid/userinfo", headers=made_up).status_code == 401
