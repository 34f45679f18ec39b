"""JA, YES, NEJ and NO by text message: an answer to what was sent to that telephone.

A sender's number can be forged by whoever takes the trouble, so an answer counts only for an offer
that was texted to that very number, only where the package leaves nothing to tell, and can be taken
back until it closes.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied

from allting.forms.api import NotComplete
from allting.kernel.api import today, write
from allting.notifications.api import text_understood, texts_sent_to
from allting.offers.answering import Answer, Answered, NotOpen, accept, decline
from allting.offers.messages import KIND, reply
from allting.offers.models import Addressee, Offer
from allting.offers.plan import find_planned
from allting.offers.rules import State, is_open
from allting.offers.whom import answers_for
from allting.packages.api import edition
from allting.ui.api import later

Verb = Callable[[UUID, Answer], Answered]
_WORD = re.compile(r"\w+")
_MEANS: dict[str, Verb] = {
    "ja": accept,
    "yes": accept,
    "kyllä": accept,
    "nej": decline,
    "no": decline,
    "ei": decline,
}
_POLITE = {"tack", "gärna", "please", "thanks", "thank", "you", "kiitos"}

YES = later("Thank you, your yes has come to us. What happens now is in your inbox on My pages.")
NO = later("Thank you for answering no. You can change your mind on My pages until {closes}.")
OVER = later("The offer has been answered already, or has closed. Sign in on My pages to see it.")
SEVERAL = later("You have more than one offer from us. Please answer by the link in each of them.")
MORE = later("We need to know a little more to take your yes. Please answer by the link: {link}")
UNCLEAR = later("We did not understand. Answer JA or NEJ, or by the link: {link}")
_HINDRANCES = {"over": OVER, "several": SEVERAL, "more": MORE, "unclear": UNCLEAR}


@dataclass(frozen=True, slots=True)
class Texted:
    """An offer that was texted to a telephone, and to whom."""

    offer: Offer
    addressee: Addressee


def meant(text: str) -> Verb | None:
    """What a text message means, by its first word; None for what is neither yes nor no, for what
    is both, and for what asks something.

    >>> meant("Ja tack!") is accept, meant(" NEJ") is decline, meant("Jag undrar") is None
    (True, True, True)
    >>> meant("ja eller nej"), meant("Ja, men vilken dag?")
    (None, None)
    """
    words = _words(text)
    meant = {verb for word in words if (verb := _MEANS.get(word))}
    return _MEANS.get(words[0]) if len(meant) == 1 and "?" not in text else None


def says_more(text: str) -> bool:
    """Whether there is more in it than a yes or a no, which somebody should read.

    >>> says_more("Ja tack!"), says_more("Nej, vi flyttar i vår")
    (False, True)
    """
    return any(word not in _MEANS and word not in _POLITE for word in _words(text))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def answer_text(id: str, from_number: str, text: str) -> str:
    """Do what a text message says, and answer it; what came of it, for the job's result.

    Done again it comes to the same: an answer is given once, and each message answered once.
    """
    texted = _texted(from_number)
    if not texted:
        return "nobody we have texted"
    open_ = [it for it in texted if is_open(it.offer.state, it.offer.closes, today())]
    verb = meant(text)
    said = _answered(id, verb, texted, open_)
    if not said:
        return "left to a person"
    # what is more than a yes or a no is for a person to read, whatever we have answered
    text_understood(id, settled=verb is not None and not says_more(text))
    return said


def _answered(id: str, verb: Verb | None, texted: list[Texted], open_: list[Texted]) -> str:
    if not open_:  # a thank you for something else, perhaps: of no offer there is anything to say
        return _once_a_day(texted[0], OVER) if verb else ""
    if len({it.offer.id for it in open_}) > 1:
        return _once_a_day(open_[0], SEVERAL)
    if verb is None:
        return _once_a_day(open_[0], UNCLEAR)
    return _do(id, open_[0], verb)


def _do(id: str, one: Texted, verb: Verb) -> str:
    planned = find_planned(edition(one.offer.edition), one.offer.service, one.offer.situation)
    if verb is accept and not planned.situation.yes_by_text:
        return _once_a_day(one, MORE)
    answer = Answer(one.addressee.person, one.addressee.language, by="text")
    try:
        answered = verb(one.offer.id, answer)
    except NotComplete:
        return _once_a_day(one, MORE)
    except (NotOpen, PermissionDenied):
        return _once_a_day(one, OVER)
    if answered.state == State.WITHDRAWN:
        return _once_a_day(one, OVER)
    return _say(one, YES if verb is accept else NO, f"text:{id}")


def _once_a_day(one: Texted, words: str) -> str:
    """What does not take an answer is said once a day: a telephone that answers by itself would
    answer that too, and again."""
    kind = next(name for name, said in _HINDRANCES.items() if said is words)
    return _say(one, words, f"text:{kind}:{today()}")


def _say(one: Texted, words: str, what: str) -> str:
    with write():
        reply(one.offer, one.addressee, words, what)
    return str(words)


def _texted(number: str) -> list[Texted]:
    """The offers that were texted to a number, the latest first."""
    found: dict[tuple[UUID, UUID], None] = {}
    for person, occasion in texts_sent_to(number, KIND):
        _, offer, *_ = occasion.split(":")
        found.setdefault((UUID(offer), person))
    offers = Offer.objects.in_bulk([offer for offer, _ in found])
    said = Addressee.objects.filter(offer__in=list(offers))
    addressees = {
        (one.offer_id, one.person): one
        for one in said
        if answers_for(one.person, [offers[one.offer_id].person])
    }
    return [Texted(offers[key[0]], addressees[key]) for key in found if key in addressees]
