"""Making one offer: to the right people, once, whatever is run and however often."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied

from allting.conditions.api import compute, decide
from allting.kernel.api import insert, new_id, now, today, write
from allting.notifications.api import tell_soon
from allting.offers.known import as_data, facts_about
from allting.offers.models import ByHand, Offer
from allting.offers.plan import Planned
from allting.offers.rules import State, occasion_text
from allting.offers.tasks import BY_HAND
from allting.offers.whom import Whom, whom
from allting.packages.api import Edition
from allting.placements.api import Placed

_ONCE = "service, situation, person, occasion"


class Came(StrEnum):
    """What came of trying to make an offer."""

    MADE = "made"
    ALREADY = "already"  # it was made before
    NOT_IN_IT = "not-in-it"  # the situation is not there (any more)
    NOBODY = "nobody"  # there is no one to turn to
    TURNED_OFF = "turned-off"
    BY_HAND = "by-hand"  # protected: a person takes it from here
    NO_PLACE = "no-place"


def make(
    edition: Edition,
    planned: Planned,
    person: UUID,
    *,
    as_of: date,
    seen: str | None = None,
    placed: Placed | None = None,
) -> Came:
    """Make the offer to one person who is in the situation; what came of it.

    It is looked at again whether they are, by what the register says now. `seen` is the
    occasion that a search saw: about a protected person nothing is read here to look again.
    `placed` is the place that a round has kept for them, where the situation offers one.
    """
    if planned.situation.place is not None and placed is None:
        return Came.NO_PLACE
    reached = whom(planned, [person], as_of=as_of).get(person)
    if reached is None:
        return Came.NOT_IN_IT
    if reached.protected:
        if placed is not None:
            return Came.BY_HAND  # with the round's other tasks: whoever has it can give a place
        return _by_hand(edition, planned, person, as_of, seen)
    if not reached.addressees:
        return Came.TURNED_OFF if reached.turned_off else Came.NOBODY
    try:
        values = facts_about(planned, person, planned.data, as_of=as_of)
    except PermissionDenied:  # removed from the register since they were found
        return Came.NOT_IN_IT
    occasion = _occasion(planned, values, as_of)
    if occasion is None or not decide(planned.holds, values, as_of=as_of).holds:
        return Came.NOT_IN_IT
    if placed is None and _made_before(ByHand, planned, person, occasion):
        return Came.ALREADY  # the named handler has it, also when the protection has ended since
    row = _row(edition, planned, person, as_of, occasion, placed)
    return _store(edition, {**row, "data": as_data(planned, values)}, reached)


def _occasion(planned: Planned, values: Mapping[str, Any], as_of: date) -> str | None:
    if planned.occasion is None:
        return ""
    value = compute(planned.occasion, values, as_of=as_of).value
    return None if value is None else occasion_text(value)


def _store(edition: Edition, row: Mapping[str, Any], reached: Whom) -> Came:
    from allting.offers.jobs import tell  # jobs make the messages, of which this need know nothing

    with write():
        if insert("offers_offer", row, unique=_ONCE) is None:
            return Came.ALREADY
        for one in reached.addressees:
            language = one.language
            if language not in edition.definition.languages:
                language = edition.definition.languages[0]
            insert(
                "offers_addressee",
                {"offer_id": row["id"], "person": one.person, "language": language},
            )
        tell.enqueue(str(row["id"]))
    return Came.MADE


def _made_before(
    kept: type[Offer] | type[ByHand], planned: Planned, person: UUID, occasion: str
) -> bool:
    found = kept.objects.filter(service=planned.service, situation=planned.situation.id)
    return found.filter(person=person, occasion=occasion).exists()


def _row(
    edition: Edition,
    planned: Planned,
    person: UUID,
    as_of: date,
    occasion: str,
    placed: Placed | None,
) -> dict[str, Any]:
    situation, moment = planned.situation, now()
    closes = situation.open_for.after(today())
    return {
        "id": new_id(),
        "service": planned.service,
        "situation": situation.id,
        "edition": edition.id,
        "board": planned.board,
        "person": person,
        "occasion": occasion,
        "state": State.MADE.value,
        "as_of": as_of,
        "made_at": moment,
        "closes": closes,
        "remind_on": situation.remind.before(closes) if situation.remind else None,
        "unit": placed.unit if placed else "",
        "start": placed.start if placed else None,
        "place": str(placed.id) if placed else "",
        "changed_at": moment,
        "why": "",
        "case": "",
    }


def _by_hand(
    edition: Edition, planned: Planned, person: UUID, as_of: date, seen: str | None
) -> Came:
    """A task for the named handler; nothing else about the person is read or kept."""
    if seen is None:
        return Came.NOT_IN_IT
    if _made_before(Offer, planned, person, seen):
        return Came.ALREADY  # answered or closed before they were protected
    row = {
        "id": new_id(),
        "service": planned.service,
        "situation": planned.situation.id,
        "edition": edition.id,
        "board": planned.board,
        "person": person,
        "occasion": seen,
        "as_of": as_of,
        "made_at": now(),
        "done_name": "",
        "note": "",
    }
    with write():
        new = insert("offers_byhand", row, unique=_ONCE)
        if new is not None:
            tell_soon(BY_HAND, planned.board)
    return Came.ALREADY if new is None else Came.BY_HAND
