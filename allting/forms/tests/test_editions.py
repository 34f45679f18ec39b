"""A draft keeps to the version it was begun under, and says so when its service is gone."""

from pathlib import Path

import pytest

from allting.forms.models import Draft, Submission
from allting.forms.tests.municipality import PRESCHOOL, PRESCHOOL_FORM, published
from allting.forms.tests.walking import START, answer, answered, begun, client_of, send
from allting.packages.api import Edition
from allting.register.testing import Family

CHANGED = PRESCHOOL_FORM.replace("När vill ni börja?", "Vilken dag vill ni börja?")


def test_a_draft_continues_under_its_version(vik: Edition, people: Family, tmp_path: Path) -> None:
    client = client_of(people.mother)
    base = begun(client)
    answer(client, base + "child/", child=people.baby.id)
    newer = published(tmp_path / "later", services__preschool__form=CHANGED)
    assert newer.id != vik.id
    assert "När vill ni börja?" in client.get(base + "start/").content.decode()
    answer(client, base + "start/", **START)
    answer(client, base + "hours/", extent="full-time")
    answer(client, base + "places/", places_1="masken")
    answer(client, base + "contact/", phone="070-174 06 05", email="maja@epost.example")
    send(client, base)
    assert Submission.objects.get().edition == vik.id


def test_a_new_draft_begins_under_the_new_version(
    vik: Edition, people: Family, tmp_path: Path
) -> None:
    client = client_of(people.mother)
    begun(client)
    newer = published(tmp_path / "later", services__preschool__form=CHANGED)
    begun(client)
    assert set(Draft.objects.values_list("edition", flat=True)) == {vik.id, newer.id}


GONE: dict[str, dict[str, str | None]] = {
    "taken away": {"services__preschool__service": None, "services__preschool__form": None},
    "closed": {
        "services__preschool__service": PRESCHOOL.replace("status: active", "status: closed")
    },
}


@pytest.mark.parametrize("how", GONE)
def test_a_service_that_is_gone(vik: Edition, people: Family, tmp_path: Path, how: str) -> None:
    client = client_of(people.mother)
    base = answered(client, people.baby.id)
    published(tmp_path / "later", **GONE[how])
    for page in ("", "start/", "check/"):
        answer_ = client.get(base + page)
        assert answer_.status_code == 410
        said = answer_.content.decode()
        assert "Det här går inte längre att göra här" in said
        assert "+46 10 555 00 00" in said
    assert client.post(base + "submit/", {"version": "6"}).status_code == 410
    assert not Submission.objects.exists()
    assert client.post(base + "delete/").status_code == 302
    assert not Draft.objects.exists()


def test_a_version_that_cannot_be_read_any_more(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    base = begun(client)
    Draft.objects.update(edition=999)
    assert client.get(base).status_code == 410
    assert client.get(base + "delete/").status_code == 200


def test_a_receipt_outlives_its_service(vik: Edition, people: Family, tmp_path: Path) -> None:
    client = client_of(people.mother)
    base = answered(client, people.baby.id)
    receipt = send(client, base)
    published(tmp_path / "later", **GONE["taken away"])
    assert client.get(receipt).status_code == 200
    assert client.get(base)["Location"] == receipt


def test_a_service_that_cannot_be_applied_for_here(
    vik: Edition, people: Family, tmp_path: Path
) -> None:
    client = client_of(people.mother)
    published(tmp_path / "later", **GONE["closed"])
    page = client.get("/sv/apply/preschool/")
    assert page.status_code == 404
    assert "Det här går inte att göra här" in page.content.decode()
