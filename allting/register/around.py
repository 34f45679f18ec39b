"""What stands around a person: those at home, guardians and children, deaths, what was stated.

One query, of only those parts that the facts asked for need. Whoever has died or left does not
count as someone at home or as a guardian, though the membership or the guardianship stands open.
`everyone` reckons the same in columns; a test holds the two against each other and a third.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from allting.kernel.api import as_date, as_uuid, marks, rows
from allting.register.people import Found
from allting.register.rules import child_order, is_adult, last_changed
from allting.register.stated import Value, from_stored

_LIVES_HERE = """({0}.died IS NULL OR {0}.died > %s) AND ({0}."left" IS NULL OR {0}."left" > %s)"""
_AT_HOME = """
    SELECT '{kind}' AS kind, p.id AS id, p.birth_date AS day, '' AS name, '' AS type,
        (SELECT f.value FROM register_declaredfact f WHERE f.person_id = p.id
         AND f.name = 'in_childcare' AND f.at <= %s ORDER BY f.at DESC, f.id DESC LIMIT 1)
        AS value, 0 AS number
    FROM register_membership m JOIN register_person p ON p.id = m.person_id
    WHERE m.household_id = %s AND m.since <= %s
    AND (m.until IS NULL OR m.until > %s) AND {lives_here}"""
_STATED = """
    SELECT '{kind}', CAST(NULL AS uuid), f.at, f.name, f.type, f.value, f.id
    FROM register_declaredfact f WHERE f.{about}_id = %s AND f.at <= %s AND f.name IN ({names})"""
_GUARDIANS = """
    SELECT 'guardian', q.id, g.since, '', '', q.municipality_code, 0
    FROM register_guardianship g JOIN register_person q ON q.id = g.guardian_id
    WHERE g.child_id = %s AND g.since <= %s AND g.until > %s AND {lives_here}"""
_WARDS = """
    SELECT 'ward', g.child_id, g.since, '', '', '', 0
    FROM register_guardianship g JOIN register_person q ON q.id = g.child_id
    WHERE g.guardian_id = %s AND g.since <= %s AND g.until > %s
    AND (q.died IS NULL OR q.died > %s)"""
_DEATH = """
    SELECT 'death', q.id, q.died, '', '', '', 0 FROM register_{table} r
    JOIN register_person q ON q.id = r.{relative}_id
    WHERE r.{own}_id = %s AND q.died <= %s"""
_MARRIED = " AND r.kind = 'spouse' AND r.since <= q.died AND (r.until IS NULL OR r.until >= q.died)"
_PARENT = " AND r.kind = 'parent'"
_DEATHS = (
    _DEATH.format(table="relation", own="person", relative="other") + _MARRIED,
    _DEATH.format(table="relation", own="other", relative="person") + _MARRIED,
    _DEATH.format(table="relation", own="person", relative="other") + _PARENT,
    _DEATH.format(table="relation", own="other", relative="person") + _PARENT,
    _DEATH.format(table="guardianship", own="child", relative="guardian"),
    _DEATH.format(table="guardianship", own="guardian", relative="child"),
)

HOUSEHOLD = "household."
APPLICANT = "applicant."
_OF_THE_HOME = ("adults", "children", "child_order", "size", "youngest_birth_date",
                "children_in_childcare")  # fmt: skip
_OWN = ("has_guardian_here", "guarded_children", "relative_died", "lives_alone")
_IN_THE_ROW = frozenset({"birth_date", "municipality_code", "postcode", "protected", "address",
                         "civil_status", "moved_in", "died", "school_year", "email",
                         "phone"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """The facts asked for beyond a person's own row: those of the subject, and of the home, and
    what has been stated about whoever applies."""

    own: frozenset[str]
    home: frozenset[str]
    applicant: frozenset[str] = frozenset()

    @classmethod
    def of(cls, names: Collection[str]) -> "Asked":
        """
        >>> asked = Asked.of(["died", "child.lives_alone", "applicant.phone", "household.size"])
        >>> sorted(asked.own), sorted(asked.home)
        (['lives_alone'], ['size'])
        """
        bare = {n.removeprefix("child.") for n in names}
        own = {name for name in bare if "." not in name and name not in _IN_THE_ROW}
        home = {n.removeprefix(HOUSEHOLD) for n in names if n.startswith(HOUSEHOLD)}
        applies = {n.removeprefix(APPLICANT) for n in names if n.startswith(APPLICANT)}
        return cls(frozenset(own), frozenset(home), frozenset(applies - {*_IN_THE_ROW, *_OWN}))

    def __bool__(self) -> bool:
        return bool(self.own or self.home or self.applicant)

    @property
    def stated(self) -> list[str]:
        """What has been stated about the subject."""
        return sorted(self.own - set(_OWN))

    @property
    def stated_at_home(self) -> list[str]:
        """What has been stated about the household."""
        names = self.home - set(_OF_THE_HOME) - {"income_changed"}
        return sorted(names | ({"income_month"} if "income_changed" in self.home else set()))


@dataclass(frozen=True, slots=True)
class Held:
    """One fact; of what has been stated, since when."""

    name: str
    value: Value
    since: date | None = None


@dataclass(slots=True)
class _Around:
    members: list[tuple[UUID, date, bool]] = field(default_factory=list)  # id, born, in childcare
    beside: list[UUID] = field(default_factory=list)  # who lives where the subject does
    guardians_in: set[str] = field(default_factory=set)  # municipality codes
    wards: set[UUID] = field(default_factory=set)
    deaths: list[date] = field(default_factory=list)
    stated: dict[str, list[tuple[date, int, Value]]] = field(
        default_factory=lambda: defaultdict(list)
    )


def surroundings(
    asked: Asked,
    *,
    subject: Found | None,
    applicant: Found | None,
    home: UUID | None,
    here: str | None,
    as_of: date,
) -> Iterator[Held]:
    """The facts asked for, as far as they are held: bare for the subject, with `household.` for
    those of `home`, with `applicant.` what has been stated about whoever applies."""
    around = _read(asked, subject, applicant, home, as_of)
    if subject is not None:
        yield from (Held(*it) for it in _own(asked, around, subject, here))
    if home is not None:
        for name, value in _of_the_home(around, subject, as_of):
            if name in asked.home:
                yield Held(HOUSEHOLD + name, value)
    wanted = (
        *asked.stated,
        *(HOUSEHOLD + name for name in asked.home),
        *(APPLICANT + name for name in asked.applicant),
    )
    for name in wanted:
        if history := around.stated.get(name):
            at, _, value = max(history)
            yield Held(name, value, at)


def _own(
    asked: Asked, around: _Around, subject: Found, here: str | None
) -> Iterator[tuple[str, Value]]:
    if "has_guardian_here" in asked.own and here is not None:
        yield "has_guardian_here", here in around.guardians_in
    if "guarded_children" in asked.own:
        yield "guarded_children", len(around.wards)
    if "relative_died" in asked.own and around.deaths:
        yield "relative_died", max(around.deaths)
    if "lives_alone" in asked.own and subject.household is not None:
        yield "lives_alone", not set(around.beside) - {subject.id}


def _of_the_home(
    around: _Around, subject: Found | None, as_of: date
) -> Iterator[tuple[str, Value]]:
    grown = sum(is_adult(born, as_of) for _, born, _ in around.members)
    yield "size", len(around.members)
    yield "adults", grown
    yield "children", len(around.members) - grown
    yield "children_in_childcare", sum(cared for _, _, cared in around.members)
    if around.members:
        yield "youngest_birth_date", max(born for _, born, _ in around.members)
    if subject and not is_adult(subject.birth_date, as_of):
        others = [born for id_, born, cared in around.members if cared and id_ != subject.id]
        yield "child_order", child_order(subject.birth_date, others)
    incomes = sorted(around.stated.get(HOUSEHOLD + "income_month", []))
    if changed := last_changed((at, value) for at, _, value in incomes):
        yield "income_changed", changed


# ---- reading


def _read(
    asked: Asked,
    subject: Found | None,
    applicant: Found | None,
    home: UUID | None,
    as_of: date,
) -> _Around:
    around = _Around()
    parts = list(_parts(asked, subject, home, as_of))
    if applicant is not None and asked.applicant:
        names = sorted(asked.applicant)
        parts.append(_stated(APPLICANT, "person", applicant.id, names, as_of))
    if not parts:
        return around
    sql = " UNION ALL ".join(part for part, _ in parts)
    for kind, id_, day, name, type_, value, number in rows(sql, [v for _, vs in parts for v in vs]):
        when = as_date(day)
        match kind:
            case "member":
                around.members.append((as_uuid(id_), when, value == "true"))
            case "beside":
                around.beside.append(as_uuid(id_))
            case "guardian":
                around.guardians_in.add(value)
            case "ward":
                around.wards.add(as_uuid(id_))
            case "death":
                around.deaths.append(when)
            case scope:
                around.stated[scope + name].append((when, number, from_stored(type_, value)))
    return around


_Part = tuple[str, list[Any]]


def _parts(asked: Asked, subject: Found | None, home: UUID | None, as_of: date) -> Iterator[_Part]:
    if home is not None:
        if asked.home & set(_OF_THE_HOME):
            yield _at_home("member", home, as_of)
        if asked.stated_at_home:
            yield _stated(HOUSEHOLD, "household", home, asked.stated_at_home, as_of)
    if subject is None:
        return
    if asked.stated:
        yield _stated("", "person", subject.id, asked.stated, as_of)
    if "lives_alone" in asked.own and subject.household is not None:
        yield _at_home("beside", subject.household, as_of)
    if "has_guardian_here" in asked.own:
        sql = _GUARDIANS.format(lives_here=_LIVES_HERE.format("q"))
        yield sql, [subject.id, *[as_of] * 4]
    if "guarded_children" in asked.own:
        yield _WARDS, [subject.id, *[as_of] * 3]
    if "relative_died" in asked.own:
        yield from ((death, [subject.id, as_of]) for death in _DEATHS)


def _at_home(kind: str, home: UUID, as_of: date) -> _Part:
    sql = _AT_HOME.format(kind=kind, lives_here=_LIVES_HERE.format("p"))
    return sql, [as_of, home, *[as_of] * 4]


def _stated(kind: str, about: str, whose: UUID, names: list[str], as_of: date) -> _Part:
    sql = _STATED.format(kind=kind, about=about, names=marks(names))
    return sql, [whose, as_of, *names]
