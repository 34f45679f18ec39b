"""The demonstration's keys, made at first use and kept beside its data."""

import json
from pathlib import Path

from django.conf import settings
from joserfc.jwk import ECKey

from allting.kernel.api import kept


def provider_key() -> ECKey:
    """The key that signs ID tokens (ES256)."""
    return _key(settings.HOME / "demo-eid-key.json")


def client_key() -> ECKey:
    """The key with which our own sign-in proves to the provider who it is."""
    return _key(Path(settings.OIDC["client_key"]))


def _key(path: Path) -> ECKey:
    return ECKey.import_key(json.loads(kept(path, _new)))


def _new() -> str:
    return json.dumps(ECKey.generate_key("P-256", auto_kid=True).as_dict(private=True))
