"""Who may make which move, allowed and refused."""

import pytest
from django.core.exceptions import PermissionDenied

from allting.cases.actions import do, finish_task
from allting.cases.models import CaseEvent
from allting.cases.steps import Given
from allting.cases.tests.people import People, a_case, refused
from allting.register.testing import actor

NOTHING = Given()
PLACED = Given(outcome="placed", values={"unit": "solrosen", "start": "2027-01-11"})


@pytest.mark.parametrize(
    ("who", "move"),
    [
        ("worker", "withdraw"),  # the applicant's alone
        ("worker", "decide"),
        ("worker", "send-back"),
        ("chief", "take"),
        ("chief", "propose"),
        ("chief", "withdraw"),
        ("builder", "take"),  # another board
        ("builder", "decide"),
        ("builder", "note"),
        ("mother", "take"),
        ("mother", "decide"),
        ("mother", "note"),
        ("father", "withdraw"),  # the other guardian reads, and does nothing
        ("father", "supplement"),
        ("stranger", "withdraw"),
        ("stranger", "take"),
        ("stranger", "no-such-move"),
    ],
)
@pytest.mark.parametrize("stage", ["received", "proposed"])
def test_refused(cast: People, who: str, move: str, stage: str) -> None:
    case = a_case(cast)
    if stage == "proposed":
        do(cast.worker, case.id, "propose", seen_stage="received", given=PLACED)
    before = CaseEvent.objects.count()
    with refused(Exception) as found:
        do(getattr(cast, who), case.id, move, seen_stage=stage, given=PLACED)
    # a move that is nobody's in this stage is refused as such to those who have the case
    theirs = who in ("worker", "chief", "mother")
    assert theirs or isinstance(found.value, PermissionDenied)
    assert CaseEvent.objects.count() == before


def test_nobody_works_with_their_own_case(cast: People) -> None:
    case = a_case(cast)
    roles = (("administrator", "education"), ("decision-maker", "education"))
    for someone in (cast.family.mother, cast.family.father):
        with refused(PermissionDenied):
            do(actor(someone, *roles), case.id, "take", seen_stage="received")


def test_a_case_that_does_not_exist(cast: People) -> None:
    with refused(PermissionDenied):
        do(cast.worker, 999, "take", seen_stage="received")


def test_tasks_are_for_those_who_have_the_role(cast: People) -> None:
    case = a_case(cast)
    do(cast.worker, case.id, "take", seen_stage="received")
    for who in (cast.chief, cast.builder, cast.mother, cast.stranger):
        with refused(PermissionDenied):
            finish_task(who, case.id, "hear")
    with refused(PermissionDenied):
        finish_task(cast.worker, case.id, "no-such-task")
