"""The demonstration's keys, made at first use and kept beside its data."""

import json
import os
from pathlib import Path

from django.conf import settings
from joserfc.jwk import ECKey


def provider_key() -> ECKey:
    """The key that signs ID tokens (ES256)."""
    return _kept(settings.HOME / "demo-eid-key.json")


def client_key() -> ECKey:
    """The key with which our own sign-in proves to the provider who it is."""
    return _kept(Path(settings.OIDC["client_key"]))


def _kept(path: Path) -> ECKey:
    if not path.exists():
        _make(path)
    return ECKey.import_key(json.loads(path.read_text("utf-8")))


def _make(path: Path) -> None:
    """Write a new key whole or not at all, readable by its owner only; the first writer wins."""
    key = ECKey.generate_key("P-256", auto_kid=True)
    text = json.dumps(key.as_dict(private=True))
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
