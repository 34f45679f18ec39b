"""Extracts of a made-up population, and what changes in it from day to day.

The same seed gives the same people, and the same day the same changes: a full extract of a day is
what the one of the first day and all changes since come to.
"""

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from allting.register.extract.shape import FORMAT, HIDDEN
from allting.register.generator.figures import first_names, surnames
from allting.register.generator.population import STREETS, generate
from allting.register.numbers import TestNumbers, is_coordination
from allting.register.rules import years_after

Line = dict[str, Any]
SOURCE = "Påhittad folkbokföring"


class Town:
    """People as the lines of an extract tell of them; a day passes when it is told to."""

    def __init__(self, size: int, *, seed: int, municipality: str, city: str, on: date) -> None:
        self.day = on
        self.people: list[Line] = []
        self.gone: set[int] = set()  # those who have left are in no later extract
        self._seed, self._first, self._code, self._city = seed, on, municipality, city
        self._by_number: dict[str, int] = {}
        self._homes: dict[str, list[int]] = {}
        self._settle(size)
        self._numbers = TestNumbers(self._by_number)

    def _settle(self, size: int) -> None:
        made = generate(
            size, seed=self._seed, municipality=self._code, city=self._city, on=self.day,
            centres=[(58.13, 16.21)],
        )  # fmt: skip
        place = {row[0]: n for n, row in enumerate(made.people)}
        for row in made.people:
            self.people.append(_line(row))
            self._by_number[str(row[1])] = len(self.people) - 1
        for person, home, since, _ in made.memberships:
            line = self.people[place[person]]
            first = max(str(since), line["registered_since"])
            if not line.get("died"):
                line["household"] = {"key": home.hex[:16], "since": str(since)}  # type: ignore[attr-defined]
                self._homes.setdefault(home.hex[:16], []).append(place[person])  # type: ignore[attr-defined]
                if line.get("address"):
                    line["address"]["since"] = first
        for child, guardian, since, until in made.guardianships:
            tie = {"identity_number": self._number(place[guardian]), "since": str(since)}
            if self._lives(place[guardian]) and self._lives(place[child]):
                tie["until"] = str(until)
                self.people[place[child]].setdefault("guardians", []).append(tie)
        for one, other, kind, since, until in made.relations:
            self._relate(place[one], place[other], str(kind), str(since), until)
        for principal, holder, scope, since, _ in made.mandates:
            mandate = {"holder": self._number(place[holder]), "scope": scope, "since": str(since)}
            self.people[place[principal]].setdefault("mandates", []).append(mandate)

    def _relate(self, one: int, other: int, kind: str, since: str, until: object) -> None:
        if kind == "parent":
            self.people[one].setdefault("parents", []).append(self._number(other))
        elif until is None:
            for a, b in ((one, other), (other, one)):
                self.people[a]["spouse"] = {"identity_number": self._number(b), "since": since}

    def _number(self, who: int) -> str:
        return str(self.people[who]["identity_number"])

    def _lives(self, who: int) -> bool:
        return who not in self.gone and not self.people[who].get("died")

    # ---- what the files hold

    def full(self) -> Iterator[str]:
        """A full extract of today."""
        yield self._header("full")
        for who, line in enumerate(self.people):
            if who not in self.gone:
                yield _text(line)

    def changes(self, number: int) -> Iterator[str]:
        """Let a day pass in which at least so many people change; an extract of those."""
        changed = self.pass_day(number)
        yield self._header("changes")
        for who in sorted(changed):
            yield _text(self.people[who])

    def _header(self, extract: str) -> str:
        return _text({"extract": extract, "as_of": str(self.day), "source": SOURCE,
                      "format": FORMAT})  # fmt: skip

    # ---- what a day brings

    def pass_day(self, number: int) -> set[int]:
        """Let a day pass; whose lines have become others."""
        self.day += timedelta(1)
        chance = Random(f"{self._seed} day {(self.day - self._first).days}")  # noqa: S311
        events: dict[Callable[[Random, int], set[int]], int] = {
            self._move: 40, self._leave: 8, self._come: 10, self._birth: 9, self._death: 9,
            self._marry: 6, self._divorce: 4, self._rename: 6, self._renumber: 4, self._hide: 1,
            self._show: 1, self._custody: 2, self._mandate: 3,
        }  # fmt: skip
        happens, weights = list(events), list(events.values())
        changed: set[int] = set()
        while len(changed) < number:
            what = chance.choices(happens, weights)[0]
            who = chance.randrange(len(self.people))
            if self._lives(who):
                changed |= what(chance, who)
        return changed

    def _home(self, who: int) -> list[int]:
        home = self.people[who].get("household")
        return self._homes.get(home["key"], []) if home else []

    def _address(self, chance: Random) -> Line:
        place = chance.randrange(len(STREETS))
        return {"street": f"{STREETS[place]} {chance.randrange(1, 99)}",
                "postcode": f"999 {1 + place // 5:02}", "city": self._city,
                "since": str(self.day)}  # fmt: skip

    def _position(self, chance: Random) -> Line:
        return {"lat": round(chance.uniform(58.1, 58.16), 6),
                "lon": round(chance.uniform(16.18, 16.24), 6)}  # fmt: skip

    def _move(self, chance: Random, who: int) -> set[int]:
        """The whole household moves."""
        address, position = self._address(chance), self._position(chance)
        movers = {one for one in self._home(who) if not self._hidden(one)}
        for one in movers:
            self.people[one]["address"] = dict(address)
            self.people[one]["position"] = dict(position)
        return movers

    def _leave(self, chance: Random, who: int) -> set[int]:
        """The whole household leaves the municipality."""
        leavers = set(self._home(who))
        for one in leavers:
            self.people[one]["left"] = str(self.day)
        self.gone |= leavers
        return leavers

    def _come(self, chance: Random, who: int) -> set[int]:
        """Someone moves in from elsewhere, alone."""
        sex, born = chance.choice("fm"), self.day - timedelta(chance.randrange(19 * 365, 70 * 365))
        new = self._add(chance, sex, born, surnames().one(chance))
        line = self.people[new]
        key = f"in-{self.day}-{new}"
        line["household"] = {"key": key, "since": str(self.day)}
        line["address"], line["position"] = self._address(chance), self._position(chance)
        self._homes[key] = [new]
        return {new}

    def _birth(self, chance: Random, who: int) -> set[int]:
        """A child comes into the home of a woman of some age, who answers for it."""
        mother = self.people[who]
        age = self.day.year - int(mother["birth_date"][:4])
        if mother["sex"] != "f" or not 19 <= age <= 43 or not mother.get("household"):
            return set()
        child = self._add(chance, chance.choice("fm"), self.day, mother["surname"])
        line = self.people[child]
        line |= {key: json.loads(_text(mother[key])) for key in ("address", "position")
                 if mother.get(key)}  # fmt: skip
        line["protection"] = mother["protection"]
        if line.get("address"):
            line["address"]["since"] = str(self.day)
        line["household"] = {"key": mother["household"]["key"], "since": str(self.day)}
        line["guardians"] = [{"identity_number": mother["identity_number"]}]
        line["parents"] = [mother["identity_number"]]
        if mother.get("spouse"):
            line["guardians"].append({"identity_number": mother["spouse"]["identity_number"]})
        self._homes[mother["household"]["key"]].append(child)
        return {child}

    def _add(self, chance: Random, sex: str, born: date, surname: str) -> int:
        number = self._numbers.give(born, sex)
        self.people.append({
            "identity_number": number, "given_name": first_names(sex, born.year).one(chance),
            "surname": surname, "birth_date": str(born), "sex": sex, "civil_status": "unmarried",
            "protection": "none", "municipality_code": self._code,
            "registered_since": str(self.day),
        })  # fmt: skip
        self._by_number[number] = len(self.people) - 1
        return len(self.people) - 1

    def _death(self, chance: Random, who: int) -> set[int]:
        line = self.people[who]
        if int(line["birth_date"][:4]) > self.day.year - 40:
            return set()
        changed = {who}
        if spouse := line.pop("spouse", None):
            changed |= self._alone(self._by_number[spouse["identity_number"]], "widowed")
        if home := line.pop("household", None):
            self._homes[home["key"]].remove(who)
        line["died"] = str(self.day)
        for key in ("mandates", "guardians"):
            line.pop(key, None)
        return changed | self._forget(line["identity_number"])

    def _forget(self, number: str) -> set[int]:
        """Take away what the dead did for others from the others' lines."""
        changed = set()
        for who, line in enumerate(self.people):
            for key, name in (("guardians", "identity_number"), ("mandates", "holder")):
                if any(it[name] == number for it in line.get(key, ())):
                    line[key] = [it for it in line[key] if it[name] != number]
                    changed.add(who)
        return changed - self.gone

    def _alone(self, who: int, status: str) -> set[int]:
        self.people[who].pop("spouse", None)
        self.people[who] |= {"civil_status": status, "civil_status_since": str(self.day)}
        return {who} - self.gone

    def _marry(self, chance: Random, who: int) -> set[int]:
        single = [one for one in self._home(who) if self._may_marry(one)]
        if len(single) < 2:
            return set()
        for one, other in (single[:2], single[1::-1]):
            spouse = {"identity_number": self._number(other), "since": str(self.day)}
            self.people[one] |= {"spouse": spouse, "civil_status": "married"}
            self.people[one]["civil_status_since"] = str(self.day)
        return set(single[:2])

    def _may_marry(self, who: int) -> bool:
        line = self.people[who]
        grown = years_after(date.fromisoformat(line["birth_date"]), 18) <= self.day
        return grown and "spouse" not in line and "guardians" not in line

    def _divorce(self, chance: Random, who: int) -> set[int]:
        """They part, and one of them moves out."""
        spouse = self.people[who].get("spouse")
        if not spouse or self._hidden(who):
            return set()
        changed = self._alone(self._by_number[spouse["identity_number"]], "divorced")
        changed |= self._alone(who, "divorced")
        line = self.people[who]
        if home := line.get("household"):
            self._homes[home["key"]].remove(who)
        key = f"apart-{self.day}-{who}"
        line["household"] = {"key": key, "since": str(self.day)}
        self._homes[key] = [who]
        line["address"], line["position"] = self._address(chance), self._position(chance)
        return changed

    def _rename(self, chance: Random, who: int) -> set[int]:
        self.people[who]["surname"] = surnames().one(chance)
        return {who}

    def _renumber(self, chance: Random, who: int) -> set[int]:
        """Whoever has a coordination number gets another one in its place."""
        line = self.people[who]
        old = line["identity_number"]
        related = any(line.get(key) for key in ("spouse", "guardians", "mandates", "parents"))
        if not is_coordination(old) or related:
            return set()
        new = self._numbers.give(date.fromisoformat(line["birth_date"]), line["sex"])
        line["previous_numbers"] = [*line.get("previous_numbers", []), old]
        line["identity_number"] = new
        self._by_number[new] = who
        return {who} | self._reword(old, new)

    def _reword(self, old: str, new: str) -> set[int]:
        """Other people's lines name them by their new number."""
        changed = set()
        for who, line in enumerate(self.people):
            if who in self.gone:
                continue
            ties = [*line.get("guardians", ()), *line.get("mandates", ())]
            for tie in ties:
                for name in ("identity_number", "holder"):
                    if tie.get(name) == old:
                        tie[name] = new
                        changed.add(who)
            if old in line.get("parents", ()):
                line["parents"] = [new if it == old else it for it in line["parents"]]
                changed.add(who)
        return changed

    def _hidden(self, who: int) -> bool:
        return self.people[who]["protection"] in HIDDEN

    def _hide(self, chance: Random, who: int) -> set[int]:
        """A household gets protected registration."""
        hidden = set(self._home(who))
        for one in hidden:
            self.people[one]["protection"] = "registration"
            self.people[one].pop("address", None)
            self.people[one].pop("position", None)
        return hidden

    def _show(self, chance: Random, who: int) -> set[int]:
        """Protection is over."""
        shown = {one for one in self._home(who) if self.people[one]["protection"] != "none"}
        address = self._address(chance)
        for one in shown:
            self.people[one] |= {"protection": "none", "address": dict(address)}
        return shown

    def _custody(self, chance: Random, who: int) -> set[int]:
        """One of two guardians does not answer for the child any more."""
        guardians = self.people[who].get("guardians", [])
        if len(guardians) < 2:
            return set()
        self.people[who]["guardians"] = guardians[:1]
        return {who}

    def _mandate(self, chance: Random, who: int) -> set[int]:
        """Somebody begins, or ceases, to act for an elder."""
        line = self.people[who]
        if line.get("mandates"):
            line.pop("mandates")
            return {who}
        holder = chance.randrange(len(self.people))
        grown = int(self.people[holder]["birth_date"][:4]) < self.day.year - 25
        old = int(line["birth_date"][:4]) < self.day.year - 75
        if not (old and grown and holder != who and self._lives(holder)):
            return set()
        line["mandates"] = [{"holder": self._number(holder), "scope": "property",
                             "since": str(self.day)}]  # fmt: skip
        return {who}


def _line(row: tuple[object, ...]) -> Line:
    """A row of the population as a line: nothing that is empty, and never how to reach someone."""
    (_, number, given, surname, born, sex, civil, street, postcode, city, code, protection,
     _, _, language, since, died, _, lat, lon) = row  # fmt: skip
    line: Line = {
        "identity_number": number, "given_name": given, "surname": surname,
        "birth_date": str(born), "sex": sex, "civil_status": civil, "protection": protection,
        "municipality_code": code, "registered_since": str(since), "language": language,
    }  # fmt: skip
    if street:
        line["address"] = {"street": street, "postcode": postcode, "city": city}
    if lat is not None:
        line["position"] = {"lat": lat, "lon": lon}
    if died:
        line["died"] = str(died)
    return line


def _text(line: object) -> str:
    return json.dumps(line, ensure_ascii=False, separators=(",", ":"))
