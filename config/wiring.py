"""Which connector or room fills which port. The only place that knows both ends."""

from collections.abc import Sequence

from django.conf import settings

from allting.connectors.demo_eid.people import DemoPerson
from allting.connectors.demo_eid.people import People as DemoPeople
from allting.identity.ports import Ports as IdentityPorts
from allting.register import api as register


def wire() -> None:
    """Fill every port; called once, when all rooms are open."""
    IdentityPorts.find_person = register.find_person
    if settings.DEMO:
        DemoPeople.find = _people_to_pick


def _people_to_pick(query: str) -> Sequence[DemoPerson]:
    return [
        DemoPerson(p.identity_number, p.given_name, p.surname, p.says, p.employee)
        for p in register.demonstration_people(query)
    ]
