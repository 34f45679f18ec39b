"""The mail server as one setting: `smtp://user:password@host:587`."""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "::1")
TLS = ("required", "none", "implicit")
EXPECTED = (
    "expected such as smtp://user:password@mail.example.org:587 (STARTTLS), "
    "smtps://user:password@mail.example.org (TLS from the start) or smtp://localhost:25?tls=none"
)


@dataclass(frozen=True, slots=True)
class SmtpAddress:
    """Where and how mail is handed over."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    tls: str = "required"
    timeout: float = 15.0
    ca: str | None = None


def read_address(address: str) -> SmtpAddress:
    """Read ALLTING_SMTP. Raises ValueError, never repeating a password, for what is not one.

    `smtp://` means STARTTLS or no mail at all, except to this machine itself; `?tls=none` says
    otherwise. `?ca=/path/root.pem` trusts a private authority, `?timeout=30` is in seconds.

    >>> read_address("smtps://anna:s%40ve@mail.example.org").port
    465
    >>> read_address("smtp://localhost:2525").tls
    'none'
    """
    parts = urlsplit(address)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError(f"ALLTING_SMTP is not the address of a mail server; {EXPECTED}")
    try:
        port = parts.port
    except ValueError:
        raise ValueError("ALLTING_SMTP: the port is not a number up to 65535") from None
    options = dict(parse_qsl(parts.query))
    tls = options.pop("tls", _usual_tls(parts.scheme, parts.hostname))
    timeout = options.pop("timeout", "15")
    ca = options.pop("ca", None)
    if not timeout.replace(".", "", 1).isdigit():
        raise ValueError(f"ALLTING_SMTP: timeout={timeout} is not a number of seconds")
    if options:
        raise ValueError(f"ALLTING_SMTP: '{next(iter(options))}' is not known; tls, timeout or ca")
    if tls not in TLS:
        raise ValueError(f"ALLTING_SMTP: tls={tls} is not known; expected one of {', '.join(TLS)}")
    if parts.username and tls == "none" and parts.hostname not in LOOPBACK:
        raise ValueError("ALLTING_SMTP: a password is not sent without TLS; take away ?tls=none")
    return SmtpAddress(
        host=parts.hostname,
        port=port or (465 if tls == "implicit" else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls,
        timeout=float(timeout),
        ca=ca,
    )


def _usual_tls(scheme: str, host: str) -> str:
    if scheme == "smtps":
        return "implicit"
    return "none" if host in LOOPBACK else "required"
