"""The door of the register."""

from allting.register.access import NAMED_HANDLER, Errand
from allting.register.actions import contact_given, save_contact
from allting.register.addressees import Reachable, guardians_of, mandate_holders, reachable
from allting.register.asked import everyone
from allting.register.changes import changed_since, latest_mark, note_changes, touched
from allting.register.declaring import declare
from allting.register.demonstration import Someone, demonstration_people
from allting.register.families import (
    at_home_with,
    away_from,
    homes,
    lives_with,
    sheltered,
    siblings,
    wards,
)
from allting.register.holding import Holding, Home, Related, StatedHeld, held_about, lived_at
from allting.register.known import Facts, facts
from allting.register.looks import write_with_looks
from allting.register.name_words import names_among
from allting.register.names import Listed, names_for_lists, shielded
from allting.register.numbers import is_coordination, is_number
from allting.register.people import PersonCard
from allting.register.queries import (
    Contact,
    Read,
    access_log,
    card,
    children_of,
    contact_of,
    find_person,
    guardians_to_tell,
    is_guardian,
    other_guardians,
    own_home,
    people_cards,
    person_by_number,
    spouses_of,
)
from allting.register.rules import AUTUMN, TOLD_OF_PROTECTED, school_year
from allting.register.stated import declarable, fact_words, open_case_fact, place_fact

__all__ = [
    "AUTUMN",
    "NAMED_HANDLER",
    "TOLD_OF_PROTECTED",
    "Contact",
    "Errand",
    "Facts",
    "Holding",
    "Home",
    "Listed",
    "PersonCard",
    "Reachable",
    "Read",
    "Related",
    "Someone",
    "StatedHeld",
    "access_log",
    "at_home_with",
    "away_from",
    "card",
    "changed_since",
    "children_of",
    "contact_given",
    "contact_of",
    "declarable",
    "declare",
    "demonstration_people",
    "everyone",
    "fact_words",
    "facts",
    "find_person",
    "guardians_of",
    "guardians_to_tell",
    "held_about",
    "homes",
    "is_coordination",
    "is_guardian",
    "is_number",
    "latest_mark",
    "lived_at",
    "lives_with",
    "mandate_holders",
    "names_among",
    "names_for_lists",
    "note_changes",
    "open_case_fact",
    "other_guardians",
    "own_home",
    "people_cards",
    "person_by_number",
    "place_fact",
    "reachable",
    "save_contact",
    "school_year",
    "sheltered",
    "shielded",
    "siblings",
    "spouses_of",
    "touched",
    "wards",
    "write_with_looks",
]
