# mypy: ignore-errors
"""OpenFisca-core at the situations: run by its own Python, `openfisca_rules.py FOLDER ROUNDS`.

The twelve situations of packages/solvik as its users write them: what several rules need is a
variable of its own, which OpenFisca works out once and keeps. A day that is not known is no day
(NaT), with which no comparison holds.
"""

import gc
import json
import resource
import sys
import time
from datetime import date
from pathlib import Path

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

ON = "2026-11-23"
TODAY = np.datetime64(ON)
HERE, AUTUMN = 2599, 8
CHOICE_CLOSES = np.datetime64("2027-02-01")

Person = build_entity(key="person", plural="persons", label="", is_person=True)
Household = build_entity(
    key="household", plural="households", label="", roles=[{"key": "member", "plural": "members"}]
)


def given(name, kind, entity=Person):
    """A variable that is given."""
    body = {
        "value_type": kind,
        "entity": entity,
        "definition_period": DateUnit.ETERNITY,
        "label": "",
    }
    return type(name, (Variable,), body)


def rule(name, formula, kind=bool, entity=Person):
    """A variable that is worked out for a day."""
    body = {"value_type": kind, "entity": entity, "definition_period": DateUnit.DAY, "label": "",
            "formula": formula}  # fmt: skip
    return type(name, (Variable,), body)


def months_later(days, count):
    """The same day of a later month, or that month's last."""
    month = days.astype("M8[M]")
    later = month + count
    last = (later + 1).astype("M8[D]") - 1
    return np.minimum(later.astype("M8[D]") + (days - month.astype("M8[D]")), last)


def first_of(birth, age, month):
    """The first of a month in the year in which someone reaches an age."""
    return ((birth.astype("M8[Y]") + age).astype("M8[M]") + (month - 1)).astype("M8[D]")


def between(values, first, last):
    return (values >= first) & (values <= last)


def months_old(person, period, parameters):
    birth = person("birth_date", period)
    month = birth.astype("M8[M]")
    day = (birth - month.astype("M8[D]")).astype(int) + 1
    apart = (TODAY.astype("M8[M]") - month).astype(int)
    return apart - (day > period.start.day)


def year_of_birth(person, period, parameters):
    return person("birth_date", period).astype("M8[Y]").astype(int) + 1970


def lives_here(person, period, parameters):
    return person("municipality_code", period) == HERE


def grown(person, period, parameters):
    return person("months_old", period) >= 12 * 18


def grown_here(person, period, parameters):
    return person("lives_here", period) & person("grown", period)


def child_here(person, period, parameters):
    return person("lives_here", period) & ~person("grown", period)


def no_place(person, period, parameters):
    return person("child_here", period) & ~person("in_childcare", period)


def youngest_placed(person, period, parameters):
    """A child with a place and a guardian here, none younger of the home having a place."""
    born = person("birth_date", period).astype("M8[D]").astype(int)
    last = person.household("last_placed_born", period)
    guarded = person("has_guardian_here", period) & person("in_childcare", period)
    return guarded & (born >= last) & ~person("grown", period)


def last_placed_born(household, period, parameters):
    born = household.members("birth_date", period).astype("M8[D]").astype(int)
    return household.max(np.where(household.members("in_childcare", period), born, -(10**9)))


def placed_at_home(household, period, parameters):
    return household.sum(household.members("in_childcare", period))


def lives_alone(household, period, parameters):
    return household.nb_persons() == 1


def relative_died(person, period, parameters):
    days = TODAY - person("relative_died_on", period)
    return person("grown_here", period) & between(days, days_(7), days_(60))


def permit_lapses(person, period, parameters):
    lapses = person("building_permit_lapses", period)
    return between(lapses, TODAY, months_later(TODAY, 6))


def income_changed(person, period, parameters):
    changed = person.household("income_changed_on", period)
    fee = person("childcare_fee_set", period)
    lately = between(TODAY - changed, days_(0), days_(90))
    return person("youngest_placed", period) & lately & (np.isnat(fee) | (fee < changed))


def several_children(person, period, parameters):
    fee = person("childcare_fee_set", period)
    many = person.household("placed_at_home", period) >= 3
    long_ago = np.isnat(fee) | (TODAY - fee > days_(365))
    return person("youngest_placed", period) & many & long_ago


def certificate_expires(person, period, parameters):
    wedding = person("wedding_day", period)
    issued = person("no_impediment_issued", period)
    soon = wedding - TODAY <= days_(45)
    too_old = months_later(issued, 4) < wedding
    return (wedding > TODAY) & np.where(np.isnat(issued), soon, too_old)


def turning_eighteen(person, period, parameters):
    birthday = months_later(person("birth_date", period), 12 * 18)
    return person("lives_here", period) & (birthday > TODAY) & (birthday <= TODAY + 45)


def eighty_and_alone(person, period, parameters):
    alone = person.household("lives_alone", period)
    old = person("months_old", period) >= 12 * 80
    return person("lives_here", period) & old & alone


def child_soon_one(person, period, parameters):
    return person("no_place", period) & between(person("months_old", period), 8, 11)


def general_preschool(person, period, parameters):
    years = period.start.year - person("year_of_birth", period)
    asked = 3 <= period.start.month <= 5 or 10 <= period.start.month <= 12
    return person("no_place", period) & between(years, 3, 5) & asked


def starts_school(person, period, parameters):
    birth = person("birth_date", period)
    now = (first_of(birth, 5, 10) <= TODAY) & (first_of(birth, 6, 5) > TODAY)
    return person("child_here", period) & now


def year_nine(person, period, parameters):
    begun = period.start.year - (period.start.month < AUTUMN)
    ninth = begun - person("year_of_birth", period) - 6 == 9
    return (
        person("child_here", period) & ninth & between(CHOICE_CLOSES - TODAY, days_(0), days_(75))
    )


def new_here(person, period, parameters):
    days = TODAY - person("moved_in", period)
    return person("grown_here", period) & between(days, days_(0), days_(60))


def days_(number):
    return np.timedelta64(number, "D")


DAYS = ("birth_date", "moved_in", "relative_died_on", "building_permit_lapses", "wedding_day",
        "no_impediment_issued", "childcare_fee_set")  # fmt: skip
GIVEN = [
    *(given(name, date) for name in DAYS),
    given("municipality_code", int),
    given("has_guardian_here", bool),
    given("in_childcare", bool),
    given("income_changed_on", date, Household),
]
SHARED = [
    rule("months_old", months_old, int),
    rule("year_of_birth", year_of_birth, int),
    rule("lives_here", lives_here),
    rule("grown", grown),
    rule("grown_here", grown_here),
    rule("child_here", child_here),
    rule("no_place", no_place),
    rule("youngest_placed", youngest_placed),
    rule("last_placed_born", last_placed_born, int, Household),
    rule("placed_at_home", placed_at_home, int, Household),
    rule("lives_alone", lives_alone, bool, Household),
]
SITUATIONS = {
    "after-a-death/relative-died": relative_died,
    "building-permit/permit-lapses": permit_lapses,
    "childcare-fee/income-changed": income_changed,
    "childcare-fee/several-children": several_children,
    "civil-wedding/certificate-expires": certificate_expires,
    "coming-of-age/turning-eighteen": turning_eighteen,
    "home-visit/eighty-and-alone": eighty_and_alone,
    "preschool-place/child-soon-one": child_soon_one,
    "preschool-place/general-preschool": general_preschool,
    "school-start/starts-school": starts_school,
    "upper-secondary-choice/year-nine": year_nine,
    "welcome/new-here": new_here,
}


def system():
    """The rules as a whole."""
    found = TaxBenefitSystem([Person, Household])
    asked = [rule(f.__name__, f) for f in SITUATIONS.values()]
    for variable in (*GIVEN, *SHARED, *asked):
        found.add_variable(variable)
    return found


def simulation(rules, people):
    """The people, before anything has been worked out."""
    builder = SimulationBuilder()
    builder.create_entities(rules)
    number = len(people["birth_date"])
    builder.declare_person_entity("person", np.arange(number))
    homes = builder.declare_entity("household", np.arange(int(people["house"].max()) + 1))
    builder.join_with_persons(homes, people["house"], np.full(number, "member"))
    found = builder.build(rules)
    for variable in GIVEN:
        name = variable.__name__
        found.set_input(name, ON, people[name])
    return found


def main(folder, rounds):
    """Answer everything so many times, each time anew."""
    people, rules = dict(np.load(folder / "given.npz")), system()
    for name in ("relative_died", "income_changed"):
        people[f"{name}_on"] = people.pop(name)
    names = {key: formula.__name__ for key, formula in SITUATIONS.items()}
    measured, building = [], []
    for _ in range(rounds):
        asked = found = None  # the last round's people are let go, off the clock
        gc.collect()
        spent = time.process_time()
        asked = simulation(rules, people)
        building.append(time.process_time() - spent)
        began, spent = time.perf_counter(), time.process_time()
        found = {key: asked.calculate(name, ON) for key, name in names.items()}
        measured.append((time.perf_counter() - began, time.process_time() - spent))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    np.savez(folder / "openfisca.npz", **found)
    print(json.dumps({"rounds": measured, "peak": peak, "building": min(building)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
