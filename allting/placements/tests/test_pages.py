"""The pages through Django's client: who may, what is said, and what a page costs."""

from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from allting.identity.api import Actor
from allting.identity.testing import signed_in_client
from allting.packages.api import Edition
from allting.placements.actions import decline, take
from allting.placements.models import ByHand, Place, Round, Seat
from allting.placements.queries import places_in
from allting.placements.rounds import drop_round, open_round, settle
from allting.placements.tests.town import SERVICE, START, Staff, Waiting
from allting.register.models import AccessLog, Guardianship, Person

pytestmark = pytest.mark.usefixtures("before_the_start")
DAY = {"start_year": START.year, "start_month": START.month, "start_day": START.day}


def client(who: Actor) -> Client:
    roles = tuple((role.name, role.board) for role in who.roles)
    assert who.identity_number
    return signed_in_client(who.identity_number, who.name, person=who.person, roles=roles)[0]


def parent(child: Person) -> Client:
    guardian = Guardianship.objects.filter(child=child)[0].guardian
    return signed_in_client(guardian.identity_number, "Maja Berg", person=guardian.id)[0]


def opened(seed: str = "seed") -> UUID:
    return open_round(service=SERVICE, start=START, by=None, seed=seed)


def settled() -> UUID:
    found = opened()
    settle(found, by=None)
    return found


def test_a_round_is_opened_and_settled_from_pages(cast: Staff, waiting: Waiting) -> None:
    waiting.child("Ada", "oak")
    worker, chief = client(cast.worker), client(cast.chief)
    sent = worker.post("/sv/desk/rounds/", DAY)
    found = Round.objects.get()
    base = f"/sv/desk/rounds/{found.id}/"
    assert sent["Location"] == base
    assert "Fördela platserna" not in worker.get(base).text
    assert worker.get(f"{base}settle/").status_code == 403
    assert "Fördela platserna" in chief.get(base).text
    assert chief.get(f"{base}settle/").status_code == 200
    assert chief.post(f"{base}settle/")["Location"] == f"{base}?settled"
    assert "Familjerna får besked" in chief.get(f"{base}?settled").text
    assert chief.post(f"{base}settle/")["Location"] == base
    assert Seat.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "said"),
    [({"start_year": "x"}, "Skriv en dag"), ({**DAY, "start_year": 2020}, "senare än i dag")],
)
def test_a_first_day_that_is_none_is_told(cast: Staff, day: Any, said: str) -> None:
    answer = client(cast.worker).post("/sv/desk/rounds/", day)
    assert answer.status_code == 422 and said in answer.text
    assert not Round.objects.exists()


def test_a_second_round_for_the_day_is_refused_in_words(cast: Staff, waiting: Waiting) -> None:
    opened()
    answer = client(cast.worker).post("/sv/desk/rounds/", DAY)
    assert answer.status_code == 409 and "redan en omgång" in answer.text


def test_a_round_is_dropped_with_a_reason(cast: Staff, waiting: Waiting) -> None:
    found, worker = opened(), client(cast.worker)
    address = f"/sv/desk/rounds/{found}/drop/"
    assert worker.get(address).status_code == 200
    assert worker.post(address, {"why": " "}).status_code == 422
    assert worker.post(address, {"why": "Fel dag"})["Location"] == "/sv/desk/rounds/"
    assert "Fel dag" in worker.get(f"/sv/desk/rounds/{found}/").text


def test_strangers_are_refused_everywhere(cast: Staff, waiting: Waiting) -> None:
    ada = waiting.child("Ada", "oak")
    found = settled()
    place = Place.objects.get(subject=ada.id)
    base = f"/sv/desk/rounds/{found}/"
    pages = ["", "settle/", "drop/", "what-if/", "children/", f"children/{place.id}/", "by-hand/"]
    for who in (cast.builder, cast.resident):
        visitor = client(who)
        for page in pages:
            assert visitor.get(base + page).status_code == 403, page
        assert visitor.get(f"/sv/my/places/{place.id}/").status_code == 403
    assert client(cast.worker).get(f"/sv/my/places/{place.id}/").status_code == 403
    assert Client().get(base)["Location"].startswith("/sv/sign-in/")
    assert client(cast.builder).post("/sv/desk/rounds/", DAY).status_code == 403
    assert str(found) not in client(cast.builder).get("/sv/desk/rounds/").text


def test_only_the_named_handler_comes_to_the_page_of_tasks(cast: Staff, waiting: Waiting) -> None:
    hidden = waiting.child("Hemlig", "elm", protection="registration")
    found = settled()
    address = f"/sv/desk/rounds/{found}/by-hand/"
    task = ByHand.objects.get()
    for who in (cast.worker, cast.chief):
        visitor = client(who)
        assert visitor.get(address).status_code == 403
        assert visitor.post(address, {"task": task.id, "unit": "elm"}).status_code == 403
        page = visitor.get(f"/sv/desk/rounds/{found}/").text
        assert "Hemlig" not in page and "hand" not in page
        assert "Hemlig" not in visitor.get(f"/sv/desk/rounds/{found}/children/").text
    handler = client(cast.handler)
    assert "För hand: 1" in handler.get(f"/sv/desk/rounds/{found}/").text
    assert "Hemlig" in handler.get(address).text
    assert handler.post(address, {"task": task.id, "unit": ""}).status_code == 422
    assert handler.post(address, {"task": task.id, "unit": "elm"})["Location"] == address
    again = handler.post(address, {"task": task.id, "unit": "elm"})
    assert again.status_code == 422 and "redan gjort det" in again.text
    assert Seat.objects.get().subject == hidden.id


def test_names_in_lists_are_read_and_logged(cast: Staff, waiting: Waiting) -> None:
    ada = waiting.child("Ada", "oak")
    found = settled()
    AccessLog.objects.all().delete()
    page = client(cast.worker).get(f"/sv/desk/rounds/{found}/children/?unit=oak").text
    assert "Ada Berg" in page
    read = AccessLog.objects.get()
    assert (read.person_id, read.purpose, read.board) == (ada.id, "placement", "education")


BIG = "  - {id: big, name: Stora, capacity: 6, position: {lat: 58.10, lon: 16.20}}\n"


def test_small_numbers_are_guarded_and_larger_ones_told(
    tmp_path: Any, db: None, waiting: Waiting
) -> None:
    from allting.placements.tests.town import FILES, published

    file = "units/preschools.yaml"
    published(tmp_path / "vik", {file: FILES[file] + BIG})
    for n in range(6):
        waiting.child(f"Nara{n}", "big", north=n / 100)
    waiting.child("Elmer", "elm", north=1)
    far = waiting.child("Fjord", "big", "elm", "ash", north=2)
    settled()
    page = parent(far).get(f"/sv/my/places/{Place.objects.get(subject=far.id).id}/").text
    assert "Fjord har fått plats på Asken" in page
    assert "Alla 6 platser här gick till barn som går före Fjord." in page
    assert "Det som skilde: Närmare går före." in page
    assert "2,22 km" in page
    assert "De få platser som fanns här gick till barn som går före Fjord." in page
    assert page.count("Det som skilde") == 1
    assert not any(name in page for name in ("Nara", "Elmer"))
    english = parent(far).get(f"/en/my/places/{Place.objects.get(subject=far.id).id}/").text
    assert "Fjord has been given a place at Asken" in english


def test_my_pages_lead_to_the_explanation(cast: Staff, waiting: Waiting) -> None:
    ada = waiting.child("Ada", "oak")
    opened()
    mother = parent(ada)
    assert "/my/places/" not in mother.get("/sv/my/").text
    settle(Round.objects.get().id, by=None)
    place = Place.objects.get()
    assert f"/sv/my/places/{place.id}/" in mother.get("/sv/my/").text


@pytest.mark.parametrize(("act", "said"), [(take, "Här har Ada"), (decline, "Ni har tackat nej")])
def test_the_page_follows_the_answer(cast: Staff, waiting: Waiting, act: Any, said: str) -> None:
    ada = waiting.child("Ada", "oak")
    (place,) = places_in(settled())
    act(place.id)
    assert said in parent(ada).get(f"/sv/my/places/{place.id}/").text


def test_what_if_is_an_address_that_changes_nothing(cast: Staff, waiting: Waiting) -> None:
    waiting.child("Ada", "elm", north=1)
    waiting.child("Bo", "elm", north=1.1)
    found, worker = opened(), client(cast.worker)
    address = f"/sv/desk/rounds/{found}/what-if/"
    assert "Vad det skulle bli" not in worker.get(address).text
    page = worker.get(f"{address}?more=elm&places=30").text
    assert "Vad det skulle bli" in page and "<strong>31</strong>" in page
    assert "Vad det skulle bli" in worker.get(f"{address}?close=elm").text
    for wrong in ("more=elm", "places=3", "more=elm&places=x", "close=gone", "more=gone&places=1"):
        assert worker.get(f"{address}?{wrong}").status_code == 422, wrong
    assert Round.objects.get().state == "open" and not Seat.objects.exists()


def test_seeds_and_prints_are_for_anyone(cast: Staff, waiting: Waiting) -> None:
    waiting.child("Ada", "oak")
    found = opened("s33d")
    assert "s33d" not in Client().get("/sv/lots/").text
    settle(found, by=None)
    page = Client().get("/sv/lots/").text
    assert "s33d" in page and Round.objects.get().digest in page


def test_a_round_that_was_dropped_is_shown_too(cast: Staff, waiting: Waiting) -> None:
    waiting.child("Ada", "oak")
    drop_round(opened("dr0pp3d"), by=None, why="Ada ska ha en annan lott")
    page = Client().get("/sv/lots/").text
    assert "Avbrutna omgångar" in page and "dr0pp3d" in page
    assert "Ada" not in page  # why is for those who work here


def test_a_family_finds_its_lot_in_the_list(cast: Staff, waiting: Waiting) -> None:
    children = [waiting.child(f"Barn{n}", "oak") for n in range(4)]
    found = opened("s33d")
    address = f"/sv/lots/{found}/"
    assert Client().get(address).status_code == 404
    settle(found, by=None)
    pairs = [line.split() for line in Client().get(address).text.splitlines()]
    lines = {value: number for number, value in pairs}
    for child in children:
        value = sha256(f"s33d:{child.id}".encode()).hexdigest()
        place = Place.objects.get(subject=child.id)
        assert lines[value] == str(place.lot)
        assert value in parent(child).get(f"/sv/my/places/{place.id}/").text
    assert not any(str(child.id) in lines for child in children)


def test_a_large_round_is_settled_in_the_background(
    cast: Staff, waiting: Waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    from allting.kernel.api import work_off

    waiting.child("Ada", "oak")
    found = opened()
    monkeypatch.setattr("allting.placements.views.rounds.AT_ONCE", 0)
    chief, base = client(cast.chief), f"/sv/desk/rounds/{found}/"
    asked = chief.get(f"{base}settle/").text  # at once: it is worked out only if one asks for it
    assert "Räkna ut vad det skulle bli" in asked and "Skulle få plats" not in asked
    assert "Skulle få plats" in chief.get(f"{base}settle/?figures").text
    assert chief.post(f"{base}settle/")["Location"] == f"{base}?settling"
    assert "Platserna fördelas" in chief.get(f"{base}?settling").text
    work_off()
    it = Round.objects.get()
    assert (it.state, it.closed_by) == ("settled", "Per Berg")
    assert "Platserna fördelas" not in chief.get(f"{base}?settling").text


@pytest.mark.parametrize("what", ["", "children/", "settle/", "what-if/?close=oak"])
def test_a_page_costs_the_same_however_many_wait(
    town: Edition, cast: Staff, waiting: Waiting, what: str
) -> None:
    chief, counts = client(cast.chief), []
    for more in (3, 30):
        for n in range(more):
            waiting.child(f"Barn{more}-{n}", "oak", "elm", north=n / 10)
        Round.objects.update(state="dropped")
        address = f"/sv/desk/rounds/{opened()}/{what}"
        chief.get(address)
        with CaptureQueriesContext(
            connection,
        ) as counted:
            assert chief.get(address).status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1] <= 20
