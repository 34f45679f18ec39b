"""An OpenID provider on loopback that says whatever a test wants: honest, mistaken or hostile."""

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from allting.identity.claims import LOA, OIDC_SE

ANNA = "198507099805"  # the official test series


class SayingProvider:
    """Answers discovery, keys and token; the token says `claims`, changed by each test."""

    def __init__(self) -> None:
        self.key = ECKey.generate_key("P-256", auto_kid=True)
        self.published = [self.key]
        self.algorithm = "ES256"
        self.issuer = ""
        self.claims: dict[str, Any] = {}
        self.raw: str | None = None
        self.asked: list[Mapping[str, Any]] = []

    def honest(self, nonce: str) -> None:
        """What a well-behaved provider would say about Anna."""
        moment = int(time.time())
        self.claims = {
            "iss": self.issuer,
            "aud": ["allting"],
            "sub": "anna",
            "iat": moment,
            "exp": moment + 300,
            "nonce": nonce,
            "acr": f"{LOA}loa3",
            "name": "Anna Andersson",
            f"{OIDC_SE}personalIdentityNumber": ANNA,
        }

    def id_token(self) -> str:
        """The claims, signed."""
        if self.raw is not None:
            return self.raw
        header = {"alg": self.algorithm, "kid": self.key.kid}
        if self.algorithm == "HS256":
            public = json.dumps(self.key.as_dict(private=False)).encode()
            return jwt.encode(header, self.claims, OctKey.import_key(public), ["HS256"])
        return jwt.encode(header, self.claims, self.key, [self.algorithm])

    def answer(self, path: str) -> dict[str, Any]:
        """The JSON for one address."""
        if path.endswith("openid-configuration"):
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            }
        if path.endswith("keys"):
            return {"keys": [key.as_dict(private=False) for key in self.published]}
        return {"access_token": "x", "token_type": "Bearer", "id_token": self.id_token()}


@contextmanager
def saying_provider() -> Iterator[SayingProvider]:
    """Run it on a free port of this machine."""
    provider = SayingProvider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(provider.answer(self.path)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            size = int(self.headers.get("Content-Length", "0"))
            provider.asked.append({"body": self.rfile.read(size).decode()})
            self.do_GET()

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
