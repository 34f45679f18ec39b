"""How a delivery stands, in a sentence: for whoever works with the case, and for the person."""

from allting.notifications.queries import DeliveryRow
from allting.notifications.rules import (
    BROKEN,
    CALLED_OFF,
    NO_GATEWAY,
    NOT_WANTED,
    PROTECTED,
    Channel,
    State,
)
from allting.ui.api import datetime, later, translator

_SAID: dict[str, dict[str, str]] = {
    Channel.EMAIL: {
        State.QUEUED: later("The e-mail is on its way."),
        State.SENDING: later("The e-mail is on its way."),
        "waits": later("The e-mail is sent {when}."),
        State.SENT: later("An e-mail was sent {when}."),
        State.DELIVERED: later("An e-mail was delivered {when}."),
        State.FAILED: later("The e-mail could not be sent yet. It will be tried again."),
        State.RETURNED: later("The e-mail could not be delivered: {why}"),
        State.DEAD: later("The e-mail could not be sent: {why}"),
        PROTECTED: later("No e-mail is sent: the person has protected personal data."),
        NOT_WANTED: later("No e-mail is sent: the person has turned that off."),
        BROKEN: later("No e-mail is sent: nothing can be delivered to the person's address."),
        CALLED_OFF: later("No e-mail was sent: what it told of was taken back first."),
        State.WITHHELD: later("No e-mail is sent: the person has given no address."),
    },
    Channel.SMS: {
        State.QUEUED: later("The text message is on its way."),
        State.SENDING: later("The text message is on its way."),
        "waits": later("The text message is sent {when}."),
        State.SENT: later("A text message was sent {when}."),
        State.DELIVERED: later("A text message was delivered {when}."),
        State.FAILED: later("The text message could not be sent yet. It will be tried again."),
        State.RETURNED: later("The text message could not be delivered: {why}"),
        State.DEAD: later("The text message could not be sent: {why}"),
        PROTECTED: later("No text message is sent: the person has protected personal data."),
        NOT_WANTED: later("No text message is sent: the person has turned that off."),
        NO_GATEWAY: later("No text message is sent: the municipality sends none."),
        CALLED_OFF: later("No text message was sent: what it told of was taken back first."),
        State.WITHHELD: later("No text message is sent: the person has given no mobile number."),
    },
    Channel.MAILBOX: {
        State.QUEUED: later("The letter is on its way to the digital mailbox."),
        State.SENDING: later("The letter is on its way to the digital mailbox."),
        "waits": later("The letter is sent to the digital mailbox {when}."),
        State.SENT: later("The letter was put in the digital mailbox {when}."),
        State.DELIVERED: later("The letter was put in the digital mailbox {when}."),
        State.FAILED: later(
            "The digital mailbox could not be reached yet. It will be tried again."
        ),
        State.RETURNED: later("The digital mailbox sent the letter back: {why}"),
        State.DEAD: later("The letter could not be put in a digital mailbox: {why}"),
        PROTECTED: later("Nothing goes to a digital mailbox: the person has protected data."),
        NOT_WANTED: later("Nothing goes to a digital mailbox: the person has turned that off."),
        CALLED_OFF: later("Nothing went to a digital mailbox: what it told of was taken back."),
        State.WITHHELD: later("The person has no digital mailbox."),
    },
}
# to the person themselves: what they can do something about, and no word of another's machine
_TO_YOU: dict[str, dict[str, str]] = {
    Channel.EMAIL: {
        State.RETURNED: later("We sent you an e-mail about this, but it could not be delivered."),
        State.DEAD: later("We could not send you an e-mail about this."),
        BROKEN: later("No e-mail was sent: nothing can be delivered to your address."),
        NOT_WANTED: "",
        PROTECTED: "",
        CALLED_OFF: "",
        State.WITHHELD: "",
    },
    Channel.SMS: {
        State.RETURNED: later("We sent you a text message, but it could not be delivered."),
        State.DEAD: later("We could not send you a text message about this."),
        NOT_WANTED: "",
        PROTECTED: "",
        CALLED_OFF: "",
        NO_GATEWAY: "",
        State.WITHHELD: "",
    },
    Channel.MAILBOX: {NOT_WANTED: "", PROTECTED: "", CALLED_OFF: "", State.WITHHELD: ""},
}


def delivery_in_words(row: DeliveryRow, language: str) -> str:
    """One sentence about how news of a message went; `why` is the other machine's own word."""
    return _fill(_SAID[row.channel][_key(row)], row, language)


def delivery_to_you(row: DeliveryRow, language: str) -> str:
    """The same to the person; "" for what they chose themselves or need not hear of."""
    key = _key(row)
    said = _TO_YOU[row.channel].get(key)
    return _fill(_SAID[row.channel][key] if said is None else said, row, language)


def _key(row: DeliveryRow) -> str:
    if row.state == State.WITHHELD:
        return row.why if row.why in _SAID[row.channel] else State.WITHHELD
    if row.state == State.QUEUED and row.not_before is not None:
        return "waits"
    return row.state


def _fill(sentence: str, row: DeliveryRow, language: str) -> str:
    if not sentence:
        return ""
    moment = row.not_before if _key(row) == "waits" and row.not_before else row.changed_at
    return translator(language)(sentence, when=datetime(language, moment), why=row.why)
