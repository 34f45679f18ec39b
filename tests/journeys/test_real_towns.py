"""Places offered in real municipalities: their preschools, as many people, official test numbers.

Three of different shapes. Luleå: a city along a coast, most of its preschools its own. Linköping:
twice as large, a third of the preschools run by others, some that say neither where they are nor
how many children they take, and a code whose first zero its source has lost. Åsele: three
preschools in a municipality as large as a county elsewhere, one of them nobody knows where.
"""

import json
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from allting.catalogue.api import units as units_of
from allting.kernel.api import clock_at, now, work_off
from allting.notifications import ports
from allting.notifications.models import Message
from allting.offers.answering import Answer, accept, decline
from allting.offers.finding import find
from allting.offers.models import Addressee, Offer
from allting.offers.models import ByHand as OfferByHand
from allting.offers.plan import planned_of
from allting.offers.running import make_for
from allting.packages.api import Edition, Weight, check, forget_editions, publish
from allting.placements.api import open_round, settle
from allting.placements.models import ByHand, Place, Round, Seat
from allting.placements.nearness import nearest as nearest_of
from allting.placements.queries import explained_for_family, open_for, tasks_by_hand
from allting.placements.showing import why_this, wishes
from allting.register.generator.load import load
from allting.register.generator.population import Population, generate
from allting.register.models import Guardianship, Person
from allting.register.numbers import is_number
from allting.register.testing import actor
from allting.ui.api import translator
from tests.journeys.standing import Known, nearest, wrong_in
from tests.journeys.towns import Town, package, preschools, town
from tests.shared import shared

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
DAY, START = date(2026, 11, 2), date(2027, 1, 11)
SERVICE, SEED = "preschool-place", "0123"
SOON_ONE, GENERAL = f"{SERVICE}/child-soon-one", f"{SERVICE}/general-preschool"
LULEA, LINKOPING, ASELE, STOCKHOLM = "2580", "0580", "2463", "0180"
WISHING = 60  # families who answer with wishes of their own before the round


@pytest.fixture(autouse=True)
def _stand_still(tmp_path: Path, settings: Any) -> Iterator[None]:
    """The clock stands, and mail goes nowhere."""
    settings.ALLTING_FILES = tmp_path / "files"
    before = ports._transport, ports._gateway
    ports.mail_through(lambda mail: None)
    ports.texts_through(_Texts())
    forget_editions()
    with clock_at(datetime(2026, 11, 2, 8, 0, tzinfo=UTC)):
        yield
    ports.mail_through(before[0])
    ports.texts_through(before[1])


class _Texts:
    def send(self, *, id: str, to: str, text: str) -> None:
        """Taken, and forgotten."""


# ---- the town before the round


def published(folder: Path, place: Town, units: list[dict[str, Any]]) -> Edition:
    """The package in force, after mending what the check asks to have mended and nothing else."""
    own = package(folder, place, units)
    lacking = [it for it in units if it["organiser"] == "municipal" and "capacity" not in it]
    told = [str(it) for it in check(own).problems if it.weight is Weight.ERROR]
    assert len(told) == len(lacking)
    for unit in lacking:
        assert any(f"'{unit['id']}' does not say how many places" in it for it in told)
        assert all("capacity: 0" in it and "units/preschools.yaml:" in it for it in told)
        unit["capacity"] = 0
    again = package(folder / "mended", place, units) if lacking else own
    return publish(again, by="test", why="a real municipality")


def populated(place: Town, units: list[dict[str, Any]]) -> Population:
    """As many people as live there, around its preschools, with the Tax Agency's test numbers."""
    centres = [(it["position"]["lat"], it["position"]["lon"]) for it in units if "position" in it]
    listed = json.loads(shared("identity-numbers/allPins.json").read_text())
    made = generate(
        place.people, seed=int(place.code), municipality=place.code, city=place.name, on=DAY,
        listed=listed, centres=centres,
    )  # fmt: skip
    numbers = {str(p[1]) for p in made.people}
    assert len(numbers) == len(made.people) and all(map(is_number, numbers))
    assert len(numbers & set(listed)) > min(25_000, place.people / 3)
    return made


def protect_some(made: Population) -> None:
    """A few of the children that will be found, a guardian and a sibling, are protected."""
    found = [n for n, p in enumerate(made.people) if date(2025, 11, 10) < p[4] < date(2026, 1, 5)]  # type: ignore[operator]
    some = found[: max(1, min(3, len(found) // 10))]
    rows = dict(zip(some, ("mark", "registration", "new-identity"), strict=False))
    guards = {child: guardian for child, guardian, _, _ in made.guardianships}
    if len(found) > 30:
        guardian = guards[made.people[found[3]][0]]
        rows[next(n for n, p in enumerate(made.people) if p[0] == guardian)] = "mark"
    for n, kind in rows.items():
        row = list(made.people[n])
        row[11] = kind
        if kind != "mark":
            row[18] = row[19] = None
        made.people[n] = tuple(row)


def in_childcare(made: Population, units: list[dict[str, Any]]) -> list[Seat]:
    """Those who have a place already, near home: all but a few of the seats there are."""
    ours = [it for it in units if it["organiser"] == "municipal" and "position" in it]
    left = {it["id"]: it["capacity"] - it["capacity"] // 25 for it in ours}
    small = [p for p in made.people if date(2021, 1, 1) <= p[4] < date(2025, 11, 1)]  # type: ignore[operator]
    homes = [p for p in small if p[18] is not None and p[16] is None]
    points = [(it["position"]["lat"], it["position"]["lon"]) for it in ours]
    near = nearest_of([(p[18], p[19]) for p in homes], points, 8)  # type: ignore[misc]
    seats = []
    for person, places in zip(homes, near, strict=True):
        unit = next((ours[n]["id"] for n in places if left[ours[n]["id"]]), None)
        if unit is None:
            continue
        left[unit] -= 1
        seats.append(
            Seat(kind="preschool", unit=unit, subject=UUID(str(person[0])), since=date(2026, 8, 17),
                 taken=True, source="before", at=now())
        )  # fmt: skip
        made.facts.append((person[0], None, "in_childcare", "boolean", "true", "before", DAY))
    return seats


@dataclass
class Scene:
    """A municipality the day before its round."""

    place: Town
    edition: Edition
    known: Known
    found: list[UUID]  # children soon one
    hidden: list[UUID]


def scene(folder: Path, code: str) -> Scene:
    """Everything up to the round: found, offered, and some who have answered with wishes."""
    place, units = town(code), preschools(code)
    edition = published(folder / code, place, units)
    made = populated(place, units)
    protect_some(made)
    seats = in_childcare(made, units)
    load(made)
    Seat.objects.bulk_create(seats, batch_size=500)
    found = find(planned_of(edition).values(), as_of=DAY)
    soon, general = found[SOON_ONE], found[GENERAL]
    assert {hit.person for hit in soon.hits} == soon_one(made) - {h.person for h in soon.by_hand}
    with_wishes(units, [hit.person for hit in general.hits])
    points = {it["id"]: _point(it) for it in units}
    capacity = {it["id"]: it["capacity"] for it in units if it["organiser"] == "municipal"}
    known = Known(points, capacity, made, START, SEED)
    hidden = [hit.person for hit in soon.by_hand if hit.start and hit.start <= START]
    waits = [hit.person for hit in soon.hits if hit.start and hit.start <= START]
    return Scene(place, edition, known, waits, hidden)


def _point(unit: dict[str, Any]) -> tuple[float, float] | None:
    at = unit.get("position")
    return (at["lat"], at["lon"]) if at else None


def soon_one(made: Population) -> set[UUID]:
    """The rule of the situation, said plainly."""
    placed = {person for person, _, name, *_ in made.facts if name == "in_childcare"}
    return {
        p[0]  # type: ignore[misc]
        for p in made.people
        if date(2025, 11, 3) <= p[4] <= date(2026, 3, 2) and p[16] is None and p[0] not in placed  # type: ignore[operator]
    }


def with_wishes(units: list[dict[str, Any]], children: list[UUID]) -> None:
    """Some are offered preschool for all and say yes, with wishes of every kind of unit."""
    chance = Random(7)
    some = children[:WISHING]
    made = make_for(some, [GENERAL], as_of=DAY)
    assert made >= len(some) * 0.9  # all but those to whom nobody can be turned
    ids = [it["id"] for it in units]
    wanted = chance.sample(ids, min(6, len(ids)))  # that all want
    wanted += [it["id"] for it in units if "position" not in it][:2]
    wanted += [it["id"] for it in units if it["organiser"] == "independent"][:1]
    for offer in Offer.objects.filter(situation="general-preschool").order_by("id"):
        who = Addressee.objects.filter(offer=offer).order_by("id")[0]
        told = {"wishes": chance.sample(wanted, min(3, len(wanted)))}
        assert accept(offer.id, Answer(who.person, "sv", told=told)).case


# ---- the round, and what must hold of it


def tried(as_if: str) -> str:
    """The digest of a round that is opened, settled and forgotten."""
    with transaction.atomic():
        id = open_round(service=SERVICE, start=START, by=None, as_of=DAY, seed=as_if)
        digest = settle(id, by=None).digest
        transaction.set_rollback(True)
    return digest


@pytest.mark.parametrize(
    "code", [LULEA, pytest.param(LINKOPING, marks=pytest.mark.one_database), ASELE]
)
def test_a_round_in_a_real_municipality(tmp_path: Path, code: str) -> None:
    begun = time.process_time()
    it = scene(tmp_path, code)
    first = tried(SEED)
    id = open_round(service=SERVICE, start=START, by=None, as_of=DAY, seed=SEED)
    round = settle(id, by=None)
    assert round.digest == first == settle(id, by=None).digest  # run twice, the same
    places = list(Place.objects.filter(round=id))
    placed = [place for place in places if place.unit]
    assert set(it.found) <= {place.subject for place in places}
    assert wrong_in(it.known, places) == []
    assert Counter(place.unit for place in placed) == Counter(
        Seat.objects.filter(taken=False).values_list("unit", flat=True)
    )
    assert wrong_in(it.known, planted(places))  # or what looks for faults would see none
    near_home(it, places)
    protected(it, round, places)
    explained(places)
    offered(it, placed)
    filled_again(it)
    print(
        f"{it.place.name}: {it.place.people:,} people, {len(it.known.units)} preschools, "
        f"{len(places)} in the round, {len(placed)} placed, "
        f"{time.process_time() - begun:.1f} s of processor"
    )


def planted(places: list[Place]) -> list[Place]:
    """The same, but that two have changed places, of whom one wanted the other's."""
    for one in places:
        for other in places:
            wanted = [unit for unit, _ in one.listed[: one.rank]]
            if other.unit and other.unit in wanted:
                swap = {one.id: other.unit, other.id: one.unit}
                return [
                    Place(subject=p.subject, since=p.since, listed=p.listed,
                          unit=swap.get(p.id, p.unit))
                    for p in places
                ]  # fmt: skip
    raise AssertionError("nobody was refused anything")


def near_home(it: Scene, places: list[Place]) -> None:
    """Who has not wished asks for the nearest; who has, for the nearest after the wishes."""
    for place in places:
        asked = [unit for unit, _ in place.listed]
        own, rest = asked[: place.wished], asked[place.wished :]
        many = (5 if own else 10) + len(own)
        near = [unit for unit in nearest(it.known, place.subject, many) if unit not in own]
        assert rest == near[: 5 if own else 10], (place.subject, asked)


def explained(places: list[Place]) -> None:
    """Each family can read why, for every unit that it wanted more than the one it was given."""
    speak = translator("sv")
    guards = dict(Guardianship.objects.values_list("child", "guardian"))
    people = Person.objects.in_bulk([guards[place.subject] for place in places])
    for place in places:
        found = explained_for_family(actor(people[guards[place.subject]]), place.id)
        lines = wishes(found, "sv")
        until = place.rank + 1 if place.rank is not None else len(place.listed)
        assert len(lines) == until and all(line.says for line in lines)
        assert [line.given for line in lines].count(True) == bool(place.unit)
        assert bool(why_this(found, speak)) == bool(place.unit)


def protected(it: Scene, round: Round, places: list[Place]) -> None:
    """The protected are tasks, and nowhere else: no list, no count, no offer, no message."""
    waiting = {place.subject for place in places}
    tasks = set(ByHand.objects.values_list("subject", flat=True))
    assert tasks == set(it.hidden) and not tasks & waiting
    assert not waiting & it.known.hidden
    assert not Seat.objects.filter(subject__in=tasks).exists()
    assert not Offer.objects.filter(person__in=it.known.hidden).exists()
    assert not Message.objects.filter(to_person__in=it.known.hidden).exists()
    clerk = actor(None, ("administrator", "education"))
    opened = open_for(clerk, round.id)
    assert opened.children == len(places)
    assert sum(result.given for result in opened.results) == sum(bool(p.unit) for p in places)
    with pytest.raises(PermissionDenied):
        tasks_by_hand(opened)


def offered(it: Scene, placed: list[Place]) -> None:
    """Every place given unasked is offered once, to the guardians, in words that can be sent."""
    work_off()
    unasked = {place.subject: place for place in placed if place.source.startswith("situation:")}
    offers = list(Offer.objects.filter(situation="child-soon-one"))
    assert {offer.person for offer in offers} == set(unasked)
    assert not OfferByHand.objects.exclude(person__in=it.known.hidden).exists()
    names = {unit["id"]: unit["name"] for unit in preschools(it.place.code)}
    for offer in offers:
        assert (offer.unit, offer.state) == (unasked[offer.person].unit, "sent")
        guards = set(Guardianship.objects.filter(child=offer.person).values_list("guardian"))
        told = Addressee.objects.filter(offer=offer).values_list("person")
        assert set(told) and set(told) <= guards
    for (said,) in Message.objects.filter(kind="offer").exclude(sms=None).values_list("sms"):
        sms = str(said)
        assert len(sms) <= 300 and (" på " not in sms or any(n in sms for n in names.values()))
    work_off()
    assert Offer.objects.filter(situation="child-soon-one").count() == len(offers)


def filled_again(it: Scene) -> None:
    """One says yes and one says no; the next round gives the freed seat to somebody else."""
    offers = Offer.objects.filter(situation="child-soon-one", state="sent").order_by("id")
    if it.place.code == ASELE and not offers:
        return  # so few places that those who had wished may take them all: the lot decides
    yes, *others = offers
    who = Addressee.objects.filter(offer=yes)[0].person
    assert accept(yes.id, Answer(who, "sv")).state == "accepted"
    assert Seat.objects.get(subject=yes.person).taken
    for no in others[:3]:
        decline(no.id, Answer(Addressee.objects.filter(offer=no)[0].person, "sv"))
        assert not Seat.objects.filter(subject=no.person).exists()
    again = open_round(service=SERVICE, start=START, by=None, as_of=DAY, seed=SEED)
    settle(again, by=None)
    places = list(Place.objects.filter(round=again))
    assert not {p.subject for p in places} & {yes.person, *(no.person for no in others[:3])}
    held = Counter(Seat.objects.filter(until=None).values_list("unit", flat=True))
    assert all(held[unit] <= n for unit, n in it.known.capacity.items())


# ---- a capital's preschools, as they come


def test_many_preschools_of_which_several_share_a_name(tmp_path: Path) -> None:
    begun = time.process_time()
    place, units = town(STOCKHOLM), preschools(STOCKHOLM)
    names = Counter(unit["name"] for unit in units)
    assert len(units) > 800 and max(names.values()) > 1
    checked = check(package(tmp_path, place, units))
    assert [str(it) for it in checked.problems if it.weight is Weight.ERROR] == []
    unknown = [it for it in units if it["organiser"] == "municipal" and "position" not in it]
    warned = [str(it) for it in checked.problems if "has no position" in str(it)]
    assert len(warned) == len(unknown)
    edition = publish(tmp_path / f"m{STOCKHOLM}", by="test", why="a capital")
    told = [str(unit.name) for unit in units_of(edition, "preschool").values()]
    assert len(set(told)) == len(told)
    assert time.process_time() - begun < 60


@pytest.mark.parametrize(
    ("code", "said"),
    [("580", 'write "0580"'), (580, 'quotes: "580"'), ("Linköping", "four digits"), ("", "four")],
)
def test_a_code_that_is_no_municipalitys_is_told(tmp_path: Path, code: object, said: str) -> None:
    place = Town(LINKOPING, "Linköping", 1000)
    own = package(tmp_path, place, preschools(ASELE))
    text = (own / "package.yaml").read_text()
    (own / "package.yaml").write_text(text.replace(f"'{LINKOPING}'", json.dumps(code)))
    told = [str(it) for it in check(own).problems if it.weight is Weight.ERROR]
    assert len(told) == 1 and "package.yaml:" in told[0] and said in told[0], told
