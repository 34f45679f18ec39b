"""Who may, told in good time and plainly; what is asked when something is not known."""

from datetime import date
from pathlib import Path

from allting.forms.models import Draft, Submission
from allting.forms.tests.municipality import PRESCHOOL, PRESCHOOL_FORM, published
from allting.forms.tests.walking import START, answer, answered, begun, client_of, send
from allting.packages.api import Edition
from allting.register.looks import forget_looks
from allting.register.models import Person
from allting.register.testing import Family, guard, person


def newborn(people: Family, **more: str) -> Person:
    child = person("Ask", date(2026, 9, 1), **more)
    guard(child, people.mother)
    return child


def test_no_because_is_said_and_one_may_go_on(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    base = begun(client)
    told = answer(client, base + "child/", child=newborn(people).id)
    assert told == base + "told/"
    page = client.get(told).content.decode()
    assert "Du kanske inte har rätt till det här" in page
    assert "Barnet är minst nio månader" in page
    assert "Barnet är folkbokfört i kommunen" not in page  # that one holds
    assert "Du får skicka in ändå" in page
    assert f'href="{base}start/"' in page
    assert f'href="{base}child/"' in page  # choose another child
    assert Draft.objects.get().told == ["one-year-old"]
    # it is said once, and again at the check
    answer(client, base + "start/", **START)
    answer(client, base + "hours/", extent="full-time")
    answer(client, base + "places/", places_1="masken")
    answer(client, base + "contact/", phone="070-174 06 05", email="maja@epost.example")
    assert "Barnet är minst nio månader" in client.get(base + "check/").content.decode()
    send(client, base)  # an authority receives an application
    assert Submission.objects.count() == 1


def test_unknown_is_not_no(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    base = begun(client)
    unknown = newborn(people, municipality_code="")
    Person.objects.filter(id=unknown.id).update(birth_date=date(2025, 1, 1))
    assert answer(client, base + "child/", child=unknown.id) == base + "start/"


def test_all_holds_and_nothing_is_said(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    base = answered(client, people.baby.id)
    assert "kanske inte har rätt" not in client.get(base + "check/").content.decode()
    assert client.get(base + "told/")["Location"] == base + "check/"


def test_a_condition_on_an_answer_waits_for_the_answer(tmp_path: Path, people: Family) -> None:
    forget_looks()
    late = "add_years(birth_date, 1) <= coalesce(answers.start, as_of)"
    published(
        tmp_path,
        services__preschool__service=PRESCHOOL.replace("age_months(birth_date) >= 9", late),
    )
    client = client_of(people.mother)
    base = begun(client)
    child = newborn(people)
    assert answer(client, base + "child/", child=child.id) == base + "start/"  # not told too early
    later = {"start_year": "2027", "start_month": "10", "start_day": "1"}
    assert answer(client, base + "start/", **later) == base + "hours/"  # one by then
    assert answer(client, base + "start/", **START) == base + "told/"


def test_a_service_for_oneself_says_so_at_the_start(vik: Edition, people: Family) -> None:
    young = person("Liv", date(2012, 1, 1))
    client = client_of(young)
    begin = client.post("/sv/apply/permit/")
    draft = Draft.objects.get()
    assert begin["Location"] == f"/sv/drafts/{draft.id}/told/"
    page = client.get(begin["Location"]).content.decode()
    assert "Du är myndig" in page
    assert "Välj ett annat barn" not in page


def test_what_is_not_known_is_asked(tmp_path: Path, people: Family) -> None:
    forget_looks()
    form = PRESCHOOL_FORM.replace(
        "asked_if: answers.extent = 'part-time'\n    questions",
        "asked_if: household.income_month > 1000\n    questions",
    )
    published(tmp_path, services__preschool__form=form)
    client = client_of(people.mother)
    base = begun(client)
    answer(client, base + "child/", child=people.baby.id)
    answer(client, base + "start/", **START)
    assert answer(client, base + "hours/", extent="full-time") == base + "reason/"


def test_known_facts_are_shown_with_their_source_and_can_be_corrected(
    tmp_path: Path, people: Family
) -> None:
    forget_looks()
    form = PRESCHOOL_FORM + (
        "      - {id: home, kind: address, known_from: applicant.address, label: Adress}\n"
    )
    published(tmp_path, services__preschool__form=form)
    client = client_of(people.mother)
    base = begun(client)
    answer(client, base + "child/", child=people.baby.id)
    answer(client, base + "start/", **START)
    answer(client, base + "hours/", extent="full-time")
    answer(client, base + "places/", places_1="masken")
    page = client.get(base + "contact/").content.decode()
    assert page.count("Det här vet vi redan") == 1
    assert "Storgatan 1, 999 01 Solvik" in page
    assert "Från folkbokföringen hos Skatteverket" in page
    assert "Stämmer det inte?" in page
    contact = {"phone": "070-174 06 05", "email": "maja@epost.example"}
    moved = {"home_street": "Nygatan 2", "home_postcode": "99902", "home_city": "Solvik"}
    answer(client, base + "contact/", **contact, **moved)
    page = client.get(base + "check/").content.decode()
    assert "Nygatan 2, 999 02 Solvik" in page
    assert page.count("Det här visste vi redan") == 2
    again = client.get(base + "contact/").content.decode()
    assert "Storgatan 1, 999 01 Solvik" in again  # what the register says still stands there
    assert 'value="Nygatan 2"' in again
    send(client, base)
    made = Submission.objects.get()
    assert made.answers["home"]["street"] == "Nygatan 2"
    assert made.known["home"]["street"] == "Storgatan 1"


def test_what_was_known_can_be_left_out_where_it_is_optional(
    tmp_path: Path, people: Family
) -> None:
    forget_looks()
    optional = PRESCHOOL_FORM.replace(
        "{id: email, kind: email,", "{id: email, kind: email, required: false,"
    )
    published(tmp_path, services__preschool__form=optional)
    client = client_of(people.mother)
    base = answered(client, people.baby.id, email="")
    assert Draft.objects.get().answers["email"] is None
    page = client.get(base + "contact/").content.decode()
    assert 'value="maja@epost.example"' not in page  # it does not come back by itself
    send(client, base)
    made = Submission.objects.get()
    assert "email" not in made.answers
    assert "email" not in made.known


def test_a_protected_childs_whereabouts_are_not_shown(vik: Edition, people: Family) -> None:
    Person.objects.filter(id=people.baby.id).update(protection="registration", street="Hemlig 7")
    for parent in (people.mother, people.father):
        client = client_of(parent)
        base = begun(client)
        page = client.get(base + "child/").content.decode()
        assert "Nils Berg" in page
        assert "Skyddade personuppgifter" in page
        assert "Hemlig 7" not in page
