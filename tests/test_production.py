"""In production: behind a server that takes off the encryption, with somebody else's e-ID."""

import runpy
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client, override_settings

from allting.identity import views
from allting.identity.oidc import Attempt
from config.required import lacking
from tests.floors import ROOT

ADDRESS, PROVIDER = "https://solvik.example", "https://login.broker.example/oidc"
TAKEN = ("BASE_URL", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "CSRF_COOKIE_SECURE", "OIDC")


@pytest.fixture
def production(settings: Any, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """The settings that an operator's environment gives."""
    for name, value in (
        ("ALLTING_BASE_URL", f"{ADDRESS}/"),
        ("ALLTING_DEMO", "0"),
        ("ALLTING_SECRET", "s" * 50),
        ("ALLTING_OIDC_ISSUER", PROVIDER),
    ):
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("ALLTING_HOSTS", raising=False)
    made = runpy.run_path(str(ROOT / "config/settings.py"))
    for name in TAKEN:
        setattr(settings, name, made[name])


def led(**_: Any) -> tuple[str, Attempt]:
    return f"{PROVIDER}/authorize", Attempt("s", "n", "v", "/sv/my/", "sv")


def sent(origin: str) -> Any:
    """What a browser sends from the sign-in page; the request arrives without encryption."""
    client = Client(enforce_csrf_checks=True, headers={"host": "solvik.example", "origin": origin})
    page = client.get("/sv/sign-in/")
    assert page.status_code == 200
    key = client.cookies["csrftoken"].value
    client.cookies["csrftoken"]["secure"] = ""
    return client.post("/sv/sign-in/", {"csrfmiddlewaretoken": key})


def test_a_form_of_our_own_address_is_taken(
    production: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "begin", led)
    answer = sent(ADDRESS)
    assert (answer.status_code, answer["Location"]) == (302, f"{PROVIDER}/authorize")
    assert answer.cookies["allting-sign-in"]["secure"]
    assert sent("https://evil.example").status_code == 403


def test_the_form_may_end_at_the_provider(production: None) -> None:
    """Browsers ask `form-action` also of where the answer to a form leads."""
    client = Client(headers={"host": "solvik.example"})
    for address in ("/sv/sign-in/", "/sv/sign-in/?fresh=1", "/sign-in/callback"):
        policy = client.get(address)["Content-Security-Policy"]
        assert policy.endswith("form-action 'self' https: https://login.broker.example"), address
    assert client.get("/ui/")["Content-Security-Policy"].endswith("form-action 'self'")


def test_what_is_not_set_is_told_before_anything_is_opened(settings: Any) -> None:
    settings.DEMO = False
    settings.OIDC = {"issuer": "", "client_key": "", "client_secret": ""}
    with override_settings(SECRET_KEY=""), pytest.raises(CommandError) as caught:
        call_command("run", port=0)
    for name in ("ALLTING_SECRET", "ALLTING_OIDC_ISSUER", "ALLTING_OIDC_KEY"):
        assert f"\n  {name}, " in str(caught.value)
    settings.OIDC = {**settings.OIDC, "issuer": PROVIDER}
    assert [one.partition(",")[0] for one in lacking()] == ["ALLTING_OIDC_KEY"]
    settings.DEMO = True
    assert lacking() == []


def test_the_demonstration_leads_nowhere_else(db: None) -> None:
    policy = Client().get("/sv/sign-in/")["Content-Security-Policy"]
    assert policy.endswith("form-action 'self'")
