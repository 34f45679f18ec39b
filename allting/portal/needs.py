"""What a service asks for: who gives it, and what the municipality has of it already."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from allting.cases.api import Standing, standing
from allting.catalogue.api import EvidenceKind, evidence, given_by, service
from allting.identity.api import Actor, person_of
from allting.packages.api import Edition, Text
from allting.portal.for_you import Asker, ForPerson
from allting.ui.api import Translator, later, translator, url
from allting.ui.api import date as in_words

WHEN = {
    "decision": later("You may hand it in later, before we decide."),
    "event": later("You need it on the day itself."),
}


@dataclass(frozen=True, slots=True)
class Giver:
    """Who gives an evidence: a service to go to, or an authority elsewhere."""

    title: Text
    href: str | None


@dataclass(frozen=True, slots=True)
class Need:
    """Something the service asks for, who gives it, and how long it is good."""

    id: str
    title: Text
    says: Text | None
    optional: bool
    in_register: bool
    givers: tuple[Giver, ...]
    valid: str
    when: str


@dataclass(frozen=True, slots=True)
class Held:
    """What the municipality has of a need, for the reader or one of their children."""

    here: bool  # good to use; else under way, or too old
    says: str


def needs_of(edition: Edition, language: str, id: str) -> list[Need]:
    """What a service asks for, in the order of the package."""
    _ = translator(language)
    return [_need(edition, language, it, _) for it in service(edition, id).requires]


def _need(edition: Edition, language: str, asked: Any, _: Translator) -> Need:
    kind: EvidenceKind = evidence(edition)[asked.evidence]
    return Need(
        kind.id,
        kind.title,
        asked.says or kind.description,
        asked.optional or asked.needed_if is not None,
        kind.held_as is not None,
        tuple(_givers(edition, language, kind)),
        kind.valid_for.words(language) if kind.valid_for else "",
        _(WHEN[asked.at]) if asked.at in WHEN else "",
    )


def _givers(edition: Edition, language: str, kind: EvidenceKind) -> Iterator[Giver]:
    issuer = kind.issued_by
    if issuer and issuer.authority:
        yield Giver(issuer.authority, issuer.web)
        return
    first = (issuer.service,) if issuer and issuer.service else ()
    for id in dict.fromkeys((*first, *given_by(edition)[kind.id])):
        yield Giver(service(edition, id).title, url(language, "portal:service", id=id))


def held_by(asker: Asker, actor: Actor, people: list[ForPerson]) -> dict[str, list[Held]]:
    """What is had of each need already, by evidence: from the register and one's own cases."""
    kinds = evidence(asker.edition)
    asked = [kinds[it.evidence] for it in service(asker.edition, asker.service).requires]
    found: dict[str, list[Held]] = {}
    for person in people if asked else ():
        cases = _cases(asker.edition, actor, person, asked)
        for kind in asked:
            held = _held(asker, kind, person, cases)
            if held is not None:
                found.setdefault(kind.id, []).append(held)
    return found


def _cases(
    edition: Edition, actor: Actor, person: ForPerson, asked: list[EvidenceKind]
) -> list[Standing]:
    """The reader's own cases, if one of them could have given what is asked for."""
    if person.id is None or not any(given_by(edition)[it.id] for it in asked):
        return []
    child: UUID | None = person.id if person.id != person_of(actor) else None
    return list(standing(actor, subject=child))


def _held(
    asker: Asker, kind: EvidenceKind, person: ForPerson, cases: list[Standing]
) -> Held | None:
    _, language = translator(asker.language), asker.language
    whom = f"{person.name}: " if person.name else ""
    given = [it.decided for it in cases if it.decided and kind.id in it.gave]
    if given:
        return _dated(asker, kind, max(given), whom)
    fact = person.known.get(kind.held_as) if kind.held_as else None
    if isinstance(fact, date) and kind.valid_for:
        return _dated(asker, kind, fact, whom)
    if fact not in (None, False):
        return Held(True, whom + _("We have this: you do not have to send it in."))
    ways = given_by(asker.edition)[kind.id]
    begun = next((it.since for it in cases if it.open and it.service in ways), None)
    if begun:
        since = in_words(language, begun)
        return Held(False, whom + _("You asked for it on {date}: it is under way.", date=since))
    return None


def _dated(asker: Asker, kind: EvidenceKind, given: date, whom: str) -> Held:
    _, day = translator(asker.language), in_words(asker.language, given)
    if kind.valid_for and kind.valid_for.after(given) < asker.day:
        return Held(False, whom + _("What we have is from {date}, and is too old.", date=day))
    return Held(True, whom + _("We have this, from {date}: you do not send it in.", date=day))
