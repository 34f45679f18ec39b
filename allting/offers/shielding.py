"""Somebody has come to be protected: what a machine does about them ends, and what it kept goes."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from uuid import UUID

from allting.kernel.api import in_slices, now, today
from allting.notifications.api import call_off
from allting.offers.ending import withdraw
from allting.offers.keys import revoke_keys
from allting.offers.messages import occasions_of
from allting.offers.models import Addressee, Offer
from allting.offers.rules import OPEN, PROTECTED
from allting.offers.standing import why_fallen
from allting.register.api import TOLD_OF_PROTECTED, sheltered, touched


def shield(people: Collection[UUID]) -> None:
    """End every offer about these people, or about someone who would give them away, and the links
    to them; keep no more of the data than may be known. Call inside `write()`."""
    hidden = sheltered(touched(people), as_of=today()) | frozenset(people)
    moment = now()
    for offer in _about(hidden):
        if offer.state in OPEN:
            withdraw(offer, PROTECTED)
        _forget(offer, moment)
    for offer in _to(people, moment):
        if why_fallen(offer) == PROTECTED:
            withdraw(offer, PROTECTED)


def _about(people: Iterable[UUID]) -> Iterator[Offer]:
    for some in in_slices(sorted(people)):
        yield from Offer.objects.filter(person__in=some).order_by("id")


def _forget(offer: Offer, moment: datetime) -> None:
    """No link leads to it, nothing more of it goes out, and of the data is left what may be told
    of anyone: an offer that is answered is kept, and so is what was decided."""
    revoke_keys(offer.id, moment)
    told = Addressee.objects.filter(offer=offer).values_list("person", flat=True)
    call_off(list(told), occasions_of(offer))
    left = {name: value for name, value in offer.data.items() if name in TOLD_OF_PROTECTED}
    Offer.objects.filter(id=offer.id).update(data=left)


def _to(people: Collection[UUID], moment: datetime) -> Iterator[Offer]:
    """Open offers about others that they could answer; their own links to them lead nowhere."""
    for some in in_slices(sorted(people)):
        mine = Addressee.objects.filter(person__in=some)
        for one in mine.exclude(offer__person__in=some).select_related("offer").order_by("id"):
            revoke_keys(one.offer_id, moment, person=one.person)
            if one.offer.state in OPEN:
                yield one.offer
