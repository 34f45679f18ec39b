"""Cases under way on one's own pages: drawn as paths, and many cost no more queries than few."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from allting.cases.models import Case, CaseEvent
from allting.forms.api import draft_at, start
from allting.kernel.api import now, today
from allting.packages.api import Edition, current, publish
from allting.portal.tests.conftest import client_of
from allting.register.testing import Family, actor

SOLVIK = Path(__file__).resolve().parents[3] / "packages" / "solvik"


@pytest.fixture
def town(db: None) -> Edition:
    """The demonstration municipality, as it stands in the repository."""
    publish(SOLVIK, by="Anna", why="the first version")
    return current()


def cases(edition: Edition, person: UUID, count: int) -> None:
    made = Case.objects.bulk_create(
        Case(
            number=f"BUN-2026-{n:06}",
            edition=edition.id,
            service="preschool-place",
            board="education",
            applicant=person,
            subject=person,
            language="sv",
            submission=uuid4(),
            stage="received",
            received_at=now(),
            due=today() + timedelta(days=120),
        )
        for n in range(count)
    )
    CaseEvent.objects.bulk_create(
        CaseEvent(
            case=case, at=now(), move="receive", part="system", to_stage="received", version=1
        )
        for case in made
    )


def queries(client: Client, page: str) -> int:
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


def test_a_case_is_a_path(town: Edition, people: Family) -> None:
    cases(town, people.mother.id, 1)
    page = client_of(people.mother).get("/sv/my/").text
    assert 'href="/sv/my/cases/BUN-2026-000000/"' in page
    assert "path--horizontal" in page
    assert "Du är här" in page
    assert "BUN-2026-000000" in client_of(people.mother).get("/sv/").text


def test_another_ones_case_is_not_shown(town: Edition, people: Family) -> None:
    cases(town, people.mother.id, 1)
    assert "BUN-2026" not in client_of(people.stranger).get("/sv/my/").text


@pytest.mark.parametrize("where", ["/sv/my/", "/sv/", "/sv/services/preschool-place/"])
def test_as_many_queries_with_ten_thousand_cases_as_with_ten(
    town: Edition, people: Family, where: str, settings: Any
) -> None:
    settings.ALLTING_EDITION_LOOK = 1000  # once a second a page also looks for a new edition
    client = client_of(people.mother)
    cases(town, people.mother.id, 10)
    few = queries(client, where)
    CaseEvent.objects.all().delete()
    Case.objects.all().delete()
    cases(town, people.mother.id, 10_000)
    assert queries(client, where) == few <= 10


def test_what_happens_then_is_drawn_on_the_service_page(town: Edition) -> None:
    page = Client().get("/sv/services/preschool-place/").text
    assert "Vad som händer sedan" in page


def test_the_start_button_leads_on_to_a_draft(town: Edition, people: Family) -> None:
    page = "/sv/services/preschool-place/"
    assert 'href="/sv/apply/preschool-place/"' in client_of(people.mother).get(page).text
    draft = start(actor(people.mother), "preschool-place", town, language="sv")
    address = f'href="{draft_at("sv", draft.id)}"'
    shown = client_of(people.mother).get(page).text
    assert "Fortsätt din ansökan" in shown
    assert address in shown
    assert address in client_of(people.mother).get("/sv/my/").text
    assert address not in client_of(people.father).get(page).text
