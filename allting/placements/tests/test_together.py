"""Brothers and sisters who wait at the same time: one lot for those who live together."""

from datetime import date

from django.test import Client

from allting.identity.testing import signed_in_client
from allting.placements.models import ByHand, Place, Round, Seat
from allting.placements.queries import lots_in_order
from allting.placements.rounds import open_round, settle
from allting.placements.rules import lot_value
from allting.placements.tests.town import SERVICE, START, Staff, Waiting
from allting.placements.what_if import Changes, what_if
from allting.register.models import Guardianship, Household, Membership, Person
from allting.register.testing import guard, home, person


def opened(seed: str = "seed") -> Round:
    return Round.objects.get(pk=open_round(service=SERVICE, start=START, by=None, seed=seed))


def twins(waiting: Waiting, *wishes: str) -> tuple[Person, Person]:
    """Two who were born on the same day and live together."""
    ada = waiting.child("Ada", *wishes)
    ida = person("Ida", date(2025, 5, 20))
    household = Membership.objects.get(person=ada).household
    Membership.objects.create(person=ida, household=household, since=date(2025, 5, 20))
    guard(ida, Guardianship.objects.get(child=ada).guardian)
    waiting.wait(ida, *wishes)
    return ada, ida


def drawn() -> dict[str, object]:
    return {
        Person.objects.get(id=it.subject).given_name: it.drawn_for for it in Place.objects.all()
    }


def test_those_who_live_together_share_a_lot(cast: Staff, waiting: Waiting) -> None:
    ada, ida = twins(waiting, "oak")
    waiting.child("Bo", "oak")
    round = opened()
    first = min(ada.id, ida.id)
    assert drawn() == {"Ada": first, "Ida": first, "Bo": None}
    settle(round.id, by=None)
    lots = {it.subject: it.lot for it in Place.objects.all()}
    assert abs((lots[ada.id] or 0) - (lots[ida.id] or 0)) == 1
    listed = lots_in_order(round.id)
    assert listed is not None and listed.count(lot_value(first, round.seed)) == 2


def test_alike_in_all_they_are_placed_together_or_both_elsewhere(
    cast: Staff, waiting: Waiting
) -> None:
    """Two places at the oak and three who are alike: the lot never parts the twins there but
    where the one before them has taken the first."""
    ada, ida = twins(waiting, "oak", "ash")
    bo = waiting.child("Bo", "oak", "ash")
    for n in range(12):
        round = opened(f"seed {n}")
        settle(round.id, by=None)
        at = {it.subject: it.unit for it in Place.objects.filter(round=round)}
        lots = {it.subject: it.lot or 0 for it in Place.objects.filter(round=round)}
        together = at[ada.id] == at[ida.id] == "oak"
        assert together == (lots[bo.id] == 3)
        Seat.objects.all().delete()
        Place.objects.filter(round=round).update(state="released")


def test_brothers_and_sisters_apart_have_a_lot_each(cast: Staff, waiting: Waiting) -> None:
    ada, bo = waiting.child("Ada", "oak"), waiting.child("Bo", "oak")
    guard(bo, Guardianship.objects.get(child=ada).guardian)
    opened()
    assert drawn() == {"Ada": None, "Bo": None}


def test_who_has_moved_out_does_not_share(cast: Staff, waiting: Waiting) -> None:
    _, ida = twins(waiting, "oak")
    Membership.objects.filter(person=ida).update(until=date(2026, 1, 1))
    home_of = Household.objects.create()
    Membership.objects.create(person=ida, household=home_of, since=date(2026, 1, 1))
    opened()
    assert drawn() == {"Ada": None, "Ida": None}


def test_one_at_home_is_protected_and_none_of_them_is_in_the_round(
    cast: Staff, waiting: Waiting
) -> None:
    ada, ida = twins(waiting, "oak")
    Person.objects.filter(id=ida.id).update(protection="mark")
    opened()
    assert not Place.objects.exists()
    assert {it.subject for it in ByHand.objects.all()} == {ada.id, ida.id}


def test_what_if_draws_the_same_lots(cast: Staff, waiting: Waiting) -> None:
    twins(waiting, "elm")
    round = opened()
    settle(round.id, by=None)
    found = what_if(round.id, Changes(), by=cast.worker)
    assert (found.same, found.better, found.worse) == (2, 0, 0)


def test_the_family_can_check_the_lot_that_they_share(cast: Staff, waiting: Waiting) -> None:
    ada, ida = twins(waiting, "oak")
    round = opened()
    settle(round.id, by=None)
    parent = Guardianship.objects.get(child=ada).guardian
    client: Client = signed_in_client(parent.identity_number, parent.given_name, person=parent.id)[
        0
    ]
    first = min(ada.id, ida.id)
    for it in Place.objects.all():
        page = client.get(f"/sv/my/places/{it.id}/").text
        assert "delar lott" in page and str(first) in page
        assert lot_value(first, round.seed) in page
        assert ("Id för det barn i hemmet" in page) == (it.subject != first)
    public = Client().get("/sv/lots/").text
    assert "Barn som bor tillsammans och väntar" in public


def test_alone_at_home_the_page_speaks_of_no_other(cast: Staff, waiting: Waiting) -> None:
    ada = waiting.child("Ada", "oak")
    home(person("Någon", date(2022, 1, 1)))
    settle(opened().id, by=None)
    parent = Guardianship.objects.get(child=ada).guardian
    client = signed_in_client(parent.identity_number, parent.given_name, person=parent.id)[0]
    page = client.get(f"/sv/my/places/{Place.objects.get().id}/").text
    assert "delar lott" not in page and str(ada.id) in page
