"""Answering an offer: the first answer counts, whoever gives it and however many at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied

from allting.cases.api import number_of_submission, renounce
from allting.forms.api import FORM, Behalf, submit_for
from allting.identity.api import Actor, person_of
from allting.kernel.api import now, record, today, write
from allting.offers.answers import worked_out
from allting.offers.ending import withdraw
from allting.offers.keys import use_key
from allting.offers.known import facts_about, reader
from allting.offers.models import Addressee, Offer
from allting.offers.moving import hold_place_of, move
from allting.offers.placing import keep_again, take_place
from allting.offers.plan import Planned, find_planned
from allting.offers.rules import DECLINED, ENDED, MOVES, State, is_open
from allting.offers.standing import why_fallen
from allting.offers.whom import answers_for
from allting.packages.api import edition
from allting.register.api import Errand, away_from


class NotOpen(Exception):
    """It can no longer be answered: `state` says what has become of it."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


@dataclass(frozen=True, slots=True)
class Answered:
    """What an answer came to. `repeated`: the same person had given it already."""

    state: str
    case: str = ""
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """Who answers, in which language, with which key (none: signed in), and what they tell."""

    person: UUID
    language: str
    key: UUID | None = None
    told: Mapping[str, Any] | None = None
    by: str = "signed in"  # or "link", "text": for the audit trail


def accept(offer_id: UUID, answer: Answer) -> Answered:
    """Say yes: the service's form is sent, and what follows of it happens at once.

    Raises PermissionDenied for someone it was not made to, NotOpen, and forms.NotComplete when the
    person must tell more; then nothing has changed.
    """
    with write():
        offer = _held(offer_id, answer.person)
        planned = find_planned(edition(offer.edition), offer.service, offer.situation)
        if planned.situation.accept is None:
            raise PermissionDenied  # it only informs: there is nothing to say yes to
        day = today()
        if _said_already(offer, answer, State.ACCEPTED):
            return Answered(offer.state, offer.case, repeated=True)
        _must_be_open(offer, day)
        why = why_fallen(offer) or (None if take_place(offer) else ENDED)
        if why is not None:
            withdraw(offer, why)
            return Answered(State.WITHDRAWN)
        _once(answer)
        move(offer, "accept", by=answer.person)
        _send(offer, planned, answer, day)
        _written(offer, answer, "accept")
    return Answered(offer.state, offer.case)


def decline(offer_id: UUID, answer: Answer) -> Answered:
    """Say no. Raises PermissionDenied and NotOpen."""
    with write():
        offer = _held(offer_id, answer.person)
        if _said_already(offer, answer, DECLINED):
            return Answered(offer.state, repeated=True)
        _must_be_open(offer, today())
        _once(answer)
        move(offer, "decline", by=answer.person)
        _written(offer, answer, "decline")
    return Answered(offer.state)


def give_back(offer_id: UUID, actor: Actor) -> Answered:
    """Take a yes back, signed in, until it closes: the case is withdrawn, or noted as given up.

    Raises PermissionDenied and NotOpen.
    """
    answer = Answer(person_of(actor), "")
    with write():
        offer = _held(offer_id, answer.person)
        if _said_already(offer, answer, DECLINED):
            return Answered(offer.state, offer.case, repeated=True)
        _must_be_in(offer, "give-back")
        move(offer, "give-back", by=answer.person)
        if offer.case:
            renounce(actor, offer.case)
        _written(offer, answer, "give-back")
    return Answered(offer.state, offer.case)


def reopen(offer_id: UUID, actor: Actor) -> Answered:
    """Take a no back, signed in, until it closes. Raises PermissionDenied and NotOpen."""
    answer = Answer(person_of(actor), "")
    with write():
        offer = _held(offer_id, answer.person)
        if is_open(offer.state, offer.closes, today()):
            return Answered(offer.state, repeated=True)
        _must_be_in(offer, "reopen")
        if offer.submission is not None:
            raise NotOpen(offer.state)  # it was accepted once, and given back: that stands
        if not keep_again(offer):
            raise NotOpen("gone")
        move(offer, "reopen")
        _written(offer, answer, "reopen")
    return Answered(offer.state)


def _held(offer_id: UUID, person: UUID) -> Offer:
    """The offer's row, which nobody else can change before this transaction ends."""
    hold_place_of(offer_id)
    found = Offer.objects.select_for_update().filter(pk=offer_id).first()
    if found is None or not Addressee.objects.filter(offer=found, person=person).exists():
        raise PermissionDenied
    if not answers_for(person, [found.person]):
        raise PermissionDenied  # somebody else decides for the child now
    if away_from(person, [found.person], as_of=today()):
        raise PermissionDenied  # nothing more is told of it, not even that it is over
    return found


def _said_already(offer: Offer, answer: Answer, state: State) -> bool:
    return offer.state == state and offer.answered_by == answer.person


def _must_be_open(offer: Offer, day: date) -> None:
    if not is_open(offer.state, offer.closes, day):
        late = offer.state in (State.MADE, State.SENT)
        raise NotOpen(State.EXPIRED if late else offer.state)


def _must_be_in(offer: Offer, happened: str) -> None:
    if offer.state not in MOVES[happened][0] or today() > offer.closes:
        raise NotOpen(offer.state)


def _once(answer: Answer) -> None:
    """A link answers once."""
    if answer.key is not None and not use_key(answer.key, now()):
        raise PermissionDenied


def _send(offer: Offer, planned: Planned, answer: Answer, day: date) -> None:
    """Let the form be sent for whoever says yes, and know the case that came of it."""
    behalf = behalf_of(offer, planned, answer, day)
    offer.submission = submit_for(behalf, source=f"offer:{offer.id}", as_of=day)
    offer.case = number_of_submission(offer.submission) or ""
    Offer.objects.filter(id=offer.id).update(submission=offer.submission, case=offer.case)


def behalf_of(offer: Offer, planned: Planned, answer: Answer, day: date) -> Behalf:
    """The application that a yes is: for the child's guardian, or for the person themselves."""
    held = edition(offer.edition)
    child = planned.situation.about == "child"
    applicant = answer.person if child else offer.person
    context = context_values(offer)
    known = facts_about(planned, offer.person, planned.answering, as_of=day, applicant=applicant)
    form = held.definition.one(FORM, offer.service)
    answers = worked_out(planned, form, {**known, **context}, day)
    return Behalf(
        edition=held,
        service=offer.service,
        applicant=applicant,
        subject=offer.person,
        told={**answers, **(answer.told or {})},
        context=context,
        language=answer.language,
        reader=reader(offer.board),
        errand=Errand(offer.board),
    )


def context_values(offer: Offer) -> dict[str, Any]:
    """What the offer itself tells, as conditions of the service name it."""
    found: dict[str, Any] = {"offer.situation": offer.situation}
    found |= {"offer.unit": offer.unit} if offer.unit else {}
    found |= {"offer.start": offer.start} if offer.start else {}
    return found


def _written(offer: Offer, answer: Answer, verb: str) -> None:
    from allting.offers.jobs import tell_answer  # jobs make the messages

    record(
        str(answer.person),
        f"offer:{verb}",
        str(offer.id),
        situation=f"{offer.service}/{offer.situation}",
        by="link" if answer.key else answer.by,
    )
    tell_answer.enqueue(str(offer.id), verb, str(answer.person))
