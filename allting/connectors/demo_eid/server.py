"""The provider, built of Authlib's parts: what is ours is only whom it serves and what it says."""

import time
from dataclasses import dataclass
from typing import Any

from authlib.integrations.django_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7523 import JWTBearerClientAssertion
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode, UserInfo
from django.conf import settings
from joserfc.jwk import ECKey

from allting.connectors.demo_eid.keys import client_key, provider_key
from allting.connectors.demo_eid.memory import ShortMemory
from allting.connectors.demo_eid.people import DemoPerson, person_with

LOA3 = "http://id.elegnamnden.se/loa/1.0/loa3"
CLAIM = "https://id.oidc.se/claim/"
ID_TOKEN_LASTS = 300  # seconds


def issuer() -> str:
    """The provider's name, which is also where its metadata is found."""
    return f"{settings.BASE_URL}/demo-eid"


class Client:
    """The one client there is: this installation's own sign-in."""

    client_id = settings.OIDC["client_id"]
    id_token_signed_response_alg = "ES256"  # noqa: S105 (an algorithm)

    def get_client_id(self) -> str:
        """Its id."""
        return str(self.client_id)

    def get_default_redirect_uri(self) -> str:
        """Where it is sent back to."""
        return f"{settings.BASE_URL}/sign-in/callback"

    def get_allowed_scope(self, scope: str) -> str:
        """All that is asked for: the claims are the same whatever the scope."""
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        """Exactly the one address, to the letter."""
        return redirect_uri == self.get_default_redirect_uri()

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        """It proves who it is with its key."""
        return method == "private_key_jwt"

    def check_response_type(self, response_type: str) -> bool:
        """Code flow only."""
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        """Code flow only."""
        return grant_type == "authorization_code"


@dataclass(frozen=True, slots=True)
class Code:
    """An authorization code and what it stands for."""

    code: str
    person: DemoPerson
    redirect_uri: str
    scope: str
    nonce: str | None
    code_challenge: str | None
    code_challenge_method: str | None
    auth_time: int

    def get_redirect_uri(self) -> str:
        """Where it was sent."""
        return self.redirect_uri

    def get_scope(self) -> str:
        """What was asked for."""
        return self.scope

    def get_nonce(self) -> str | None:
        """The client's nonce."""
        return self.nonce

    def get_auth_time(self) -> int:
        """When the person was picked."""
        return self.auth_time

    def get_acr(self) -> str:
        """The assurance level that the demonstration gives everyone."""
        return LOA3

    def get_amr(self) -> list[str]:
        """How the person was identified: not at all."""
        return ["demo"]


codes: ShortMemory[Code] = ShortMemory()
tokens: ShortMemory[DemoPerson] = ShortMemory()
proofs: ShortMemory[bool] = ShortMemory(seconds=600)


class CodeGrant(AuthorizationCodeGrant):  # type: ignore[misc]
    """Authlib's code grant, kept in short memory."""

    TOKEN_ENDPOINT_AUTH_METHODS = ["private_key_jwt"]

    def save_authorization_code(self, code: str, request: Any) -> None:
        """Remember the code for a minute."""
        asked = request.payload.data
        codes.keep(
            code,
            Code(
                code=code,
                person=request.user,
                redirect_uri=request.payload.redirect_uri,
                scope=request.payload.scope or "openid",
                nonce=asked.get("nonce"),
                code_challenge=asked.get("code_challenge"),
                code_challenge_method=asked.get("code_challenge_method"),
                auth_time=int(time.time()),
            ),
        )

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        """Take the code: it serves once, even if the exchange then fails."""
        return codes.take(code)

    def delete_authorization_code(self, authorization_code: Code) -> None:
        """Already taken."""

    def authenticate_user(self, authorization_code: Code) -> DemoPerson:
        """Whoever was picked."""
        return authorization_code.person


class IdToken(OpenIDCode):  # type: ignore[misc]
    """What the ID token says: the Swedish profile's claims."""

    def exists_nonce(self, nonce: str, request: Any) -> bool:
        """Codes serve once, so a nonce cannot come twice through one."""
        return False

    def resolve_client_private_key(self, client: Client) -> ECKey:
        """The key to sign with."""
        return provider_key()

    def get_client_claims(self, client: Client) -> dict[str, Any]:
        """Who says it, to whom and for how long."""
        expires = int(time.time()) + ID_TOKEN_LASTS
        return {"iss": issuer(), "aud": [client.get_client_id()], "exp": expires}

    def get_encode_header(self, client: Client) -> dict[str, Any]:
        """Name the key, so that it can be changed."""
        return {"alg": "ES256", "kid": provider_key().kid}

    def generate_user_info(self, user: DemoPerson, scope: str) -> UserInfo:
        """The person's claims."""
        return claims_of(user)


class ClientProof(JWTBearerClientAssertion):  # type: ignore[misc]
    """The client proves who it is with a signed assertion, each of which serves once."""

    CLIENT_AUTH_METHOD = "private_key_jwt"

    def get_audiences(self) -> list[str]:
        """For whom the assertion must be meant."""
        return [f"{issuer()}/token", issuer()]

    def validate_jti(self, claims: Any, jti: str) -> bool:
        """True the first time."""
        return proofs.keep(jti, True)

    def resolve_client_public_key(self, client: Client) -> ECKey:
        """The client's key; the demonstration holds both ends."""
        return client_key()


class Server(AuthorizationServer):  # type: ignore[misc]
    """Authlib's server with one client and a short memory."""

    def __init__(self) -> None:
        super().__init__(client_model=None, token_model=None)
        self.register_client_auth_method(ClientProof.CLIENT_AUTH_METHOD, ClientProof())
        self.register_grant(CodeGrant, [IdToken(require_nonce=True), CodeChallenge(required=True)])

    def query_client(self, client_id: str) -> Client | None:
        """The one client."""
        client = Client()
        return client if client_id == client.get_client_id() else None

    def save_token(self, token: dict[str, Any], request: Any) -> None:
        """Remember whose access token it is, for the userinfo endpoint."""
        tokens.keep(token["access_token"], request.user)


def claims_of(person: DemoPerson) -> UserInfo:
    """What the provider says about someone; a day above 60 makes it a coordination number."""
    coordination = int(person.identity_number[6:8]) > 60
    number = "coordinationNumber" if coordination else "personalIdentityNumber"
    return UserInfo(
        sub=person.identity_number,
        name=person.name,
        given_name=person.given_name,
        family_name=person.family_name,
        **{f"{CLAIM}{number}": person.identity_number, f"{CLAIM}authnProvider": issuer()},
    )


def picked(number: str) -> DemoPerson | None:
    """The person picked on the page, if there is one with this number."""
    return person_with(number)
