"""Background work: offers are told, reminded of, closed and taken back."""

from uuid import UUID

from django_tasks import task

from allting.kernel.api import now, schedule, today, write
from allting.offers import messages
from allting.offers.ending import expire, to_remind, withdraw_fallen
from allting.offers.following import follow
from allting.offers.models import Offer
from allting.offers.moving import try_move
from allting.offers.placing import offer_places
from allting.offers.rules import OPEN
from allting.offers.running import advance, runnable, start_run
from allting.offers.texting import answer_text
from allting.offers.theirs import addressees_of
from allting.packages.api import current
from allting.register.api import sheltered


@task(atomic=True, max_attempts=25)  # type: ignore[call-overload,untyped-decorator,unused-ignore]
def tell(offer: str) -> None:
    """Tell everyone to whom the offer is made, once, in the transaction that says so."""
    found = Offer.objects.get(id=UUID(offer))
    if try_move(found.id, "tell"):
        for one in addressees_of(found):
            messages.offer(found, one)


@task(atomic=True, max_attempts=25)  # type: ignore[call-overload,untyped-decorator,unused-ignore]
def tell_answer(offer: str, verb: str, person: str) -> None:
    """Tell the others what one of them has answered, and the one who changed their mind."""
    found = Offer.objects.get(id=UUID(offer))
    if sheltered([found.person], as_of=today()):
        return  # what one of them does is not for the other to know
    for one in addressees_of(found):
        if one.person != UUID(person):
            messages.answer(found, one, verb)


@task(atomic=True, max_attempts=25)  # type: ignore[call-overload,untyped-decorator,unused-ignore]
def tell_withdrawn(offer: str) -> None:
    """Tell that the offer no longer applies; nobody is told of a death or of protection."""
    found = Offer.objects.get(id=UUID(offer))
    for one in addressees_of(found):
        messages.withdrawn(found, one)


@task(atomic=True, max_attempts=25)  # type: ignore[call-overload,untyped-decorator,unused-ignore]
def remind(offer: str) -> None:
    """Remind those who have not answered, once."""
    id = UUID(offer)
    due = Offer.objects.filter(id=id, state__in=OPEN, reminded_at=None, closes__gte=today())
    if due.update(reminded_at=now()):
        found = Offer.objects.get(id=id)
        for one in addressees_of(found):
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


@task(max_attempts=25)  # type: ignore[call-overload,untyped-decorator,unused-ignore]
def offer_kept_places(round: str) -> dict[str, int]:
    """Offer the places that a settled round has kept for those who have not applied."""
    return offer_places(UUID(round))


@task(max_attempts=10)  # type: ignore[call-overload,untyped-decorator,unused-ignore]
def answer_a_text(id: str, from_number: str, text: str) -> str:
    """Take a text message as an answer to an offer, and answer it."""
    return answer_text(id, from_number, text)


@task(max_attempts=25)  # type: ignore[call-overload,untyped-decorator,unused-ignore]
def go_on(run: int) -> None:
    """Take a run to its end, wherever it stands."""
    while advance(run):
        pass


@task(max_attempts=5)  # type: ignore[call-overload,untyped-decorator,unused-ignore]
def run_each_morning() -> None:
    """Look for the situations that are found by themselves, once a day."""
    keys = [key for key, it in runnable(current()).items() if it.situation.found == "daily"]
    if keys:
        start_run("schedule", keys, as_of=today())


@task(max_attempts=5)  # type: ignore[call-overload,untyped-decorator,unused-ignore]
def follow_the_register() -> None:
    """What has changed in the register since last: offers that fell, and people newly found."""
    follow(today())


schedule("offers found each morning", run_each_morning, every="day at 06:30")
schedule("offers that follow the register", follow_the_register, every="10 minutes")
schedule("offers that close", close_and_remind, every="day at 08:10")
schedule("offers that fell", withdraw_what_fell, every="day at 04:20")
