"""Handing a text over: what the gateway's answer means."""

import httpx2

from allting.notifications.ports import PermanentFailure, TemporaryFailure

FOR_EVER = (400, 410, 413, 422)  # this message; anything else is for us or for time to mend
LONGEST_WORD = 200


class SmsHttp:
    """Hands texts to the gateway at `url`, under the name or number `sender`."""

    def __init__(self, url: str, key: str, sender: str, timeout: float = 15.0) -> None:
        self._address = f"{url.rstrip('/')}/messages"
        self._sender = sender
        self._client = httpx2.Client(
            headers={"Authorization": f"Bearer {key}"}, timeout=timeout, trust_env=False
        )

    def send(self, *, id: str, to: str, text: str) -> None:
        """Hand over one text; the same `id` again sends nothing more."""
        message = {"reference": id, "to": to, "from": self._sender, "text": text}
        try:
            answer = self._client.post(self._address, json=message, headers={"Idempotency-Key": id})
        except httpx2.HTTPError as fault:
            raise TemporaryFailure(f"the gateway did not answer: {type(fault).__name__}") from None
        if answer.is_success:
            return
        kind = PermanentFailure if answer.status_code in FOR_EVER else TemporaryFailure
        raise kind(f"the gateway answered {answer.status_code} {_why(answer)}".strip())


def _why(answer: httpx2.Response) -> str:
    try:
        said = answer.json().get("error", "")
    except (ValueError, AttributeError):
        return ""
    return " ".join(str(said).split())[:LONGEST_WORD]
