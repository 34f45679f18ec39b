"""Our end of OpenID Connect: code flow with PKCE, nonce and a checked ID token.

Authlib speaks the protocol; here stand our choices. OpenID Connect Core 1.0, 3.1.2 and 3.1.3.
"""

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from authlib.oidc.core import CodeIDToken
from django.conf import settings
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet, import_key
from joserfc.jws import JWSRegistry

from allting.identity.claims import ACCEPTED_ASSURANCE
from allting.identity.ports import Ports

ALGORITHMS = ["RS256", "ES256", "PS256"]
METADATA_LASTS = 3600  # seconds
LEEWAY = 60  # seconds that two clocks may differ
TIMEOUT = 10  # seconds


class SignInFailed(Exception):
    """The provider could not be reached, or what it answered does not hold; the text says what."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One person's way through the provider; kept in their browser, signed, until they are back."""

    state: str
    nonce: str
    verifier: str
    next: str
    language: str
    fresh: bool = False
    begun: int = 0  # by our clock, in seconds


def begin(*, next_page: str, language: str, fresh: bool = False) -> tuple[str, Attempt]:
    """The provider's address to send the person to, and the attempt to remember.

    `fresh` asks for a new sign-in even where the provider has a session (for decisions).
    Raises SignInFailed if the provider cannot be reached.
    """
    attempt = Attempt(
        state=generate_token(32),
        nonce=generate_token(32),
        verifier=generate_token(64),
        next=next_page,
        language=language,
        fresh=fresh,
        begun=int(time.time()),
    )
    wanted: dict[str, dict[str, Any]] = {
        "id_token": {"acr": {"essential": True, "values": list(ACCEPTED_ASSURANCE)}}
    }
    extra = {"prompt": "login"} if fresh else {}
    if fresh:
        wanted["id_token"]["auth_time"] = {"essential": True}
    found = provider()
    with _client() as client:
        address, _ = client.create_authorization_url(
            found.metadata["authorization_endpoint"],
            state=attempt.state,
            nonce=attempt.nonce,
            code_verifier=attempt.verifier,
            claims=json.dumps(wanted),
            acr_values=" ".join(ACCEPTED_ASSURANCE),
            ui_locales=language,
            **extra,
        )
    return address, attempt


def finish(attempt: Attempt, *, code: str, state: str) -> Mapping[str, Any]:
    """The claims of the ID token, validated, for the code that came back.

    Raises SignInFailed where state, code, token, signature, issuer, audience, nonce or time
    does not hold.
    """
    if not state or state != attempt.state:
        raise SignInFailed("the answer does not belong to the sign-in that this browser began")
    found = provider()
    try:
        with _client() as client:
            token = client.fetch_token(
                found.metadata["token_endpoint"], code=code, code_verifier=attempt.verifier
            )
        claims = found.claims_of(token, attempt.nonce)
    except AuthlibBaseError as problem:
        raise SignInFailed(f"the provider refused: {problem}") from problem
    except (httpx2.HTTPError, JoseError, ValueError, KeyError) as problem:
        raise SignInFailed(f"the provider's answer does not hold: {problem}") from problem
    _must_be_fresh(attempt, claims)
    return claims


def _must_be_fresh(attempt: Attempt, claims: Mapping[str, Any]) -> None:
    """What was asked for must also have been done (Core 3.1.2.1): a provider may pass over it."""
    if not attempt.fresh:
        return
    at = claims.get("auth_time")
    if not isinstance(at, int) or at < attempt.begun - LEEWAY:
        raise SignInFailed("the provider did not let the person sign in anew (auth_time)")


class Provider:
    """What is known of the configured provider: its metadata and keys, fetched when needed."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.fetched_at = time.monotonic()
        self.metadata = self._fetch(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if self.metadata.get("issuer") != issuer:
            raise SignInFailed(
                f"the provider calls itself '{self.metadata.get('issuer')}'; "
                f"expected '{issuer}' (ALLTING_OIDC_ISSUER)"
            )
        self.keys = self._fetch_keys()

    def claims_of(self, token: Mapping[str, Any], nonce: str) -> Mapping[str, Any]:
        """The claims of a token response's ID token, validated (Core 3.1.3.7)."""
        if "id_token" not in token:
            raise SignInFailed("the provider gave no ID token")
        decoded = self._decode(token["id_token"])
        client_id = settings.OIDC["client_id"]
        options = {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": client_id},
        }
        params = {"nonce": nonce, "client_id": client_id, "access_token": token.get("access_token")}
        claims = CodeIDToken(decoded.claims, decoded.header, options, params)
        claims.validate(leeway=LEEWAY)
        return dict(claims)

    def _decode(self, id_token: str) -> Any:
        registry = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
        try:
            return jwt.decode(id_token, key=self.keys, registry=registry)
        except InvalidKeyIdError:  # the provider has changed its keys since we looked
            self.keys = self._fetch_keys()
            return jwt.decode(id_token, key=self.keys, registry=registry)

    def _fetch_keys(self) -> KeySet:
        return KeySet.import_key_set(self._fetch(self.metadata["jwks_uri"]))  # type: ignore[arg-type]

    @staticmethod
    def _fetch(address: str) -> dict[str, Any]:
        try:
            with httpx2.Client(timeout=TIMEOUT, transport=Ports.transport) as client:
                return dict(client.get(address).raise_for_status().json())
        except (httpx2.HTTPError, ValueError) as problem:
            raise SignInFailed(f"{address} did not answer as it should: {problem}") from problem


_providers: dict[str, Provider] = {}
_lock = threading.Lock()


def provider() -> Provider:
    """The configured provider; its metadata is fetched at most once an hour."""
    issuer = str(settings.OIDC["issuer"])
    known = _providers.get(issuer)
    if known and time.monotonic() - known.fetched_at < METADATA_LASTS:
        return known
    fresh = Provider(issuer)
    with _lock:
        _providers[issuer] = fresh
    return fresh


def _client() -> OAuth2Client:
    """Authlib's client, with our key (private_key_jwt) or our secret."""
    chosen = settings.OIDC
    key = chosen.get("client_key")
    client = OAuth2Client(
        client_id=chosen["client_id"],
        client_secret=_private_key(Path(key)) if key else chosen.get("client_secret"),
        token_endpoint_auth_method="private_key_jwt" if key else "client_secret_post",
        scope=chosen.get("scope", "openid"),
        redirect_uri=f"{settings.BASE_URL}/sign-in/callback",
        code_challenge_method="S256",
        timeout=TIMEOUT,
        transport=Ports.transport,
    )
    if key:
        alg = "ES256" if client.client_secret.key_type == "EC" else "RS256"
        client.register_client_auth_method(PrivateKeyJWT(alg=alg))
    return client


def _private_key(path: Path) -> Any:
    data = json.loads(path.read_text("utf-8"))
    return import_key(data)
