"""Whom each line is about: somebody the register knows, by a number of now or before, or new."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from allting.kernel.api import as_date, as_uuid, new_id
from allting.register.bulk import where_in
from allting.register.extract.faults import Fault
from allting.register.extract.reading import Bad, Good
from allting.register.extract.shape import Header, Line

_BY_NUMBER = """
    SELECT p.identity_number, p.id, p.identity_number, p.died, o.source, o.as_of, o.digest
    FROM register_person p LEFT JOIN register_origin o ON o.person_id = p.id WHERE {in}
"""
_BY_EARLIER = """
    SELECT n.number, p.id, p.identity_number, p.died, o.source, o.as_of, o.digest
    FROM register_previousnumber n JOIN register_person p ON p.id = n.person_id
    LEFT JOIN register_origin o ON o.person_id = p.id WHERE {in}
"""


@dataclass(frozen=True, slots=True)
class Held:
    """Someone in the register, as found by a number, and where their facts are from."""

    id: UUID
    number: str
    died: date | None
    source: str | None
    as_of: date | None
    digest: str | None


@dataclass(frozen=True, slots=True)
class Work:
    """A line to be loaded, and whose it is."""

    id: UUID
    good: Good
    held: Held | None

    @property
    def line(self) -> Line:
        """What the line says."""
        return self.good.line


@dataclass(slots=True)
class Seen:
    """The numbers that the file has named so far, those it says are replaced, and those of its
    bad lines: they are there, whatever is wrong with them."""

    numbers: set[str] = field(default_factory=set)
    replaced: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    nameless: int = 0

    def bad(self, line: Bad) -> None:
        """Keep whom a bad line is about, or that it cannot be told."""
        if line.number:
            self.unread.add(line.number)
        else:
            self.nameless += 1

    def has(self, number: str) -> bool:
        """Whether the file names whoever has this number."""
        return number in self.numbers or number in self.unread


def find(numbers: Collection[str]) -> dict[str, Held]:
    """People by these numbers; a number of before leads to whoever had it."""
    found = where_in(_BY_EARLIER, "n.number", numbers, "text")
    found += where_in(_BY_NUMBER, "p.identity_number", numbers, "text")
    return {
        row[0]: Held(
            as_uuid(row[1]), row[2], as_date(row[3]) if row[3] else None, row[4],
            as_date(row[5]) if row[5] else None, row[6],
        )
        for row in found
    }  # fmt: skip


@dataclass(slots=True)
class Matched:
    """What is to be done about some lines."""

    works: list[Work] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unchanged: int = 0
    older: int = 0


def match(goods: Sequence[Good], head: Header, seen: Seen) -> Matched:
    """Whom the lines are about; those that say nothing new are only counted."""
    asked = {good.line.identity_number for good in goods}
    asked.update(number for good in goods for number in good.line.previous_numbers)
    known, to_do = find(asked), Matched()
    for good in goods:
        held = _whose(good, known)
        wrong = _clash(good, known, head, seen)
        if wrong:
            to_do.faults.append(wrong)
            seen.unread.add(good.line.identity_number)
            continue
        seen.numbers.add(good.line.identity_number)
        seen.replaced.update(good.line.previous_numbers)
        if held and is_older(held, head):
            to_do.older += 1
        elif held and held.source == head.source and held.digest == good.digest:
            to_do.unchanged += 1
        else:
            to_do.works.append(Work(held.id if held else new_id(), good, held))
    return to_do


def _whose(good: Good, known: dict[str, Held]) -> Held | None:
    numbers = (good.line.identity_number, *good.line.previous_numbers)
    return next((known[number] for number in numbers if number in known), None)


def _clash(good: Good, known: dict[str, Held], head: Header, seen: Seen) -> Fault | None:
    """What hinders that this line is about one person, and only this line."""
    line, number = good.line, good.line.identity_number

    def fault(key: str, what: str, expected: str, mend: str) -> Fault:
        return Fault(good.at, key, what, expected, mend)

    if seen.has(number):
        return fault("identity_number", "an earlier line has the same number",
                     "one line for each person", "keep the line that holds")  # fmt: skip
    if number in seen.replaced:
        return fault("identity_number", "an earlier line says that this number is replaced",
                     "the number that they have now", "keep the line that holds")  # fmt: skip
    if any(seen.has(n) or n in seen.replaced for n in line.previous_numbers):
        return fault("previous_numbers", "an earlier line is about whoever has this number",
                     "numbers of this person only", "keep the line that holds")  # fmt: skip
    people = {known[n].id for n in (number, *line.previous_numbers) if n in known}
    if len(people) > 1:
        return fault("previous_numbers", "the register has these numbers as several people",
                     "one person", "someone must see whether they are the same")  # fmt: skip
    if number in known and known[number].number != number and not is_older(known[number], head):
        return fault("identity_number", "the register knows that this number is replaced",
                     "the number that they have now", "load a later extract")  # fmt: skip
    return None


def is_older(held: Held, head: Header) -> bool:
    """Whether what the register holds of someone is newer than this extract."""
    return held.source == head.source and held.as_of is not None and held.as_of > head.as_of
