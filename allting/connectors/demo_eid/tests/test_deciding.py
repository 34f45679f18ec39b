"""The whole way to a decision with a sign-in that is too old, in a browser without script."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from allting.cases.actions import do, finish_task
from allting.cases.models import Decision
from allting.cases.tests.people import a_case, client_of, people
from allting.cases.tests.town import published
from allting.connectors.demo_eid.people import DemoPerson
from allting.connectors.demo_eid.people import People as DemoPeople
from allting.identity.ports import Ports
from allting.identity.sessions import COOKIE
from allting.kernel.api import clock_at, now
from allting.register.api import find_person
from allting.register.looks import forget_looks
from allting.register.testing import actor, person
from tests.browser import WIDE, Look, follow

pytestmark = pytest.mark.django_db(transaction=True)


def test_signing_in_anew_and_going_on(
    browser: Browser,
    live_server: LiveServer,
    settings: LazySettings,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    home = tmp_path_factory.getbasetemp()
    settings.HOME, settings.BASE_URL = home, live_server.url
    settings.ALLTING_FILES = tmp_path / "files"
    settings.OIDC = {
        "issuer": f"{live_server.url}/demo-eid",
        "client_id": "allting",
        "client_key": f"{home}/sign-in-key.json",
    }
    forget_looks()
    published(tmp_path / "town")
    cast = people()
    bo = person("Bo", date(1985, 7, 9), surname="Test", identity_number="198507099805")
    chief = DemoPerson(bo.identity_number, "Bo", "Test", employee=True)
    monkeypatch.setattr(DemoPeople, "find", staticmethod(lambda query: [chief]))
    monkeypatch.setattr(Ports, "find_person", staticmethod(find_person))
    case = a_case(cast)
    do(cast.worker, case.id, "take", seen_stage="received")
    finish_task(cast.worker, case.id, "hear")
    with clock_at(now() - timedelta(minutes=20)):
        cookie = client_of(actor(bo, ("decision-maker", "education"))).cookies[COOKIE].value

    context = browser.new_context(viewport=WIDE, locale="sv", java_script_enabled=False)
    context.add_cookies([{"name": COOKIE, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/sv/desk/cases/{case.number}/do/decide/")
    page.locator("label", has_text="Avslag").click()
    page.locator("textarea[name=reason]").fill("Det finns ingen plats.")
    follow(page.get_by_role("button", name="Besluta"))

    look = Look(page, script=False)
    look.at("sign-in-anew", "sv")
    assert "Visa att det är du" in page.locator("h1").inner_text()
    assert not Decision.objects.exists()
    follow(page.get_by_role("button", name="Fortsätt"))
    follow(page.get_by_role("button", name="Bo Test"))

    assert page.url.endswith("/do/decide/")
    assert page.get_by_label("Avslag").is_checked()
    assert page.locator("textarea[name=reason]").input_value() == "Det finns ingen plats."
    look.at("decide-again", "sv")
    follow(page.get_by_role("button", name="Besluta"))
    assert page.url.endswith(f"/sv/desk/cases/{case.number}/")
    assert Decision.objects.get().reason == "Det finns ingen plats."
    context.close()
