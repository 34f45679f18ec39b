"""The provider's addresses: metadata, keys, the page where a person is picked, tokens, userinfo."""

from functools import lru_cache

import structlog
from authlib.oauth2 import OAuth2Error
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allting.connectors.demo_eid.keys import client_key, provider_key
from allting.connectors.demo_eid.people import People
from allting.connectors.demo_eid.server import (
    CLAIM,
    LOA3,
    Server,
    claims_of,
    issuer,
    picked,
    tokens,
)
from allting.identity.api import machine
from allting.ui.api import render

log = structlog.get_logger()


@lru_cache(maxsize=1)
def server() -> Server:
    """The provider, built at first use."""
    return Server()


@require_GET
@machine
def metadata(request: HttpRequest) -> JsonResponse:
    """OpenID Connect Discovery 1.0."""
    here = issuer()
    client_key()  # whoever reads this is about to sign in, and will need its key
    return JsonResponse(
        {
            "issuer": here,
            "authorization_endpoint": f"{here}/authorize",
            "token_endpoint": f"{here}/token",
            "userinfo_endpoint": f"{here}/userinfo",
            "jwks_uri": f"{here}/keys",
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": ["ES256"],
            "code_challenge_methods_supported": ["S256"],
            "scopes_supported": ["openid", "profile"],
            "acr_values_supported": [LOA3],
            "claims_parameter_supported": True,
            "claims_supported": [
                "sub",
                "name",
                "given_name",
                "family_name",
                f"{CLAIM}personalIdentityNumber",
                f"{CLAIM}coordinationNumber",
                f"{CLAIM}authnProvider",
            ],
        }
    )


@require_GET
@machine
def keys(request: HttpRequest) -> JsonResponse:
    """The public half of the key that signs."""
    return JsonResponse({"keys": [provider_key().as_dict(private=False)]})


@require_http_methods(["GET", "POST"])
@machine
def authorize(request: HttpRequest) -> HttpResponse:
    """Pick a person, and be sent back with a code."""
    request.language = _language(request)  # type: ignore[attr-defined]
    try:
        grant = server().get_consent_grant(request)
    except OAuth2Error as problem:
        return render(request, "demo_eid/refused.html", {"why": problem.description}, status=400)
    if request.method == "POST":
        person = picked(request.POST.get("person", ""))
        if person is not None or "cancel" in request.POST:
            sent: HttpResponse = server().create_authorization_response(
                request, grant_user=person, grant=grant
            )
            return sent
        log.warning("nobody was picked", fields=sorted(request.POST), found=len(People.find("")))
    query = request.GET.get("find", "").strip()
    found = People.find(query)
    context = {
        "query": query,
        "people": [p for p in found if not p.employee],
        "employees": [p for p in found if p.employee],
        "asked": {k: v for k, v in request.GET.items() if k != "find"},
    }
    return render(request, "demo_eid/pick.html", context)


@csrf_exempt  # a machine proves who it is with its key
@require_POST
@machine
def token(request: HttpRequest) -> HttpResponse:
    """A code for an ID token."""
    response: HttpResponse = server().create_token_response(request)
    response["Content-Type"] = "application/json"
    return response


@require_GET
@machine
def userinfo(request: HttpRequest) -> HttpResponse:
    """The same claims, for an access token."""
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    person = tokens.look(value) if scheme.lower() == "bearer" else None
    if person is None:
        refused = HttpResponse(status=401)
        refused["WWW-Authenticate"] = 'Bearer error="invalid_token"'
        return refused
    return JsonResponse(claims_of(person))


@require_GET
@machine
def front(request: HttpRequest) -> HttpResponse:
    """Nobody comes here by themselves; send them to the front door."""
    return HttpResponseRedirect(settings.BASE_URL)


def _language(request: HttpRequest) -> str:
    wanted = request.GET.get("ui_locales", "sv").split(" ")[0][:2]
    return wanted if wanted in ("sv", "en", "fi") else "en"
