"""What people are told of offers: in the inbox, and in the open with a link that answers."""

from allting.notifications.api import About, send
from allting.offers.addresses import offer_at
from allting.offers.keys import make_key
from allting.offers.models import Addressee, Offer
from allting.offers.rules import BY_US, DIED, PROTECTED
from allting.offers.telling import Words
from allting.ui.api import later, translator

KIND = "offer"
TOPIC = "offers"


def occasions_of(found: Offer) -> str:
    """With what the occasion of every message about an offer begins."""
    return f"{KIND}:{found.id}:"


def offer(found: Offer, one: Addressee) -> None:
    """The offer itself: the letter, and the short text with a key of its own."""
    words = Words(found, one.language, one.person)
    letter = words.letter()
    _ = translator(one.language)
    way = _("You see the offer and answer it on My pages, until {closes}.", closes=words.closes)
    _send(found, one, "", letter.subject, f"{letter.body}\n{way}\n", words, sms=letter.sms)


def reminder(found: Offer, one: Addressee) -> None:
    """That it closes soon."""
    words, _ = Words(found, one.language, one.person), translator(one.language)
    subject = _("The offer closes soon: {title}", title=words.title)
    body = _("We have not had your answer. You can answer until {closes}.", closes=words.closes)
    sms = _("You have an offer from us to answer until {closes}:", closes=words.closes)
    _send(found, one, "remind", subject, body, words, sms=f"{sms} {{link}}")


_SAID = {
    "accept": (
        later("The offer has been accepted: {title}"),
        later("One of you who got the offer has accepted it. You need not do anything."),
    ),
    "decline": (
        later("The offer has been declined: {title}"),
        later(
            "One of you who got the offer has declined it. You can change that on My pages "
            "until {closes}."
        ),
    ),
    "give-back": (
        later("The offer has been given back: {title}"),
        later("One of you who got the offer had accepted it, and has now given it back."),
    ),
    "reopen": (
        later("The offer is open again: {title}"),
        later("One of you who got the offer has opened it again. You can answer until {closes}."),
    ),
}


def answer(found: Offer, one: Addressee, verb: str) -> None:
    """What another of the addressees has answered; who, they know themselves."""
    words, _ = Words(found, one.language, one.person), translator(one.language)
    subject, body = _SAID[verb]
    said = _(body, closes=words.closes)
    _send(found, one, f"{verb}:{found.changed_at:%s}", _(subject, title=words.title), said, words)


_CHANGED = later(
    "What the offer was made for has changed, so it no longer applies. Call us on {phone} "
    "if you wonder why."
)
_TAKEN_BACK = later(
    "We have taken the offer back. We are sorry for the trouble. Call us on {phone} if you wonder "
    "why."
)


def withdrawn(found: Offer, one: Addressee) -> None:
    """That it no longer applies. Of a death or of protection nothing is said."""
    if found.why in (DIED, PROTECTED):
        return
    words, _ = Words(found, one.language, one.person), translator(one.language)
    subject = _("The offer no longer applies: {title}", title=words.title)
    body = _(_TAKEN_BACK if found.why == BY_US else _CHANGED, phone=words.plain("board.phone"))
    _send(found, one, "withdrawn", subject, body, words)


def reply(found: Offer, one: Addressee, sentence: str, what: str) -> None:
    """An answer to a text message, as a text message; `{link}` in it answers the offer."""
    words, _ = Words(found, one.language, one.person), translator(one.language)
    said = _(sentence, closes=words.closes, link="{link}")
    body = said.replace("{link}", offer_at(one.language, found.id))
    subject = _("Your text message about: {title}", title=words.title)
    _send(found, one, what, subject, body, words, sms=said, urgent=True)


def _send(
    found: Offer,
    one: Addressee,
    what: str,
    subject: str,
    body: str,
    words: Words,
    *,
    sms: str = "",
    urgent: bool = False,
) -> None:
    key = make_key(found.id, one.person, found.closes) if "{link}" in sms else None
    send(
        to_person=one.person,
        kind=KIND,
        subject=subject,
        body_markdown=body,
        language=one.language,
        occasion=":".join(filter(None, (f"{occasions_of(found)}{one.person}", what))),
        about=About("", offer_at(one.language, found.id), words.service_outside),
        sms=sms,
        link=str(key) if key else "",
        topic=TOPIC,
        urgent=urgent,
    )
