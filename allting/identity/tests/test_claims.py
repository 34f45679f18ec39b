"""From claims to one identity."""

import pytest

from allting.identity.actions import account_for, ensure_account
from allting.identity.claims import LOA, OIDC_SE, ClaimsRefused, Identity, identity_from
from allting.identity.models import Account
from allting.identity.ports import Ports

LOA3 = f"{LOA}loa3"
PERSONAL, COORDINATION = f"{OIDC_SE}personalIdentityNumber", f"{OIDC_SE}coordinationNumber"


def test_a_personal_number() -> None:
    found = identity_from({"acr": LOA3, PERSONAL: "19850709-9805", "name": "Anna"})
    assert (found.kind, found.identifier, found.name) == ("personal", "198507099805", "Anna")


def test_a_coordination_number_and_the_number_before() -> None:
    found = identity_from({"acr": LOA3, COORDINATION: "191401682396", "given_name": "Bo"})
    assert (found.kind, found.identifier, found.name) == ("coordination", "191401682396", "Bo")


def test_a_visitor_is_never_a_personal_number() -> None:
    prid = {"acr": f"{LOA}eidas-nf-high", "https://id.swedenconnect.se/claim/prid": "NO:5068907693"}
    assert identity_from(prid).kind == "eidas"


@pytest.mark.parametrize("acr", [None, "", f"{LOA}loa2", "urn:anything", 3])
def test_too_low_or_unknown_assurance_is_refused(acr: object) -> None:
    with pytest.raises(ClaimsRefused, match="expected one of"):
        identity_from({"acr": acr, PERSONAL: "198507099805"})


@pytest.mark.parametrize("number", ["198507099804", "8507099805", "", "x" * 12])
def test_a_number_that_is_not_valid_is_refused(number: str) -> None:
    with pytest.raises(ClaimsRefused):
        identity_from({"acr": LOA3, PERSONAL: number})


def test_a_broker_may_name_its_claims_otherwise() -> None:
    names = {
        "personal": "ssn",
        "coordination": "-",
        "eidas": "-",
        "previous": "-",
        "name": "fullName",
        "given_name": "-",
        "family_name": "-",
    }
    found = identity_from({"acr": LOA3, "ssn": "198507099805", "fullName": "A B"}, names=names)
    assert found.name == "A B"


@pytest.mark.django_db
def test_an_account_follows_its_person_from_coordination_to_personal_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Ports, "find_person", staticmethod(lambda number: None))
    before = ensure_account(kind="coordination", identifier="191401682396", name="Bo")
    after = account_for(Identity("personal", "198507099805", "Bo", LOA3, previous="191401682396"))
    assert after.id == before.id
    assert Account.objects.count() == 1
