"""What must be set before a real municipality opens; a demonstration makes its own."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def lacking() -> list[str]:
    """What has not been set, each with what it is for and what to write."""
    if settings.DEMO:
        return []
    given = settings.OIDC
    found = [
        (
            _has_secret(),
            "ALLTING_SECRET, the key that signs: at least fifty letters and digits drawn by lot, "
            "the same in every process",
        ),
        (
            given["issuer"],
            "ALLTING_OIDC_ISSUER, the address of the OpenID provider that people sign in with",
        ),
        (
            given["client_key"] or given["client_secret"],
            "ALLTING_OIDC_KEY, a file with a private JWK, or ALLTING_OIDC_SECRET: by which the "
            "provider knows us",
        ),
    ]
    return [what for is_set, what in found if not is_set]


def _has_secret() -> bool:
    try:
        return bool(settings.SECRET_KEY)
    except ImproperlyConfigured:  # Django's word for that it is empty
        return False


def told(missing: list[str]) -> str:
    """The same in a sentence for whoever starts it."""
    listed = "\n".join(f"  {one}" for one in missing)
    return f"With ALLTING_DEMO=0 these must be set, and are not:\n{listed}"
