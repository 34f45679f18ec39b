"""What the pages share on which one need not sign in: how one is reached, and who is let in."""

import re
from typing import Any

from allting.cases.askers import kept_of_askers
from allting.cases.knocking import TRAP, Door, TooSoon, caller, key_of, stamp
from allting.identity.api import Actor, Request
from allting.packages.api import Edition
from allting.ui.api import later, translator

EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,}")
PHONE = re.compile(r"\+?[0-9][0-9 ()-]{4,24}")
REACHED = ("email", "phone")
door = Door("ask")


def signed_in(request: Request) -> Actor | None:
    """Whoever has signed in as a person that the register knows."""
    actor = request.actor
    return actor if actor is not None and actor.person is not None else None


def reached(request: Request) -> dict[str, str]:
    """How one is reached, as it was typed."""
    return {name: request.POST.get(name, "").strip() for name in REACHED}


def not_reached(typed: dict[str, str], language: str) -> dict[str, str]:
    """What is wrong with it, by field."""
    _, faults = translator(language), dict[str, str]()
    if typed["email"] and not EMAIL.fullmatch(typed["email"][:255]):
        faults["email"] = _(later("Write the address as in name@example.se, or leave it out"))
    if typed["phone"] and not PHONE.fullmatch(typed["phone"]):
        faults["phone"] = _(later("Write the number with digits, or leave it out"))
    return faults


def let_in(request: Request) -> str:
    """The key of the form that was sent. Raises TooSoon for machines, and one too many."""
    if request.POST.get(TRAP):
        raise TooSoon
    key = key_of(request.POST.get("stamp", ""))
    door.knock(caller(request))
    return key


def guarded(request: Request, edition: Edition, *, refused: bool) -> dict[str, Any]:
    """What the form carries against machines, and how long what one leaves is kept, in words."""
    kept, language = kept_of_askers(edition), request.language
    # a form that is shown again keeps its stamp: it is still the same one
    return {
        "refused": refused,
        "trap": TRAP,
        "stamp": stamp() if refused else request.POST.get("stamp") or stamp(),
        "forgotten": kept.contact.words(language) if kept.contact else "",
        "decided": kept.decided,
        "readable": kept.answer.words(language),
    }
