"""Background work: offers are told, reminded of, closed and taken back."""

from uuid import UUID

from django_tasks import task

from allting.kernel.api import now, schedule, today, write
from allting.offers import messages
from allting.offers.ending import expire, to_remind, withdraw_fallen
from allting.offers.models import Addressee, Offer
from allting.offers.moving import try_move
from allting.offers.rules import OPEN


@task(atomic=True, max_attempts=25)  # type: ignore[call-overload,untyped-decorator,unused-ignore]
def tell(offer: str) -> None:
    """Tell everyone to whom the offer is made, once, in the transaction that says so."""
    found = Offer.objects.get(id=UUID(offer))
    if try_move(found.id, "tell"):
        for one in Addressee.objects.filter(offer=found).order_by("id"):
            messages.offer(found, one)


@task(atomic=True, max_attempts=25)  # type: ignore[call-overload,untyped-decorator,unused-ignore]
def tell_answer(offer: str, verb: str, person: str) -> None:
    """Tell the others what one of them has answered, and the one who changed their mind."""
    found = Offer.objects.get(id=UUID(offer))
    for one in Addressee.objects.filter(offer=found).exclude(person=UUID(person)).order_by("id"):
        messages.answer(found, one, verb)


@task(atomic=True, max_attempts=25)  # type: ignore[call-overload,untyped-decorator,unused-ignore]
def tell_withdrawn(offer: str) -> None:
    """Tell that the offer no longer applies; nobody is told of a death or of protection."""
    found = Offer.objects.get(id=UUID(offer))
    for one in Addressee.objects.filter(offer=found).order_by("id"):
        messages.withdrawn(found, one)


@task(atomic=True, max_attempts=25)  # type: ignore[call-overload,untyped-decorator,unused-ignore]
def remind(offer: str) -> None:
    """Remind those who have not answered, once."""
    id = UUID(offer)
    due = Offer.objects.filter(id=id, state__in=OPEN, reminded_at=None, closes__gte=today())
    if due.update(reminded_at=now()):
        found = Offer.objects.get(id=id)
        for one in Addressee.objects.filter(offer=found).order_by("id"):
            messages.reminder(found, one)


@task(max_attempts=5)  # type: ignore[call-overload,untyped-decorator,unused-ignore]
def close_and_remind() -> None:
    """Each morning: offers that closed are closed, and those about to close are reminded of."""
    expire(today())
    with write():
        for id in to_remind(today()):
            remind.enqueue(str(id))


@task(max_attempts=5)  # type: ignore[call-overload,untyped-decorator,unused-ignore]
def withdraw_what_fell() -> None:
    """Each night: every open offer is asked whether its situation still is there."""
    withdraw_fallen()


schedule("offers that close", close_and_remind, every="day at 08:10")
schedule("offers that fell", withdraw_what_fell, every="day at 04:20")
