"""Names in lists: for the board's own employees, logged, and withheld of protected people."""

from datetime import date
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied

from allting.register.access import NAMED_HANDLER
from allting.register.api import names_for_lists
from allting.register.models import AccessLog
from allting.register.testing import actor, family, person

pytestmark = pytest.mark.django_db
WORKER = ("administrator", "education")


def test_names_are_given_and_logged() -> None:
    people = family()
    wanted = {people.baby.id.hex: "education", people.mother.id.hex: "education"}
    worker = actor(None, WORKER)
    found = names_for_lists(worker, wanted, purpose="queue")
    assert found == {
        people.baby.id.hex: ("Nils Berg", False),
        people.mother.id.hex: ("Maja Berg", False),
    }
    logged = AccessLog.objects.values_list("person", "board", "purpose", "case")
    assert set(logged) == {(UUID(p), "education", "queue", "") for p in wanted}
    assert names_for_lists(worker, {}, purpose="queue") == {}


def test_another_board_is_refused() -> None:
    someone = person("Gun", date(1950, 7, 7))
    with pytest.raises(PermissionDenied):
        names_for_lists(actor(None, WORKER), {someone.id.hex: "building"}, purpose="queue")
    with pytest.raises(PermissionDenied):
        names_for_lists(actor(someone), {someone.id.hex: "education"}, purpose="queue")
    assert not AccessLog.objects.exists()


def test_protected_people_are_named_only_to_named_handlers() -> None:
    hidden = person("Sara", date(1988, 12, 5), protection="mark")
    wanted = {hidden.id.hex: "education"}
    assert names_for_lists(actor(None, WORKER), wanted, purpose="queue") == {
        hidden.id.hex: (None, True)
    }
    assert not AccessLog.objects.exists()
    elsewhere = actor(None, WORKER, (NAMED_HANDLER, "building"))
    assert names_for_lists(elsewhere, wanted, purpose="queue") == {hidden.id.hex: (None, True)}
    named = actor(None, WORKER, (NAMED_HANDLER, "education"))
    assert names_for_lists(named, wanted, purpose="queue") == {hidden.id.hex: ("Sara Berg", True)}
    assert AccessLog.objects.count() == 1
