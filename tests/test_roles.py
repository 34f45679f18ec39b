"""`allting roles`: how the first employee of a municipality gets in."""

from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import RequestFactory

from allting.identity.actions import account_for
from allting.identity.api import actor_of, ensure_account
from allting.identity.claims import Identity
from allting.identity.ports import FoundPerson, Ports
from allting.identity.sessions import COOKIE, open_session
from allting.identity.testing import LOA3
from allting.packages.testing import PACKAGE, in_force, written

pytestmark = pytest.mark.django_db
ANNA, NUMBER = "199001019802", "19900101-9802"
HOUSE = """\
name: {sv: Viks kommun, en: Municipality of Vik}
contact: {phone: "+46 10 555 00 00"}
boards:
  - {id: education, name: {sv: Utbildningsnämnden, en: Education board}, series: UN}
roles:
  - {id: administrator, name: {sv: Handläggare, en: Caseworker}}
"""


@pytest.fixture(autouse=True)
def vik(db: None, tmp_path: Path) -> None:
    in_force(written(tmp_path / "vik", {"package.yaml": PACKAGE, "organisation.yaml": HOUSE}))


def said(*words: str) -> str:
    out = StringIO()
    call_command("roles", *words, stdout=out)
    return out.getvalue()


def test_somebody_who_has_never_signed_in_is_let_in() -> None:
    assert said().startswith("Nobody holds a role. Try: allting roles grant")
    assert said("grant", NUMBER, "administrator", "education") == (
        f"{ANNA} holds the role administrator for education\n"
    )
    account = account_for(Identity("personal", ANNA, "Anna Berglund", LOA3))
    assert said() == f"{ANNA}  Anna Berglund: administrator, education\n"
    request = RequestFactory().get("/")
    request.COOKIES[COOKIE] = open_session(account, assurance=LOA3)
    actor = actor_of(request)
    assert actor is not None and actor.boards("administrator") == {"education"}


def test_who_is_known_keeps_name_and_person(monkeypatch: pytest.MonkeyPatch) -> None:
    person = uuid4()
    monkeypatch.setattr(Ports, "find_person", lambda number: FoundPerson(person, "Anna Ek"))
    said("grant", ANNA, "administrator", "education")
    assert "Anna Ek: administrator" in said()
    assert ensure_account(kind="personal", identifier=ANNA, name="A", person=person).person


def test_taking_it_away_ends_what_is_open() -> None:
    said("grant", ANNA, "administrator", "education")
    account = account_for(Identity("personal", ANNA, "Anna", LOA3))
    request = RequestFactory().get("/")
    request.COOKIES[COOKIE] = open_session(account, assurance=LOA3)
    assert said("revoke", ANNA, "administrator", "education").startswith(f"{ANNA} no longer holds")
    assert actor_of(request) is None
    with pytest.raises(CommandError, match="does not hold administrator for education"):
        said("revoke", ANNA, "administrator", "education")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((ANNA, "administrater", "education"), "no role 'administrater'.*Try: administrator"),
        ((ANNA, "administrator", "moon"), "no board 'moon'.*Expected one of education"),
        (("199001019803", "administrator", "education"), "personal number given is not valid"),
        (("199001619803x", "administrator", "education"), "expected twelve digits"),
    ],
)
def test_what_does_not_exist_is_refused(words: tuple[str, ...], told: str) -> None:
    with pytest.raises(CommandError, match=told):
        said("grant", *words)
    assert said().startswith("Nobody")
