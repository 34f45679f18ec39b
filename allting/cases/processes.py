"""A service's process as an edition has it, with what is worked out of it once."""

from collections.abc import Mapping

from allting.cases.automatic import BoundRule, bound_rules
from allting.cases.definitions import PROCESS, Process
from allting.cases.rules import parts_of
from allting.catalogue.api import units
from allting.conditions.api import vocabulary
from allting.packages.api import Edition, edition
from allting.ui.api import plain


def process_of(edition_id: int, service: str) -> Process:
    """The process of a case's service in the edition that the case is pinned to."""
    found: Process = edition(edition_id).definition.one(PROCESS, service)
    return found


def roles_of(edition_id: int, service: str) -> frozenset[str]:
    """The roles that have something to do in the process."""
    held = edition(edition_id)
    return held.memo(("cases.roles", service), lambda: parts_of(process_of(held.id, service)))


def automatic_of(held: Edition, service: str) -> tuple[BoundRule, ...]:
    """The automatic decisions of a service, bound once for each edition."""

    def build() -> tuple[BoundRule, ...]:
        process = process_of(held.id, service)
        if not process.automatic:
            return ()
        return bound_rules(process, vocabulary(held.definition, service))

    return held.memo(("cases.automatic", service), build)


def unit_names(edition_id: int, kind: str, language: str = "sv") -> Mapping[str, str]:
    """The names of the units of a kind, by id."""
    held = edition(edition_id)
    return held.memo(
        ("cases.units", kind, language),
        lambda: {id: plain(it.name, language) for id, it in units(held, kind).items()},
    )
