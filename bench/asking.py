"""Requests as a browser sends them, one text each."""

from dataclasses import dataclass
from urllib.parse import urlencode

SECRET = "b" * 32  # a CSRF cookie, and the field that must agree with it
HEADERS = (
    "Host: 127.0.0.1\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
    "Accept-Language: sv-SE,sv;q=0.8,en;q=0.5\r\n"
    "Accept-Encoding: gzip, deflate, br\r\n"
)


def get(path: str, session: str = "") -> str:
    """A GET, by someone signed in if there is a `session`."""
    return f"GET {path} HTTP/1.1\r\n{HEADERS}{_cookies(session)}\r\n"


def post(path: str, session: str, **fields: object) -> str:
    """A form sent in."""
    body = urlencode({"csrfmiddlewaretoken": SECRET, **fields})
    return (
        f"POST {path} HTTP/1.1\r\n{HEADERS}{_cookies(session)}"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    )


def _cookies(session: str) -> str:
    return f"Cookie: allting={session}; csrftoken={SECRET}\r\n" if session else ""


@dataclass
class Supply:
    """Requests to send: over and over, or (with `once`) each a single time."""

    requests: list[str]
    expected: int = 200
    once: bool = False
    answered: int = 0

    def used(self, number: int) -> None:
        """Note what has been answered; what may be sent once only is dropped."""
        self.answered += number
        if self.once:
            del self.requests[:number]
