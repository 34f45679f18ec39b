"""The desk's pages: who may, what they say, and that nobody protected is in them."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from allting.identity.testing import signed_in_client
from allting.kernel.api import work_off
from allting.kernel.models import AuditEntry
from allting.notifications.models import Message
from allting.offers.making import make
from allting.offers.models import ByHand, Offer, Run
from allting.offers.running import start_run
from allting.offers.tests.making import DAY, families, link_in, situation, to_family
from allting.offers.tests.town import OFFER, PLACED, published
from allting.packages.api import Edition
from allting.register.models import AccessLog, Person
from allting.register.testing import Family, person

BASE = "/sv/desk/offers/"
SOON = f"{BASE}situations/preschool/soon-one/"
KEEPER = ("offers", "education")
HANDLER = ("protected-people", "education")
WORKER = ("administrator", "education")


def client(*roles: tuple[str, str]) -> Client:
    someone = person("Siv", date(1970, 1, 1), postcode="999 09")
    return signed_in_client(
        someone.identity_number, "Siv Ek", person=someone.id, roles=roles or (KEEPER,)
    )[0]


def looked_at() -> list[str]:
    """Whom Siv has read about."""
    log = AccessLog.objects.filter(reader_name="Siv Ek")
    return list(log.values_list("person__given_name", flat=True))


def test_the_situations_of_ones_boards(vik: Edition, people: Family) -> None:
    to_family(vik, people)
    page = client().get(BASE).text
    assert "Ditt barn fyller snart ett år" in page and "Välkommen till Vik" not in page
    assert "När du startar det" in page
    other = client(("offers", "executive")).get(BASE).text
    assert "Välkommen till Vik" in other and "Ditt barn fyller" not in other


def test_a_preview_of_a_day(vik: Edition, people: Family) -> None:
    families(8)
    page = client().get(SOON).text
    assert "Skulle få erbjudandet" in page and "<strong>9</strong>" in page
    assert "999 01" in page and "age_months(birth_date) &gt;= 9" in page
    later = client().get(f"{SOON}?day_year=2030&day_month=1&day_day=1").text
    assert "<strong>visas inte</strong>" in later and "1 januari 2030" in later
    wrong = client().get(f"{SOON}?day_year=2030&day_month=13&day_day=1")
    assert wrong.status_code == 422 and "Skriv en dag" in wrong.text
    assert not looked_at()


def test_who_and_why_is_read_and_logged(vik: Edition, people: Family) -> None:
    page = client().get(f"{SOON}people/").text
    assert "Barnet är fött" in page and people.baby.given_name in page
    assert "Födelsedatum" in page and "20 maj 2025" in page
    assert looked_at() == [people.baby.given_name]


@pytest.mark.parametrize("protection", ["mark", "registration", "new-identity"])
def test_nobody_protected_is_on_any_page(vik: Edition, people: Family, protection: str) -> None:
    hidden = families(6, protection=protection, surname="Hemlig", postcode="999 77")
    offer = to_family(vik, people)
    for child in hidden:
        make(vik, situation(vik), child.id, as_of=DAY, seen="")
    run = start_run("test", ["preschool/soon-one"], as_of=DAY)
    work_off()
    run.refresh_from_db()
    assert ByHand.objects.count() == 6 and run.state == Run.State.DONE
    keeper = client(KEEPER, WORKER)
    for path in (
        "",
        "situations/preschool/soon-one/",
        "situations/preschool/soon-one/people/",
        "situations/preschool/soon-one/made/",
        f"made/{offer.id}/",
        "compare/?first=1",
    ):
        page = keeper.get(f"{BASE}{path}").text
        assert "Hemlig" not in page and "999 77" not in page and "Att nå för hand" not in page, path


def test_who_is_protected_later_leaves_the_log(vik: Edition, people: Family) -> None:
    offer = to_family(vik, people)
    keeper = client()
    assert keeper.get(f"{BASE}made/{offer.id}/").status_code == 200
    assert people.baby.given_name in keeper.get(f"{SOON}made/").text
    Person.objects.filter(id=people.mother.id).update(protection="mark")
    assert keeper.get(f"{BASE}made/{offer.id}/").status_code == 403
    assert keeper.post(f"{BASE}made/{offer.id}/take-back/").status_code == 403
    assert people.baby.given_name not in keeper.get(f"{SOON}made/").text
    assert '<td class="number"><span class="chart__name">Väntar på svar</span> 1</td>' not in (
        keeper.get(BASE).text
    )


def test_the_run_is_made_once_it_is_said(vik: Edition, people: Family) -> None:
    keeper = client()
    page = keeper.get(f"{SOON}run/").text
    assert "Gör erbjudandena nu" in page and not Run.objects.exists()
    sent = keeper.post(f"{SOON}run/")
    assert sent["Location"] == f"{BASE}#runs"
    run = Run.objects.get()
    assert (run.by, run.situations, run.as_of) == ("Siv Ek", ["preschool/soon-one"], DAY)
    assert AuditEntry.objects.filter(verb="offers:run").exists()
    assert "Stoppa körningen" in keeper.get(BASE).text
    work_off()
    assert Offer.objects.count() == 1
    assert "Färre än 5 erbjudanden gjordes" in keeper.get(BASE).text


def test_a_run_is_stopped_by_a_keeper_of_all_of_it(vik: Edition, people: Family) -> None:
    run = start_run("test", ["preschool/soon-one", "welcome/new-here"], as_of=DAY)
    stop = f"{BASE}runs/{run.id}/stop/"
    assert client().post(stop).status_code == 403
    assert client(KEEPER, ("offers", "executive")).post(stop).status_code == 302
    run.refresh_from_db()
    assert run.state == Run.State.STOPPED
    work_off()
    assert not Offer.objects.exists()
    assert client(KEEPER, ("offers", "executive")).post(stop).status_code == 302
    assert client().post(f"{BASE}runs/999/stop/").status_code == 403


def test_the_log_holds_the_data_and_the_link_that_was_used(
    vik: Edition, people: Family, mails: list[Any]
) -> None:
    offer = to_family(vik, people)
    Client().post(f"/o/{link_in(mails[0])}", {"go": "accept"})
    page = client().get(f"{BASE}made/{offer.id}/").text
    assert "Uppgifterna det gjordes av" in page and "2599" in page
    assert "Svarade genom länken i meddelandet" in page
    assert Offer.objects.get().case in page
    assert "Ta tillbaka det" not in page
    assert client().get(f"{SOON}made/?state=accepted").text.count("rows__open") == 1
    assert client().get(f"{SOON}made/?state=declined").text.count("rows__open") == 0


def test_an_offer_is_taken_back(vik: Edition, people: Family, mails: list[Any]) -> None:
    offer = to_family(vik, people)
    back = f"{BASE}made/{offer.id}/take-back/"
    mails.clear()
    assert client().post(back)["Location"] == f"{BASE}made/{offer.id}/"
    work_off()
    offer.refresh_from_db()
    assert (offer.state, offer.why) == ("withdrawn", "by-us")
    assert len(mails) == 1
    told = Message.objects.filter(occasion__endswith=":withdrawn")
    assert {"tagit tillbaka" in one.body for one in told} == {True}
    assert client().post(back)["Location"] == f"{BASE}made/{offer.id}/?late"
    assert "redan besvarat" in client().get(f"{BASE}made/{offer.id}/?late").text


def test_the_named_handler_and_nobody_else(vik: Edition, people: Family) -> None:
    child = families(1, protection="mark", surname="Hemlig")[0]
    make(vik, situation(vik), child.id, as_of=DAY, seen="")
    task = ByHand.objects.get()
    path = f"{BASE}by-hand/"
    for roles in ([KEEPER], [WORKER], [("decision-maker", "education")]):
        refused = client(*roles)
        assert refused.get(path).status_code == 403
        assert refused.post(path, {"task": str(task.id)}).status_code == 403
        assert "by-hand" not in refused.get(BASE).text
    elsewhere = client(("protected-people", "executive"))
    assert "Hemlig" not in elsewhere.get(path).text
    assert elsewhere.post(path, {"task": str(task.id)}).status_code == 403
    handler = client(HANDLER)
    assert "Att nå för hand: 1" in handler.get(BASE).text
    page = handler.get(path).text
    assert "Hemlig" in page and "P0 Berg" in page and "Skyddade uppgifter" in page
    assert handler.post(path, {"task": str(uuid4())}).status_code == 403
    assert handler.post(path, {"task": str(task.id), "note": "Ringde"}).status_code == 302
    task.refresh_from_db()
    assert (task.done_name, task.note) == ("Siv Ek", "Ringde")
    assert handler.post(path, {"task": str(task.id), "note": "Igen"}).status_code == 302
    task.refresh_from_db()
    assert task.note == "Ringde"
    assert "Ringde" in handler.get(path).text


@pytest.mark.parametrize(
    "path",
    [
        "situations/preschool/soon-one/people/",
        "situations/preschool/soon-one/run/",
        "situations/preschool/soon-one/made/",
    ],
)
def test_names_are_for_keepers_of_that_board(vik: Edition, people: Family, path: str) -> None:
    for roles in ([WORKER], [HANDLER], [("offers", "executive")]):
        assert client(*roles).get(f"{BASE}{path}").status_code == 403
    assert Client().get(f"{BASE}{path}").status_code == 302
    assert client(("offers", "executive")).post(f"{SOON}run/").status_code == 403
    assert not Run.objects.exists()


def test_a_situation_of_another_board_is_not_there(vik: Edition, people: Family) -> None:
    offer = to_family(vik, people)
    other = client(("offers", "executive"))
    assert other.get(SOON).status_code == 403
    assert other.get(f"{BASE}made/{offer.id}/").status_code == 403
    assert client().get(f"{BASE}situations/preschool/none/").status_code == 403
    assert client().get(f"{BASE}made/{uuid4()}/").status_code == 403


def test_places_are_for_rounds(tmp_path: Path, people: Family, db: None) -> None:
    published(tmp_path, **PLACED)
    page = client().get(SOON).text
    assert "I en omgång av platser" in page and "Platser som är lediga" in page
    assert "Gör erbjudandena" not in page
    assert client().get(f"{SOON}run/")["Location"] == SOON
    assert client().post(f"{SOON}run/")["Location"] == SOON
    assert not Run.objects.exists()


def test_two_published_versions(vik: Edition, tmp_path: Path, people: Family) -> None:
    families(7)
    older = OFFER.replace("age_months(birth_date) < 24", "age_months(birth_date) < 17")
    second = published(tmp_path / "b", services__preschool__offer=older)
    empty = client().get(f"{BASE}compare/").text
    assert "Vilka de hittar" not in empty
    page = client().get(f"{BASE}compare/?first={vik.id}&second={second.id}").text
    assert "Vilka de hittar" in page and "</span> 8</td>" in page
    assert "Välkommen till Vik" not in page
    gone = client().get(f"{BASE}compare/?first=999")
    assert gone.status_code == 422 and "går inte längre att läsa" in gone.text
