"""Facts for conditions and prefill: what is held about the people of one matter, by scoped name.

At most three queries whatever is asked: the people, their household, the access log.
A fact that is not held is left out: a condition then answers "unknown", never "no".
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import PermissionDenied

from allting.identity.api import Actor
from allting.kernel.api import as_date, as_uuid, rows
from allting.register.access import Errand, Matter, may_read, may_see_whereabouts
from allting.register.looks import Look, log
from allting.register.people import Found, matter, people
from allting.register.rules import PRIVATE, as_number, child_order, is_adult

Value = bool | int | Decimal | date | str

_OF_A_PERSON = ("birth_date", "civil_status", "municipality_code", "postcode", "address",
                "email", "phone", "protected")  # fmt: skip

_HOUSEHOLD = """
    SELECT p.id, p.birth_date, 'member',
        (SELECT f.value FROM register_declaredfact f WHERE f.person_id = p.id
         AND f.name = 'childcare' AND f.at <= %s ORDER BY f.at DESC, f.id DESC LIMIT 1)
    FROM register_membership m JOIN register_person p ON p.id = m.person_id
    WHERE m.household_id = %s AND m.since <= %s AND (m.until IS NULL OR m.until > %s)
    UNION ALL
    SELECT NULL, f.at, 'declared ' || f.name, f.value FROM register_declaredfact f
    WHERE f.household_id = %s AND f.at <= %s
    UNION ALL
    SELECT q.id, g.since, 'guardian', q.municipality_code
    FROM register_guardianship g JOIN register_person q ON q.id = g.guardian_id
    WHERE g.child_id = %s AND g.since <= %s AND g.until > %s
"""
_NOBODY = UUID(int=0)


@dataclass(slots=True)
class _Around:
    """What stands around a person: those at home, what the household declared, the guardians."""

    members: list[tuple[UUID, date, bool]] = field(default_factory=list)  # id, born, in childcare
    declared: dict[str, tuple[date, str]] = field(default_factory=dict)
    guardians_in: set[str] = field(default_factory=set)  # municipality codes


@dataclass(frozen=True, slots=True)
class _Case:
    """The people of one matter, and how the actor may see them."""

    actor: Actor
    applicant: Found | None
    subject: Found | None
    errand: Errand | None
    as_of: date

    def seen(self, person: Found) -> Matter:
        home = self.applicant.household if self.applicant else None
        return matter(self.actor, person, home=home, errand=self.errand)


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
) -> dict[str, Value]:
    """The values of the facts `names` for this matter, keyed as conditions name them.

    Bare names and `child.` speak of the subject, `applicant.` of the applicant, `household.` of
    the applicant's household. `here` is the municipality's code, for `has_guardian_here`.
    Raises PermissionDenied unless the actor is the applicant (and the subject's guardian, or the
    subject), or an employee on an errand.
    """
    case = _case(actor, applicant, subject, errand, as_of)
    read = {p.id: p for p in (case.subject or case.applicant,) if p}
    if errand is not None:
        read |= {p.id: p for p in (case.subject, case.applicant) if p}
    log(actor, [Look(p.id.hex, p.protected) for p in read.values()], purpose, errand)
    known = dict(_personal(case, names))
    if any(name.startswith("household.") or name.endswith("has_guardian_here") for name in names):
        known |= _surroundings(case, names, here)
    return known


def _case(
    actor: Actor, applicant: UUID | None, subject: UUID | None, errand: Errand | None, as_of: date
) -> _Case:
    ids = [id_ for id_ in (applicant, subject) if id_ is not None]
    found = people(ids, seen_by=actor.person, as_of=as_of)
    if len(found) != len(set(ids)):
        raise PermissionDenied("this person may not be read by whoever asks")
    case = _Case(
        actor,
        found[applicant] if applicant else None,
        found[subject] if subject else None,
        errand,
        as_of,
    )
    if not all(may_read(actor, case.seen(person)) for person in found.values()):
        raise PermissionDenied("this person may not be read by whoever asks")
    if errand is None and applicant != actor.person:
        raise PermissionDenied("only the applicant may read for an application of their own")
    return case


def _personal(case: _Case, names: Collection[str]) -> Iterator[tuple[str, Value]]:
    scopes = (("", case.subject), ("child.", case.subject), ("applicant.", case.applicant))
    for prefix, person in scopes:
        wanted = [name for name in _OF_A_PERSON if prefix + name in names]
        if person is None or not wanted:
            continue
        open_ = may_see_whereabouts(case.actor, case.seen(person))
        for name in wanted:
            value = getattr(person, name)
            if value not in ("", None) and (open_ or name not in PRIVATE):
                yield prefix + name, value


def _surroundings(case: _Case, names: Collection[str], here: str | None) -> dict[str, Value]:
    around = _around(case)
    known: dict[str, Value] = {}
    if here is not None and case.subject and _may_tell(case, case.subject):
        for name in ("has_guardian_here", "child.has_guardian_here"):
            known[name] = here in around.guardians_in
    if around.members:
        grown = [born for _, born, _ in around.members if is_adult(born, case.as_of)]
        known["household.adults"] = len(grown)
        known["household.children"] = len(around.members) - len(grown)
        if case.subject and not is_adult(case.subject.birth_date, case.as_of):
            others = [b for id_, b, cared in around.members if cared and id_ != case.subject.id]
            known["household.child_order"] = child_order(case.subject.birth_date, others)
    income = as_number(around.declared.get("income_month", (None, None))[1])
    if income is not None:
        known["household.income_month"] = income
    return {name: value for name, value in known.items() if name in names}


def _may_tell(case: _Case, person: Found) -> bool:
    return may_see_whereabouts(case.actor, case.seen(person))


def _around(case: _Case) -> _Around:
    day = case.as_of
    home = (case.applicant.household if case.applicant else None) or _NOBODY
    child = case.subject.id if case.subject else _NOBODY
    around = _Around()
    for id_, when, kind, value in rows(
        _HOUSEHOLD, [day, home, day, day, home, day, child, day, day]
    ):
        if kind == "member":
            around.members.append((as_uuid(id_), as_date(when), value == "true"))
        elif kind == "guardian":
            around.guardians_in.add(value)
        else:
            name = kind.removeprefix("declared ")
            latest = around.declared.get(name)
            if latest is None or latest[0] <= as_date(when):
                around.declared[name] = (as_date(when), value)
    return around
