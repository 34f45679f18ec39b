"""A decision about a child reaches all who answer for it, unless that could tell where one is."""

from pathlib import Path
from typing import Any

import pytest

from allting.cases.actions import do, finish_task
from allting.cases.jobs import write_letter
from allting.cases.models import Letter
from allting.cases.steps import Given
from allting.cases.tests.people import People, a_case, client_of, people
from allting.cases.tests.town import PROCESS, PROCESS_FILE, published
from allting.kernel.api import dead_letters, work_off
from allting.notifications.api import attachment, inbox, message
from allting.register.access import NAMED_HANDLER
from allting.register.models import AccessLog, Guardianship, Person
from allting.register.testing import actor, person

PLACED = Given(outcome="placed", values={"unit": "solrosen", "start": "2027-01-11"})


def worker_of(who: People) -> Any:
    """Someone who may handle protected people too, and decide."""
    eva = person("Eva", who.family.mother.birth_date)
    roles = ("administrator", "decision-maker", NAMED_HANDLER)
    return actor(eva, *((role, "education") for role in roles))


def decided(who: People, worker: Any) -> Letter:
    case = a_case(who)
    do(worker, case.id, "take", seen_stage="received")
    finish_task(worker, case.id, "hear")
    do(worker, case.id, "decide", seen_stage="investigation", given=PLACED)
    work_off()
    assert dead_letters() == ()
    return Letter.objects.get(case=case, formal=True)


def decisions(of: Any) -> list[Any]:
    return [row for row in inbox(of).rows if row.kind == "decision"]


def desk(worker: Any, letter: Letter) -> str:
    page = client_of(worker).get(f"/sv/desk/cases/{letter.case.number}/")
    assert page.status_code == 200
    return page.content.decode()


def test_the_other_guardian_gets_it_in_their_language(cast: People) -> None:
    Person.objects.filter(id=cast.family.father.id).update(language="en")
    letter = decided(cast, worker_of(cast))
    assert [row.subject for row in decisions(cast.mother)] == ["Plats på Solrosen"]
    [row] = decisions(cast.father)
    assert row.subject == "A place at Solrosen"
    found = message(cast.father, row.id)
    assert found is not None
    assert found.body.startswith("You get this because you answer for Nils Berg. Maja Berg applied")
    assert found.url == f"/en/my/cases/{letter.case.number}/"
    held = attachment(cast.father, row.id)
    assert held is not None and held.content.startswith(b"%PDF")
    assert attachment(cast.stranger, row.id) is None
    assert not decisions(cast.stranger)
    assert letter.others == "told"
    assert "Barnets andra vårdnadshavare har också fått det" in desk(cast.worker, letter)
    read = AccessLog.objects.filter(purpose="letter", person=cast.family.father)
    assert read.get().case == letter.case.number


def test_once_however_often_the_job_runs(cast: People) -> None:
    letter = decided(cast, worker_of(cast))
    for _ in range(3):
        write_letter.func(str(letter.id))
    assert len(decisions(cast.father)) == len(decisions(cast.mother)) == 1


@pytest.mark.parametrize("protection", ["mark", "registration", "new-identity"])
@pytest.mark.parametrize("whose", ["baby", "mother", "father"])
def test_where_one_is_protected_the_applicant_alone(
    cast: People, whose: str, protection: str
) -> None:
    Person.objects.filter(id=getattr(cast.family, whose).id).update(protection=protection)
    worker = worker_of(cast)
    letter = decided(cast, worker)
    assert len(decisions(cast.mother)) == 1 and not decisions(cast.father)
    assert letter.others == "withheld"
    assert "Skickat bara till den sökande" in desk(worker, letter)


def test_whoever_has_died_or_answers_no_more_gets_nothing(cast: People) -> None:
    Guardianship.objects.filter(guardian=cast.family.father).delete()
    letter = decided(cast, worker_of(cast))
    assert letter.others == "" and not decisions(cast.father)
    assert "vårdnadshavare har också" not in desk(cast.worker, letter)


def test_the_package_may_keep_it_with_the_applicant(db: None, tmp_path: Path) -> None:
    published(tmp_path / "town", {PROCESS_FILE: PROCESS + "decision_to: applicant\n"})
    cast = people()
    letter = decided(cast, worker_of(cast))
    assert letter.others == "" and not decisions(cast.father)


def test_other_letters_are_the_applicants_own(cast: People) -> None:
    a_case(cast)
    work_off()
    assert len(inbox(cast.mother).rows) == 1 and inbox(cast.father).rows == ()
