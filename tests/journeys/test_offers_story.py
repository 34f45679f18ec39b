"""The city comes to the families: a round of places, told by text and mail, answered with a tap.

A served house with its background work, a real mail server, a gateway peer and real browsers, in
both languages, on a phone and a desk, once without script.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import ROOT, chromium
from tests.gateway import gateway
from tests.house import house
from tests.journeys import bay
from tests.journeys import offers_story as acts
from tests.journeys.bay import BERG, DAHLIN, HIDDEN, MILLER, RAHIMI, SANDELL
from tests.journeys.offers_people import Story
from tests.journeys.story import CASEWORKER, DECIDER
from tests.mailbox import mailbox

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def story(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Story]:
    """The house as it opens; texts to one guardian cannot be delivered."""
    kept = ROOT / "docs/screens/offers" if request.config.getoption("--screens") else None
    more = os.environ.get("ALLTING_PICTURES")  # a folder for every other form of the pages
    with gateway() as sms, mailbox() as post, chromium() as browser:
        sms.dead = {DAHLIN.phone(1)}
        folder = bay.package(tmp_path / "packages")
        environment = {"ALLTING_SMTP": post.address, **sms.settings()}
        with house(tmp_path, package=str(folder), people=300, environment=environment) as one:
            sms.house = one.url
            one.start()
            yield Story(browser, one, sms, post, kept, Path(more) if more else None)


def test_the_city_comes_to_the_families(story: Story, tmp_path: Path) -> None:
    with (
        story.person(acts.KEEPER, "sv", "wide") as keeper,
        story.person(CASEWORKER, "en", "phone") as caseworker,
        story.person(DECIDER, "sv", "wide") as decider,
    ):
        acts.preview(keeper)
        acts.compare(keeper, tmp_path / "packages")
        acts.run(keeper)
        caseworker.enter("desk/rounds/")
        decider.enter("desk/rounds/")
        round = acts.open_round(caseworker)
        acts.settle(decider, round)
        the_first_four_are_told(story)
        number = one_taps(story)
        two_answer_by_text(story)
        acts.read_the_log(keeper)
        acts.read_the_case(caseworker, number)
        acts.settle(decider, acts.open_round(caseworker))
    the_next_is_offered_what_was_declined(story)
    one_does_not_answer(story)
    acts.nothing_given_away(story)
    for who, source in story.pages:
        assert HIDDEN.surname not in source and HIDDEN.baby not in source, who
    with story.person(acts.NAMED, "sv", "phone") as named:
        acts.place_by_hand(named, round)
    assert [HIDDEN.baby, "blaklockan", True] in acts.state(story)["seats"]
    acts.nothing_given_away(story)
    assert set(story.gateway.told) == {204}
    assert story.complaints == []


def the_first_four_are_told(story: Story) -> None:
    """Each guardian, by text and by mail; and that a machine opens their links changes nothing."""
    for family in (BERG, RAHIMI, MILLER, SANDELL):
        for n in range(len(family.guardians)):
            assert "/o/" in story.gateway.wait_for(family.phone(n))
            story.wait_for_mail(family.email(n))
    assert not story.gateway.to(DAHLIN.phone())
    acts.nothing_given_away(story)
    before = acts.state(story)
    assert acts.offers(before) == dict.fromkeys(("Vera", "Dina", "Noah", "Hugo"), "sent")
    assert acts.scan(story) >= 10
    assert acts.state(story) == before


def one_taps(story: Story) -> str:
    """On a phone: the seat, the decision, the letter. The number of the case."""
    with story.person(BERG.name(), "sv", "phone") as elin:
        acts.accept(elin, BERG)
        story.wait_for_mail(BERG.email(), 2)
        number = acts.read(elin, BERG, acts.first_day())
        acts.message_about_the_offer(elin)
    return number


def two_answer_by_text(story: Story) -> None:
    """One says no and one says yes."""
    texts = story.gateway
    assert texts.answers(RAHIMI.phone(), "NEJ tack") == 204
    assert texts.answers(MILLER.phone(), "Yes please!") == 204
    assert "Tack för ditt nej" in texts.wait_for(RAHIMI.phone(), 2)
    assert "your yes has come to us" in texts.wait_for(MILLER.phone(), 2)
    story.wait_for_mail(MILLER.email(), 2)
    after = acts.state(story)
    assert acts.offers(after) == {
        "Vera": "accepted", "Dina": "declined", "Noah": "accepted", "Hugo": "sent"
    }  # fmt: skip
    assert after["seats"] == [
        ["Hugo", "blaklockan", False], ["Noah", "blaklockan", True], ["Vera", "solrosen", True]
    ]  # fmt: skip
    assert after["decisions"] == 2


def the_next_is_offered_what_was_declined(story: Story) -> None:
    """One guardian says yes without script; the other, whom no text reaches, can see why."""
    with story.person(DAHLIN.name(), "en", "wide", script=False) as jonas:
        acts.accept(jonas, DAHLIN)
    with story.person(DAHLIN.name(1), "en", "phone") as mira:
        mira.enter("my/inbox/")
        acts.message_about_the_offer(mira)
    assert ["Ines", "solrosen", True] in acts.state(story)["seats"]


def one_does_not_answer(story: Story) -> None:
    """They are reminded, the offer closes, and the place is free."""
    texts = story.gateway
    acts.pass_days(story, 11)
    texts.wait_for(SANDELL.phone(), 2)
    acts.pass_days(story, 15)
    with story.person(SANDELL.name(), "sv", "phone") as sofia:
        acts.late(sofia)
    assert texts.answers(SANDELL.phone(), "JA") == 204
    assert "redan" in texts.wait_for(SANDELL.phone(), 3)
    after = acts.state(story)
    assert acts.offers(after)["Hugo"] == "expired"
    assert [name for name, *_ in after["seats"]] == ["Ines", "Noah", "Vera"]
