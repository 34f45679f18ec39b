"""Settings come from the environment; every default suits one machine and the demonstration.

`ALLTING_DATABASE`  sqlite path or postgresql:// address      `ALLTING_HOSTS`  names we answer to
`ALLTING_SECRET`    signing key                               `ALLTING_HOME`   where data lives
`ALLTING_DEMO`      1 = demonstration parts (demo e-ID, demo mail) are wired in
`ALLTING_SMTP`      smtp://user:password@host:587, where mail is handed over (connectors/smtp)
`ALLTING_MAIL_FROM` the sender of mail; otherwise the municipality's own address
`ALLTING_DECIDE_WITHIN` minutes within which one must have signed in to decide a case
`ALLTING_BOUNCES`   the domain to which undeliverable mail comes back (connectors/bounces), and
`ALLTING_BOUNCES_LISTEN` where `allting run` listens for it, such as 127.0.0.1:2627
`ALLTING_SMS_URL`   the text message gateway (connectors/sms_http), with `ALLTING_SMS_KEY`,
`ALLTING_SMS_WEBHOOK_SECRET` and `ALLTING_SMS_SENDER`: a number, or a name that nobody can answer
`ALLTING_DRAFTS_KEPT` how long an application that was begun is kept after its last change
`ALLTING_PLANS_KEPT`  how long a kept plan is kept after its day and its last change
"""

import base64
import json
import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from allting.kernel.kept import kept
from config.database import database_from
from config.logging import set_up as set_up_logging

ROOT = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("ALLTING_HOME", ROOT / "var"))
HOME.mkdir(parents=True, exist_ok=True)

DEMO = os.environ.get("ALLTING_DEMO", "1") == "1"
DEBUG = False


def _own(name: str) -> str:
    """A demonstration makes its own secrets; anything else must be given them."""
    made = base64.b64encode(secrets.token_bytes(48)).decode()
    return kept(HOME / name, lambda: made) if DEMO else ""


SECRET_KEY = os.environ.get("ALLTING_SECRET") or _own("secret")
BASE_URL = os.environ.get("ALLTING_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
_ADDRESS = urlsplit(BASE_URL)
# the name that residents use, and this machine; `testserver` is what tests call it
_HOSTS = f"localhost,127.0.0.1,[::1],testserver,{_ADDRESS.hostname}"
ALLOWED_HOSTS = os.environ.get("ALLTING_HOSTS", _HOSTS).split(",")

INSTALLED_APPS = [
    "allting.kernel",
    "allting.ui",
    "allting.packages",
    "allting.conditions",
    "allting.identity",
    "allting.catalogue",
    "allting.register",
    "allting.notifications",
    "allting.forms",
    "allting.cases",
    "allting.placements",
    "allting.journeys",
    "allting.offers",
    "allting.portal",
    "allting.workplace",
    "allting.editing",
    "allting.connectors",
    *(["allting.connectors.demo_mail", "allting.connectors.demo_sms"] if DEMO else []),
    "config",
]

MIDDLEWARE = [
    "allting.ui.middleware.Static",
    "allting.ui.middleware.heads",
    "allting.ui.middleware.headers",
    "allting.ui.middleware.language",
    "django.middleware.csrf.CsrfViewMiddleware",
]
CSRF_FAILURE_VIEW = "allting.ui.failures.expired"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = BASE_URL.startswith("https:")
# what is sent from the municipality's own address is its own, though a server before this one
# has taken off the encryption and it arrives here in the clear
CSRF_TRUSTED_ORIGINS = [f"{_ADDRESS.scheme}://{_ADDRESS.netloc}"]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

DATABASES = {
    "default": database_from(os.environ.get("ALLTING_DATABASE", str(HOME / "allting.sqlite3")))
}
TASKS = {"default": {"BACKEND": "allting.kernel.jobs.backend.JobBackend"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "sv"
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
USE_I18N = False  # texts are looked up per request language by ui.translator, without thread state

# Sign-in: any OpenID provider by configuration; the demonstration has its own e-ID.
# The key is a private JWK in a file (private_key_jwt); without one, the secret is used.
OIDC = {
    "issuer": os.environ.get("ALLTING_OIDC_ISSUER", f"{BASE_URL}/demo-eid" if DEMO else ""),
    "client_id": os.environ.get("ALLTING_OIDC_CLIENT", "allting"),
    "client_key": os.environ.get("ALLTING_OIDC_KEY", f"{HOME}/sign-in-key.json" if DEMO else ""),
    "client_secret": os.environ.get("ALLTING_OIDC_SECRET", ""),
    "scope": os.environ.get("ALLTING_OIDC_SCOPE", "openid"),
    "claims": json.loads(os.environ.get("ALLTING_OIDC_CLAIMS", "{}")),
}

# who decides must have signed in within so many minutes
ALLTING_DECIDE_WITHIN = int(os.environ.get("ALLTING_DECIDE_WITHIN", "15"))

LOGGING = set_up_logging()
# Mail leaves through this server; the demonstration has one of its own
SMTP = os.environ.get("ALLTING_SMTP", "")
MAIL_FROM = os.environ.get("ALLTING_MAIL_FROM", "")
BOUNCES = os.environ.get("ALLTING_BOUNCES", "bounces.localhost" if DEMO and not SMTP else "")
BOUNCES_LISTEN = os.environ.get("ALLTING_BOUNCES_LISTEN", "")
DEMO_MAIL_PORT = int(os.environ.get("ALLTING_DEMO_MAIL_PORT", "2525"))

# Text messages leave through this gateway; the demonstration has one of its own
SMS = {
    "url": os.environ.get("ALLTING_SMS_URL", ""),
    "key": os.environ.get("ALLTING_SMS_KEY") or _own("sms-key"),
    "secret": os.environ.get("ALLTING_SMS_WEBHOOK_SECRET") or _own("sms-webhook-secret"),
    "sender": os.environ.get("ALLTING_SMS_SENDER", "+46701740690" if DEMO else ""),
}
DEMO_SMS_PORT = int(os.environ.get("ALLTING_DEMO_SMS_PORT", "2526"))

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"

ALLTING_FILES = HOME / "files"
FILE_UPLOAD_HANDLERS = [
    "allting.forms.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# how long an application that was begun is kept after its last change, where its form says nothing
ALLTING_DRAFTS_KEPT = os.environ.get("ALLTING_DRAFTS_KEPT", "90 days")
# how long a kept plan is kept after its day, and after its owner last changed it
ALLTING_PLANS_KEPT = os.environ.get("ALLTING_PLANS_KEPT", "1 year")
ALLTING_CACHE = HOME / "cache"  # may be deleted at any time

# where a submitted application leads: its receipt, with the number of its case
AFTER_SUBMIT_URL = "cases:submitted"
