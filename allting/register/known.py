"""Facts for conditions and prefill: what is held about the people of one matter, by scoped name.

At most three queries whatever is asked: the people, what stands around them, the access log.
A fact that is not held is left out: a condition then answers "unknown", never "no".
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied

from allting.identity.api import Actor
from allting.register.access import Errand, Matter, may_read, may_see_whereabouts
from allting.register.around import APPLICANT, HOUSEHOLD, Asked, Held, surroundings
from allting.register.looks import Look, log
from allting.register.people import Found, matter, people
from allting.register.rules import AUTUMN, PRIVATE, school_year
from allting.register.stated import Value

_OF_A_PERSON = ("birth_date", "civil_status", "municipality_code", "postcode", "address",
                "email", "phone", "protected", "moved_in", "died", "school_year")  # fmt: skip


class Facts(dict[str, Value]):
    """Values by name; of those that were stated by a case or a person, also since when.

    `guarded`: the subject, if the reader was found to be their guardian on that day.
    """

    def __init__(self, guarded: UUID | None = None) -> None:
        super().__init__()
        self.since: dict[str, date] = {}
        self.guarded = guarded

    def joined(self, other: "Facts") -> "Facts":
        """These and the other."""
        both = Facts()
        for part in (self, other):
            both.update(part)
            both.since.update(part.since)
        return both

    def without(self, names: Collection[str | None]) -> "Facts":
        """The same, but for the facts of these names."""
        left = Facts()
        left.update((name, value) for name, value in self.items() if name not in names)
        left.since.update((name, day) for name, day in self.since.items() if name not in names)
        return left


@dataclass(frozen=True, slots=True)
class _Case:
    """The people of one matter, and how the actor may see them."""

    actor: Actor
    applicant: Found | None
    subject: Found | None
    errand: Errand | None
    as_of: date
    home: UUID | None  # where the applicant lives, or whoever reads for themselves

    def seen(self, person: Found) -> Matter:
        return matter(self.actor, person, home=self.home, errand=self.errand)


def facts(
    actor: Actor,
    *,
    applicant: UUID | None,
    subject: UUID | None,
    names: Collection[str],
    as_of: date,
    purpose: str,
    errand: Errand | None = None,
    here: str | None = None,
    autumn: int | None = None,
) -> Facts:
    """The values of the facts `names` for this matter, keyed as conditions name them.

    Bare names and `child.` speak of the subject, `applicant.` of the applicant, `household.` of
    the applicant's household; where nobody applies (an offer), of the subject's. `here` is the
    municipality's code, for `has_guardian_here`; `autumn` the month of `school_year`.
    Raises PermissionDenied unless the actor is the applicant (and the subject's guardian, or the
    subject), or an employee on an errand; where nobody applies, for anyone who may not read about
    the subject.
    """
    case = _case(actor, applicant, subject, errand, as_of)
    read = {p.id: p for p in (case.subject or case.applicant,) if p}
    if errand is not None:
        read |= {p.id: p for p in (case.subject, case.applicant) if p}
    log(actor, [Look(p.id.hex, p.protected) for p in read.values()], purpose, errand)
    known = Facts(subject if case.subject and case.subject.guarded else None)
    known.update(_personal(case, names, autumn or AUTUMN))
    if asked := Asked.of(names):
        for held in _surroundings(case, asked, names, here):
            known[held.name] = held.value
            if held.since is not None:
                known.since[held.name] = held.since
    return known


def _case(
    actor: Actor, applicant: UUID | None, subject: UUID | None, errand: Errand | None, as_of: date
) -> _Case:
    ids = {id_ for id_ in (applicant, subject) if id_ is not None}
    reads_from = applicant or actor.person
    found = people([*ids, *([reads_from] if reads_from else [])], seen_by=actor.person, as_of=as_of)
    if not ids <= found.keys():
        raise PermissionDenied("this person may not be read by whoever asks")
    case = _Case(
        actor,
        found[applicant] if applicant else None,
        found[subject] if subject else None,
        errand,
        as_of,
        found[reads_from].household if reads_from in found else None,
    )
    if not all(may_read(actor, case.seen(found[id_])) for id_ in ids):
        raise PermissionDenied("this person may not be read by whoever asks")
    if errand is None and applicant is not None and applicant != actor.person:
        raise PermissionDenied("only the applicant may read for an application of their own")
    return case


def _personal(case: _Case, names: Collection[str], autumn: int) -> Iterator[tuple[str, Value]]:
    scopes = (("", case.subject), ("child.", case.subject), ("applicant.", case.applicant))
    for prefix, person in scopes:
        wanted = [name for name in _OF_A_PERSON if prefix + name in names]
        if person is None or not wanted:
            continue
        open_ = _may_tell(case, person)
        for name in wanted:
            value = _value(person, name, case.as_of, autumn)
            if value not in ("", None) and (open_ or name not in PRIVATE):
                yield prefix + name, value


def _value(person: Found, name: str, as_of: date, autumn: int) -> Value | None:
    match name:
        case "school_year":
            return school_year(person.birth_date.year, as_of, autumn)
        case "moved_in":
            return person.registered_since
        case "died":
            return person.died if person.died and person.died <= as_of else None
    value: Value | None = getattr(person, name)
    return value


def _surroundings(
    case: _Case, asked: Asked, names: Collection[str], here: str | None
) -> Iterator[Held]:
    """What stands around the subject and the home; nothing about the relations of someone
    protected, for whom they are closed."""
    lives = case.applicant or case.subject
    open_ = case.subject is not None and _may_tell(case, case.subject)
    home = lives.household if lives and (lives is case.applicant or open_) else None
    applies = case.applicant if case.applicant and _may_tell(case, case.applicant) else None
    told = surroundings(
        asked, subject=case.subject, applicant=applies, home=home, here=here, as_of=case.as_of
    )
    for held in told:
        if held.name.startswith((HOUSEHOLD, APPLICANT)):
            yield held
        elif open_:
            both = (held.name, f"child.{held.name}")
            yield from (replace(held, name=n) for n in both if n in names)


def _may_tell(case: _Case, person: Found) -> bool:
    return may_see_whereabouts(case.actor, case.seen(person))
