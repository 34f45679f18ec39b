"""What was looked for in vain: shown to editors, refused to all others."""

from datetime import date
from typing import Any

import pytest

from allting.catalogue.models import Missed
from allting.editing.tests.town import Staff

DAY = date(2026, 11, 2)
WHERE = "/sv/desk/package/searches/"


@pytest.fixture
def missed(db: Any) -> None:
    for words, sittings in (("hundrastgård", 12), ("bygglov", 7), ("", 2), ("", 1)):
        digest = f"{words}{sittings}"
        Missed.objects.create(
            language="sv", digest=digest, words=words, sittings=sittings, first=DAY, last=DAY
        )


def test_an_editor_sees_how_many_and_since_when(staff: Staff, missed: None) -> None:
    page = staff.amir.client.get(WHERE).text
    assert page.index("hundrastgård") < page.index("bygglov")
    assert "2 november 2026" in page
    assert page.count("Hittas nu") == 1
    assert "2 sökningar till" in page
    assert "Sökningar som inget hittade" in staff.amir.client.get("/sv/desk/package/").text


def test_others_are_refused(staff: Staff, missed: None) -> None:
    for one in (staff.birgitta, staff.anna, staff.maja):
        assert one.client.get(WHERE).status_code == 403
    assert "package/searches" not in staff.anna.client.get("/sv/desk/package/").text


def test_nothing_missed_is_told(staff: Staff) -> None:
    assert "förgäves" in staff.amir.client.get(WHERE).text


def test_it_costs_the_same_however_many_there_are(
    staff: Staff, missed: None, settings: Any, django_assert_max_num_queries: Any
) -> None:
    settings.ALLTING_EDITION_LOOK = 1000
    staff.amir.client.get(WHERE)
    with django_assert_max_num_queries(3):
        staff.amir.client.get(WHERE)
