"""What others have asked for that is one's matter too: refused wherever it is not."""

from typing import Any

import pytest

from allting.cases.api import standing_together
from allting.cases.testing import standing_case
from allting.identity.api import Actor
from allting.register.models import Person
from allting.register.testing import Family, actor, family

pytestmark = pytest.mark.django_db
WEDDING, PLACE, LEAVE = "civil-wedding", "preschool-place", "parental-benefit"


@pytest.fixture
def people(db: None) -> Family:
    """The father has asked for three things: one of both, one for the child, one for himself."""
    found = family()
    standing_case(found.father.id, WEDDING, 1)
    standing_case(found.father.id, LEAVE, 1)
    standing_case(found.father.id, PLACE, 1, subject=found.sister.id)
    return found


def seen(who: Actor, people: Family, **more: Any) -> list[str]:
    values: dict[str, Any] = {
        "spouses": (),
        "guardians": (),
        "child": people.sister.id,
        "of_the_child": [PLACE],
        "of_both": [WEDDING],
        **more,
    }
    return [it.service for it in standing_together(who, **values)]


def test_a_spouse_sees_what_both_must_ask_for_and_no_more(people: Family) -> None:
    mother = actor(people.mother)
    assert seen(mother, people, spouses=[people.father.id]) == [WEDDING]
    assert seen(mother, people, spouses=[people.father.id], of_both=[]) == []
    assert seen(mother, people, spouses=[people.mother.id]) == []


def test_a_guardian_sees_the_childs_and_no_more(people: Family) -> None:
    mother, his = actor(people.mother), [people.father.id]
    assert seen(mother, people, guardians=his) == [PLACE]
    assert seen(mother, people, guardians=his, of_the_child=[LEAVE]) == []
    assert seen(mother, people, guardians=his, child=None) == []
    assert seen(mother, people, guardians=his, spouses=his) == [WEDDING, PLACE]


def test_nobody_else_sees_anything(people: Family) -> None:
    stranger = actor(people.stranger)
    assert seen(stranger, people, guardians=[people.father.id]) == []
    assert seen(actor(people.mother), people, guardians=[people.stranger.id]) == []
    assert seen(actor(people.mother), people) == []


@pytest.mark.parametrize("who", ["father", "sister"])
def test_nothing_of_whoever_is_protected(people: Family, who: str) -> None:
    Person.objects.filter(id=getattr(people, who).id).update(protection="mark")
    his = [people.father.id]
    left = [] if who == "father" else [WEDDING]
    assert seen(actor(people.mother), people, guardians=his, spouses=his) == left
