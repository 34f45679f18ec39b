"""What a person can choose about: topics, and the channels of each."""

from dataclasses import dataclass

from allting.notifications.ports import mailbox_gateway, sms_gateway
from allting.notifications.reminders import TOPIC as REMINDERS
from allting.notifications.rules import Channel
from allting.ui.api import later

OFFERS = "offers"


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that messages are about."""

    id: str  # "" for what is one's own: it always comes to the inbox
    title: str
    says: str
    more: str = ""  # where more can be chosen


TOPICS = (
    Topic(
        "",
        later("Your cases and decisions"),
        later("They always come to your inbox. Choose how we tell you that they are there."),
    ),
    Topic(
        OFFERS,
        later("Offers"),
        later("How we tell you that we offer something. Which offers you want, you choose apart."),
        more="/my/offers/",
    ),
    Topic(
        REMINDERS,
        later("Reminders"),
        later("Those that you have asked us for, and of plans that you keep."),
    ),
)


def channels() -> tuple[str, ...]:
    """The channels that a person can turn on and off."""
    known = [Channel.EMAIL.value]
    known += [Channel.SMS.value] if sms_gateway() is not None else []
    known += [Channel.MAILBOX.value] if mailbox_gateway() is not None else []
    return tuple(known)
