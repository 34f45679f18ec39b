"""Who gets in, and who does not."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from allting.identity.actions import ensure_account, grant_role, revoke_role
from allting.identity.api import actor_of, anyone, employee, machine, resident
from allting.identity.sessions import COOKIE, end_session, open_session
from allting.identity.testing import LOA3
from allting.kernel.api import clock_at, now

pytestmark = pytest.mark.django_db
ANNA = UUID(int=7)


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


def request_with(token: str | None = None) -> HttpRequest:
    request = RequestFactory().get("/sv/my/")
    if token:
        request.COOKIES[COOKIE] = token
    return request


def token_for(*roles: tuple[str, str], person: UUID | None = ANNA) -> str:
    account = ensure_account(kind="personal", identifier="199001019802", name="Anna", person=person)
    for role, board in roles:
        grant_role(account, role, board, by="test")
    return open_session(account, assurance=LOA3)


def test_anyone_enters_without_a_query() -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert anyone(hello)(request_with()).status_code == 200
    assert len(queries) == 0


def test_a_signed_in_person_costs_one_query() -> None:
    request = request_with(token_for())
    with CaptureQueriesContext(connection) as queries:
        assert resident(hello)(request).status_code == 200
        assert actor_of(request) is not None
    assert len(queries) == 1


def test_a_stranger_is_sent_to_sign_in_and_back() -> None:
    answer = resident(hello)(request_with())
    assert answer.status_code == 302
    assert answer["Location"] == "/sv/sign-in/?next=%2Fsv%2Fmy%2F"


def test_someone_the_register_does_not_know_is_no_resident() -> None:
    with pytest.raises(PermissionDenied):
        resident(hello)(request_with(token_for(person=None)))


def test_a_resident_is_no_employee() -> None:
    with pytest.raises(PermissionDenied):
        employee()(hello)(request_with(token_for()))


def test_an_employee_with_another_role_is_refused() -> None:
    token = token_for(("administrator", "education"))
    assert employee("administrator")(hello)(request_with(token)).status_code == 200
    with pytest.raises(PermissionDenied):
        employee("decision-maker")(hello)(request_with(token))


def test_a_machine_entry_reads_no_session() -> None:
    request = request_with(token_for())
    with CaptureQueriesContext(connection) as queries:
        machine(hello)(request)
    assert len(queries) == 0


def test_losing_a_role_ends_the_session_at_once() -> None:
    token = token_for(("administrator", "education"))
    account = ensure_account(kind="personal", identifier="199001019802", name="Anna", person=ANNA)
    revoke_role(account, "administrator", "education", by="test")
    assert actor_of(request_with(token)) is None


def test_a_session_ends_by_idling_by_age_and_by_hand() -> None:
    token = token_for()
    with clock_at(now() + timedelta(minutes=61)):
        assert actor_of(request_with(token)) is None
    with clock_at(now() + timedelta(minutes=50)):
        assert actor_of(request_with(token)) is not None  # and is seen, so that idling starts anew
    with clock_at(now() + timedelta(minutes=100)):
        actor = actor_of(request_with(token))
    assert actor is not None
    end_session(actor.session)
    assert actor_of(request_with(token)) is None


def test_a_made_up_cookie_opens_nothing() -> None:
    assert actor_of(request_with("x" * 43)) is None
