"""Alternatives that somebody may not use: a condition of the service says no of them.

Only of services that share an evidence with others is it asked; what may be used of one alone is
said on its page, and decided in its case. What is not known bars nobody.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from allting.catalogue.api import facts_for_conditions, life_event, service, who_may
from allting.journeys.compiling import Compiled
from allting.journeys.graph import EVIDENCE
from allting.packages.api import Edition

APPLICANT = "applicant."


def alternatives(made: Compiled, reached: set[str]) -> Iterator[str]:
    """The services among these that give what another gives too."""
    givers = {it for ids in made.graph.givers.values() if len(ids) > 1 for it in ids}
    yield from sorted(it for it in givers & reached if not it.startswith(EVIDENCE))


def names_asked(edition: Edition, event: str, service_id: str) -> Mapping[str, str]:
    """The facts that decide who may use it, by their names there: what the plan knows them as.

    Bare facts are the subject's, in a service as in a plan; where the event is a child's and the
    service the guardian's own, they are the applicant's. Of a child that the event is not about
    nothing is known.
    """
    names = facts_for_conditions(edition, service_id)
    of_child = service(edition, service_id).subject == "child"
    about_child = life_event(edition, event).subject == "child"
    if of_child and not about_child:
        return {name: name for name in names if "." in name and not name.startswith("child.")}
    if about_child and not of_child:
        return {name: name if "." in name else APPLICANT + name for name in names}
    return {name: name for name in names}


def barred(
    edition: Edition,
    event: str,
    services: Iterator[str],
    known: Mapping[str, Any],
    as_of: date,
) -> dict[str, tuple[str, ...]]:
    """Those of `services` that conditions say no of, with the conditions."""
    found = {}
    for id in services:
        names = names_asked(edition, event, id)
        values = {there: known[here] for there, here in names.items() if here in known}
        outcomes = who_may(edition, id, values, as_of) if values else ()
        if no := tuple(it.id for it in outcomes if it.outcome.answer == "no"):
            found[id] = no
    return found
