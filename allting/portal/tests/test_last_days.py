"""What is said of a last day where others may read it."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from allting.packages.api import Edition
from allting.portal import handlers
from allting.register.testing import Family, actor


@pytest.mark.parametrize(("asks", "says"), [(True, "Svara oss i"), (False, "Vi beslutar i")])
@pytest.mark.parametrize("discreet", [True, False])
def test_a_case_about_something_discreet_is_not_named_outside(
    solvik: Edition,
    people: Family,
    monkeypatch: pytest.MonkeyPatch,
    asks: bool,
    says: str,
    discreet: bool,
) -> None:
    day = date(2027, 2, 1)
    opened: Any = SimpleNamespace(
        case=SimpleNamespace(number="SN-2026-000001", due=day),
        service=SimpleNamespace(title={"sv": "Missbruksvård"}, discreet=discreet),
        question=SimpleNamespace(answer_by=day) if asks else None,
        decision=None,
    )
    monkeypatch.setattr(handlers, "case_for_applicant", lambda actor, number: opened)
    found = handlers.of_a_case(actor(people.mother), "case:SN-2026-000001")
    assert found is not None and "Missbruksvård" in found.what["sv"]
    assert bool(found.outside) is discreet
    if discreet:
        assert found.outside["sv"] == f"{says} ditt ärende"
