"""Who may do what with a proposal, in which order, and what several at once come to."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from allting.cases.tests.test_parallel import at_once
from allting.editing.actions import NotDone, drop, edit, go_back, make_move, settle
from allting.editing.models import Happening, Proposal
from allting.editing.tests.town import FEE, SERVICE, Staff, fee, people, published, summary
from allting.editing.working import working
from allting.identity.api import Actor, Role
from allting.kernel.models import AuditEntry
from allting.packages.api import NotPublishable, Touched, current, forget_editions
from allting.packages.models import PackageVersion

BASE = "/sv/desk/package/"


@pytest.fixture
def staff(db: Any, tmp_path: Path, settings: Any) -> Staff:
    settings.ALLTING_EDITION_LOOK = 0
    published(tmp_path)
    return people()


def proposed(staff: Staff, value: int = 950) -> Proposal:
    held = edit(staff.amir.actor, None, [fee(value)])
    return make_move(staff.amir.actor, held.id, "propose", seen=held.version, comment="Ny taxa")


def approved(staff: Staff, value: int = 950) -> Proposal:
    held = proposed(staff, value)
    return make_move(staff.birgitta.actor, held.id, "approve", seen=held.version)


def test_the_whole_way_is_written_down(staff: Staff) -> None:
    held = approved(staff)
    held = make_move(staff.birgitta.actor, held.id, "publish", seen=held.version)
    assert (held.state, held.edition) == ("published", 2)
    row = PackageVersion.objects.get(number=2)
    assert (row.by, row.why, row.way, row.base) == ("Amir Rahimi", "Ny taxa", "desk", 1)
    did = Happening.objects.filter(proposal=held).values_list("did", "name")
    assert list(did) == [
        ("edit", "Amir Rahimi"),
        ("propose", "Amir Rahimi"),
        ("approve", "Birgitta Nilsson"),
        ("publish", "Birgitta Nilsson"),
    ]
    verbs = AuditEntry.objects.filter(verb__startswith="editing:").values_list("verb", flat=True)
    assert list(verbs.order_by("id")) == [f"editing:{one[0]}" for one in did]


def test_nobody_approves_what_they_have_edited(staff: Staff) -> None:
    both = replace(staff.siv.actor, roles=(*staff.siv.actor.roles, Role("approver", "education")))
    held = edit(staff.amir.actor, None, [fee(950)])
    held = edit(both, held.id, [summary("Sök här")])
    held = make_move(staff.amir.actor, held.id, "propose", seen=held.version, comment="Ny taxa")
    for do in ("approve", "return"):
        with pytest.raises(PermissionDenied):
            make_move(both, held.id, do, seen=held.version, comment="x")
    held = make_move(staff.birgitta.actor, held.id, "approve", seen=held.version)
    assert held.state == "approved"


@pytest.mark.django_db(transaction=True)
def test_what_was_not_seen_is_not_approved(staff: Staff) -> None:
    held = proposed(staff)
    with pytest.raises(NotDone, match=NotDone.CHANGED):
        make_move(staff.birgitta.actor, held.id, "approve", seen=held.version - 1)
    with pytest.raises(NotDone, match=NotDone.NOT_NOW):
        edit(staff.amir.actor, held.id, [fee(1)])
    with pytest.raises(NotDone, match=NotDone.NOT_NOW):
        make_move(staff.birgitta.actor, held.id, "publish", seen=held.version)
    with pytest.raises(NotDone, match=NotDone.WHY):
        make_move(staff.birgitta.actor, held.id, "return", seen=held.version)
    held = make_move(staff.birgitta.actor, held.id, "return", seen=held.version, comment="Fel år")
    held = edit(staff.amir.actor, held.id, [fee(960)])
    assert held.state == "returned" and json.dumps(held.edits).count("value") > 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("do", ["propose", "approve", "return", "publish", "withdraw", "edit"])
def test_the_wrong_people_are_refused(staff: Staff, do: str) -> None:
    """A resident, a caseworker, an editor of another board, and for each move the other role."""
    held = edit(staff.amir.actor, None, [summary("Sök här")])
    refused = [staff.maja, staff.anna, staff.other]
    if do in ("approve", "return"):
        refused.append(staff.siv)
    if do in ("propose", "withdraw"):
        refused.append(staff.birgitta)
    for one in refused:
        with pytest.raises(PermissionDenied):
            if do == "edit":
                edit(one.actor, held.id, [summary("Annat")])
            else:
                make_move(one.actor, held.id, do, seen=held.version, comment="x")
    with pytest.raises(PermissionDenied):
        make_move(staff.amir.actor, uuid4(), "withdraw", seen=1)
    with pytest.raises(PermissionDenied):
        make_move(staff.amir.actor, held.id, "eat", seen=held.version)


@pytest.mark.django_db(transaction=True)
def test_others_do_not_even_see_it(staff: Staff) -> None:
    held = edit(staff.amir.actor, None, [summary("Sök här")])
    pages = ["", f"proposals/{held.id}/", "editions/", "editions/1/", "editions/1/files/"]
    for address in pages:
        assert staff.maja.client.get(BASE + address).status_code == 403
        assert Client().get(BASE + address).status_code == 302
        assert staff.anna.client.get(BASE + address).status_code == 200
    form = f"{BASE}edit/services/{SERVICE}/service.yaml/"
    for one in (staff.maja, staff.anna, staff.other, staff.birgitta):
        assert one.client.get(form).status_code == 403
        assert one.client.post(form, {"f.summary.sv": "x"}).status_code == 403
        assert one.client.post(f"{BASE}proposals/{held.id}/settle/").status_code == 403
    assert staff.anna.client.post(f"{BASE}editions/1/back/", {"why": "x"}).status_code == 403
    with pytest.raises(PermissionDenied):
        go_back(staff.amir.actor, 1, "x")


def test_two_change_other_places_of_one_file_and_both_come_true(staff: Staff) -> None:
    mine = edit(staff.amir.actor, None, [fee(950)])
    yours = edit(staff.siv.actor, None, [fee(120, "bin-fee", 100)])
    for held, editor in ((mine, staff.amir), (yours, staff.siv)):
        held = make_move(editor.actor, held.id, "propose", seen=held.version, comment="Taxa")
        held = make_move(staff.birgitta.actor, held.id, "approve", seen=held.version)
        make_move(editor.actor, held.id, "publish", seen=held.version)
    forget_editions()
    parameters = current().definition.parameters
    assert (parameters["map-fee"], parameters["bin-fee"]) == (950, 120)


def test_two_change_the_same_and_the_second_must_choose(staff: Staff) -> None:
    mine, yours = edit(staff.amir.actor, None, [fee(950)]), approved(staff, 999)
    make_move(staff.birgitta.actor, yours.id, "publish", seen=yours.version)
    forget_editions()
    with pytest.raises(NotDone, match=NotDone.CLASH):
        make_move(staff.amir.actor, mine.id, "propose", seen=mine.version, comment="Taxa")
    page = staff.amir.client.get(f"{BASE}proposals/{mine.id}/").text
    assert "Andra har ändrat samma sak efter dig" in page
    assert "var 900, är nu 999, och förslaget säger 950" in page
    settle(staff.amir.actor, mine.id)
    mine.refresh_from_db()
    mine = make_move(staff.amir.actor, mine.id, "propose", seen=mine.version, comment="Taxa")
    assert mine.state == "proposed"
    drop_all(staff, mine)


def test_whom_it_touches_is_said_in_the_reader_s_language(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stand(*_: object) -> list[Touched]:
        return [
            Touched(SERVICE, "3 open cases go on", kind="open cases", number=3),
            Touched(SERVICE, "the service is closed", warns=True),
        ]

    monkeypatch.setattr("allting.editing.working.touched", stand)
    held = edit(staff.amir.actor, None, [fee(950)])
    page = staff.birgitta.client.get(f"{BASE}proposals/{held.id}/").text
    assert "Öppna ärenden som fortsätter enligt den utgåva de började under: 3" in page
    assert '<span lang="en">the service is closed</span>' in page


def test_two_write_one_proposal_and_neither_approves_it(staff: Staff) -> None:
    held = edit(staff.amir.actor, None, [fee(950), summary("Sök här")])
    siv = staff.siv.client
    form = f"{BASE}edit/services/{SERVICE}/service.yaml/?in={held.id}"
    assert 'value="Sök här"' in siv.get(form).text
    drop(staff.siv.actor, held.id, *FEE)
    held.refresh_from_db()
    assert sorted(held.authors.values()) == ["Amir Rahimi", "Siv Ek"]
    assert siv.get(f"{BASE}edit/package.yaml/?in=nonsense").status_code == 404
    assert siv.get(f"{BASE}edit/package.yaml/?in={uuid4()}").status_code == 404


def drop_all(staff: Staff, held: Proposal) -> None:
    back = make_move(
        staff.birgitta.actor, held.id, "return", seen=held.version, comment="Ta bort den"
    )
    drop(staff.amir.actor, back.id, *FEE)
    assert working(Proposal.objects.get(id=held.id)).edits == ()
    back.refresh_from_db()
    with pytest.raises(NotDone, match=NotDone.EMPTY):
        make_move(staff.amir.actor, back.id, "propose", seen=back.version, comment="Taxa")


def test_what_the_check_refuses_is_never_proposed(staff: Staff) -> None:
    held = edit(staff.amir.actor, None, [fee("mycket")])
    with pytest.raises(NotDone, match=NotDone.ERRORS):
        make_move(staff.amir.actor, held.id, "propose", seen=held.version, comment="x")


@pytest.mark.django_db(transaction=True)
def test_published_twice_at_once_it_is_one_edition(transactional_db: None, staff: Staff) -> None:
    held = approved(staff)
    works = [publishing(one.actor, held.id, held.version) for one in (staff.amir, staff.birgitta)]
    results = at_once(*works)
    assert sorted(type(one).__name__ for one in results) == ["NotDone", "Proposal"]
    assert PackageVersion.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_proposals_published_at_once_lose_nothing(transactional_db: None, staff: Staff) -> None:
    first = approved(staff)
    second = edit(staff.siv.actor, None, [fee(120, "bin-fee", 100)])
    second = make_move(staff.siv.actor, second.id, "propose", seen=second.version, comment="Sopor")
    second = make_move(staff.birgitta.actor, second.id, "approve", seen=second.version)
    pairs = [(staff.amir, first), (staff.siv, second)]
    results = at_once(*(publishing(one.actor, held.id, held.version) for one, held in pairs))
    for (one, held), result in zip(pairs, results, strict=True):
        if isinstance(result, NotPublishable):  # the other was there first: once more, over theirs
            make_move(one.actor, held.id, "publish", seen=held.version)
        else:
            assert isinstance(result, Proposal), result
    forget_editions()
    parameters = current().definition.parameters
    assert (parameters["map-fee"], parameters["bin-fee"]) == (950, 120)
    assert PackageVersion.objects.count() == 3


def publishing(actor: Actor, id: UUID, seen: int) -> Callable[[], Proposal]:
    return lambda: make_move(actor, id, "publish", seen=seen)


@pytest.mark.django_db(transaction=True)
def test_a_failure_in_publishing_leaves_it_approved(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = approved(staff)

    def broken(*_: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("allting.editing.actions.publish_folders", broken)
    with pytest.raises(RuntimeError):
        make_move(staff.amir.actor, held.id, "publish", seen=held.version)
    assert PackageVersion.objects.count() == 1
    assert Proposal.objects.get(id=held.id).state == "approved"
