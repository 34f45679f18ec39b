"""Reads: the offers made to somebody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from allting.identity.api import Actor, person_of
from allting.kernel.api import as_uuid, marks, rows, today
from allting.offers.addresses import offer_at
from allting.offers.models import Offer
from allting.offers.plan import find_planned, planned_of
from allting.offers.rules import OPEN, is_open
from allting.offers.standing import rules_of
from allting.offers.telling import Words
from allting.offers.whom import answers_for
from allting.packages.api import Edition, current
from allting.register.api import away_from
from allting.ui.api import plain

MOST = 50


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer in a list of one's own."""

    title: str
    href: str
    state: str
    open: bool
    closes: date
    unit: str
    start: date | None


def own_offer(actor: Actor, id: UUID) -> Offer | None:
    """An offer made to the actor; None for one that is not there and for another's alike, for one
    about somebody they no longer answer for, and for one about somebody who has come to be
    protected and lives elsewhere."""
    me = person_of(actor)
    found = Offer.objects.filter(id=id, addressees__person=me).first()
    if found is None or rules_of(found) is None or not answers_for(me, [found.person]):
        return None
    return None if away_from(me, [found.person], as_of=today()) else found


_OPEN = """
    SELECT o.id FROM offers_addressee a JOIN offers_offer o ON o.id = a.offer_id
    WHERE a.person = %s AND o.state IN ({open}) AND o.closes >= %s ORDER BY o.closes, o.id LIMIT %s
"""


def open_offers(actor: Actor, language: str) -> list[OfferRow]:
    """What the actor has been offered and can still answer, the one that closes first on top."""
    states = [state.value for state in OPEN]
    sql = _OPEN.format(open=marks(states))
    ids = [as_uuid(row[0]) for row in rows(sql, [person_of(actor), *states, today(), MOST])]
    if not ids:  # as most days for most people
        return []
    return _rows(actor, Offer.objects.filter(id__in=ids).order_by("closes", "id"), language)


def offers_of(actor: Actor, language: str) -> list[OfferRow]:
    """All that the actor has been offered, the latest first."""
    found = Offer.objects.filter(addressees__person=person_of(actor))
    return _rows(actor, found.order_by("-made_at", "-id")[:MOST], language)


def _rows(actor: Actor, every: Iterable[Offer], language: str) -> list[OfferRow]:
    me, shown, found = person_of(actor), [], list(every)
    about = {it.person for it in found}
    mine = answers_for(me, about) - away_from(me, about, as_of=today())
    for offer in found:
        if offer.person not in mine or rules_of(offer) is None:
            continue
        words = Words(offer, language)
        shown.append(
            OfferRow(
                title=words.title,
                href=offer_at(language, offer.id),
                state=offer.state,
                open=is_open(offer.state, offer.closes, today()),
                closes=offer.closes,
                unit=words.unit if offer.unit else "",
                start=offer.start,
            )
        )
    return shown


def situation_title(held: Edition, service: str, id: str, language: str) -> str:
    """What a situation is called in an edition; "" where it has none by that name."""
    try:
        return plain(find_planned(held, service, id).situation.title, language)
    except KeyError:
        return ""


def situations_now(language: str) -> Mapping[str, str]:
    """The situations in force and what they are called, for turning them off."""
    return {key: plain(one.situation.title, language) for key, one in planned_of(current()).items()}
