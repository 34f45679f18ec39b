"""What our end of OpenID Connect accepts, and above all what it refuses (Core 3.1.3.7)."""

import time
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import ECKey

from allting.identity.oidc import Attempt, SignInFailed, begin, finish
from allting.identity.tests.provider import ANNA, SayingProvider, saying_provider


@pytest.fixture
def provider(settings: object) -> Iterator[SayingProvider]:
    with saying_provider() as saying:
        settings.OIDC = {  # type: ignore[attr-defined]
            "issuer": saying.issuer,
            "client_id": "allting",
            "client_secret": "secret",
            "client_key": "",
        }
        yield saying


def started(provider: SayingProvider) -> Attempt:
    _, attempt = begin(next_page="/sv/my/", language="sv")
    provider.honest(attempt.nonce)
    return attempt


def test_the_way_there_carries_state_nonce_pkce_and_the_wanted_assurance(
    provider: SayingProvider,
) -> None:
    address, attempt = begin(next_page="/sv/my/", language="sv", fresh=True)
    asked = {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()}
    assert asked["response_type"] == "code"
    assert asked["state"] == attempt.state
    assert asked["nonce"] == attempt.nonce
    assert asked["code_challenge_method"] == "S256"
    assert attempt.verifier not in address
    assert '"essential": true' in asked["claims"]
    assert asked["redirect_uri"].endswith("/sign-in/callback")
    assert asked["prompt"] == "login"
    assert '"auth_time": {"essential": true}' in asked["claims"]
    assert asked["ui_locales"] == "sv"


def test_an_honest_answer_is_accepted(provider: SayingProvider) -> None:
    attempt = started(provider)
    claims = finish(attempt, code="c", state=attempt.state)
    assert claims["https://id.oidc.se/claim/personalIdentityNumber"] == ANNA
    assert f"code_verifier={attempt.verifier}" in provider.asked[0]["body"]


@pytest.mark.parametrize("seconds", [0, -30])
def test_a_fresh_sign_in_that_was_made_is_accepted(provider: SayingProvider, seconds: int) -> None:
    _, attempt = begin(next_page="/sv/my/", language="sv", fresh=True)
    provider.honest(attempt.nonce)
    provider.claims["auth_time"] = attempt.begun + seconds
    assert finish(attempt, code="c", state=attempt.state)["auth_time"] == attempt.begun + seconds


@pytest.mark.parametrize("auth_time", [None, -3600, "soon"])
def test_a_provider_that_passes_over_the_wish_for_a_fresh_sign_in_is_refused(
    provider: SayingProvider, auth_time: object
) -> None:
    _, attempt = begin(next_page="/sv/my/", language="sv", fresh=True)
    provider.honest(attempt.nonce)
    if auth_time is not None:
        early = isinstance(auth_time, int)
        provider.claims["auth_time"] = attempt.begun + auth_time if early else auth_time  # type: ignore[operator]
    with pytest.raises(SignInFailed):
        finish(attempt, code="c", state=attempt.state)


def test_someone_elses_state_is_refused_before_anything_is_asked(provider: SayingProvider) -> None:
    attempt = started(provider)
    with pytest.raises(SignInFailed, match="does not belong"):
        finish(attempt, code="c", state="other")
    assert provider.asked == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("nonce", "another"),
        ("iss", "https://elsewhere.example"),
        ("aud", ["another-client"]),
        ("aud", ["another-client", "allting"]),
        ("exp", timedelta(hours=-1)),
        ("iat", timedelta(hours=1)),
        ("azp", "another-client"),
        ("at_hash", "AAAAAAAAAAAAAAAAAAAAAA"),
        ("nonce", None),
        ("exp", None),
        ("aud", None),
        ("sub", None),
    ],
)
def test_a_claim_that_does_not_hold_is_refused(
    provider: SayingProvider, name: str, value: object
) -> None:
    attempt = started(provider)
    if value is None:
        del provider.claims[name]
    elif isinstance(value, timedelta):
        provider.claims[name] = int(time.time() + value.total_seconds())
    else:
        provider.claims[name] = value
    with pytest.raises(SignInFailed):
        finish(attempt, code="c", state=attempt.state)


def test_a_token_signed_by_someone_else_is_refused(provider: SayingProvider) -> None:
    attempt = started(provider)
    provider.key = ECKey.generate_key("P-256", {"kid": str(provider.key.kid)})
    with pytest.raises(SignInFailed):
        finish(attempt, code="c", state=attempt.state)


def test_a_changed_key_is_fetched_anew(provider: SayingProvider) -> None:
    started(provider)
    provider.key = ECKey.generate_key("P-256", auto_kid=True)
    provider.published = [provider.key]
    attempt = started(provider)
    assert finish(attempt, code="c", state=attempt.state)["sub"] == "anna"


def test_the_public_key_used_as_a_secret_is_refused(provider: SayingProvider) -> None:
    attempt = started(provider)
    provider.algorithm = "HS256"
    with pytest.raises(SignInFailed):
        finish(attempt, code="c", state=attempt.state)


def test_an_unsigned_token_is_refused(provider: SayingProvider) -> None:
    attempt = started(provider)
    provider.raw = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm5hIn0."
    with pytest.raises(SignInFailed):
        finish(attempt, code="c", state=attempt.state)


def test_a_provider_that_calls_itself_something_else_is_refused(
    provider: SayingProvider, settings: object
) -> None:
    settings.OIDC["issuer"] = provider.issuer + "/other"  # type: ignore[attr-defined]
    with pytest.raises(SignInFailed, match="ALLTING_OIDC_ISSUER"):
        begin(next_page="/", language="sv")


def test_a_provider_that_is_down_is_told_of(settings: object) -> None:
    settings.OIDC = {"issuer": "http://127.0.0.1:9", "client_id": "a"}  # type: ignore[attr-defined]
    with pytest.raises(SignInFailed, match="did not answer"):
        begin(next_page="/", language="sv")
