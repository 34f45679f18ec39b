"""What notifications announce."""

from dataclasses import dataclass
from datetime import datetime

from allting.kernel.api import Event


@dataclass(frozen=True)
class TextReceived(Event):
    """Somebody has sent us a text message: announced once for each `id` of the gateway."""

    id: str
    from_number: str  # E.164
    text: str
    at: datetime
