"""Who is refused: a draft is its owner's alone."""

from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import resolve, reverse

from allting.forms.addresses import apply_at, draft_at, file_at
from allting.forms.models import Draft, Submission
from allting.forms.tests.walking import answered, begun, client_of, hidden, send
from allting.identity.testing import signed_in_client
from allting.packages.api import Edition
from allting.register.testing import Family, guard, person

PAGES = ["", "child/", "check/", "told/", "delete/", f"files/{UUID(int=1)}/"]


@pytest.mark.parametrize("where", PAGES)
def test_another_person_sees_no_draft(vik: Edition, people: Family, where: str) -> None:
    base = begun(client_of(people.mother))
    for other in (people.father, people.stranger):  # not even the other guardian
        answer = client_of(other).get(base + where)
        assert answer.status_code == 404
        assert "Maja" not in answer.content.decode()


@pytest.mark.parametrize("where", ["child/", "submit/", "delete/"])
def test_another_person_changes_no_draft(vik: Edition, people: Family, where: str) -> None:
    base = answered(client_of(people.mother), people.baby.id)
    version = str(Draft.objects.get().version)
    form = {"seen": "", "shown": "child", "child": str(people.sister.id), "version": version}
    assert client_of(people.father).post(base + where, form).status_code == 404
    draft = Draft.objects.get()
    assert draft.answers["child"] == str(people.baby.id)
    assert draft.submitted_at is None


def test_an_employee_has_no_way_into_drafts(vik: Edition, people: Family) -> None:
    base = begun(client_of(people.mother))
    client, _ = signed_in_client(
        "199001019802", "Handläggaren", person=None, roles=(("administrator", "education"),)
    )
    for page in PAGES:
        assert client.get(base + page).status_code == 403
    assert client.get("/sv/apply/preschool/").status_code == 403
    # one who also lives here is any other resident in this
    resident = client_of(people.stranger, ("administrator", "education"))
    assert resident.get(base).status_code == 404


@pytest.mark.parametrize("where", PAGES)
def test_signed_out_means_sign_in_first_and_back(vik: Edition, people: Family, where: str) -> None:
    base = begun(client_of(people.mother))
    answer = Client().get(base + where)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sv/sign-in/?next=%2Fsv%2Fdrafts%2F")
    assert Client().post(base + "submit/").status_code == 302
    assert Draft.objects.get().submitted_at is None


def test_only_own_children_can_be_chosen(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    base = begun(client)
    other = person("Tova", people.baby.birth_date)
    guard(other, people.stranger)
    page = client.get(base + "child/").content.decode()
    assert "Tova" not in page
    for child in (other.id, people.mother.id, "nobody", ""):
        form = {"seen": hidden(page, "seen"), "shown": "child", "child": str(child)}
        assert client.post(base + "child/", form).status_code == 422
    assert Draft.objects.get().answers == {}


def test_a_guardian_no_longer_has_to_choose_anew(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    base = answered(client, people.baby.id)
    version = Draft.objects.get().version
    people.baby.guarded_by.all().delete()
    sent = client.post(base + "submit/", {"version": str(version)})
    assert sent.status_code in (302, 422)
    assert not Submission.objects.exists()
    assert "Nils" not in client.get(base + "child/").content.decode()


def test_a_receipt_is_for_the_applicant(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    receipt = send(client, answered(client, people.baby.id))
    assert client.get(receipt).status_code == 200
    assert client_of(people.father).get(receipt).status_code == 404


def test_posts_need_their_token(vik: Edition, people: Family) -> None:
    strict = Client(enforce_csrf_checks=True)
    base = begun(client_of(people.mother))
    strict.cookies = client_of(people.mother).cookies
    assert strict.post(base + "submit/").status_code == 403
    assert strict.post(base + "delete/").status_code == 403
    page = strict.get(base + "child/").content.decode()
    token = hidden(page, "csrfmiddlewaretoken")
    form = {
        "csrfmiddlewaretoken": token,
        "seen": hidden(page, "seen"),
        "shown": "child",
        "child": str(people.baby.id),
    }
    assert strict.post(base + "child/", form).status_code == 302
    # the cookie is kept; each page has another mask over it, and any of them will do
    again = hidden(strict.get(base + "start/").content.decode(), "csrfmiddlewaretoken")
    assert again != token
    date = {"start_year": "2027", "start_month": "1", "start_day": "10"}
    form = {"csrfmiddlewaretoken": again, "shown": "start", **date}
    assert strict.post(base + "start/", form).status_code == 302
    form["csrfmiddlewaretoken"] = "b" * 64
    assert strict.post(base + "start/", form).status_code == 403


def test_addresses_are_what_they_are_looked_up_as() -> None:
    id = uuid4()
    assert resolve(apply_at("sv", "x")).view_name == "forms:apply"
    assert draft_at("sv", id) == reverse("forms:draft", kwargs={"language": "sv", "draft": id})
    for page in ("check", "told", "delete"):
        assert resolve(draft_at("sv", id, page)).view_name == f"forms:{page}"
    assert resolve(draft_at("sv", id, "start")).view_name == "forms:page"
    assert resolve(file_at("sv", id, id)).view_name == "forms:file"
