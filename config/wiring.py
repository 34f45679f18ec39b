"""Which connector or room fills which port. The only place that knows both ends."""

from collections.abc import Sequence
from datetime import time, timedelta
from urllib.parse import urlsplit

from django.conf import settings

from allting.cases.api import contact_of_asker
from allting.catalogue.api import NotInCatalogue, Organisation, organisation
from allting.catalogue.ports import names_from
from allting.connectors.demo_eid.people import DemoPerson
from allting.connectors.demo_eid.people import People as DemoPeople
from allting.connectors.sms_http import SmsHttp
from allting.connectors.smtp import SmtpTransport, read_address
from allting.editing.ports import service_page_from
from allting.identity.ports import Ports as IdentityPorts
from allting.notifications.ports import (
    Manners,
    contacts_from,
    links_from,
    mail_through,
    manners_from,
    texts_through,
)
from allting.offers.api import link_of, waiting
from allting.packages.api import NothingPublished, current
from allting.placements.ports import applicants_from, homes_from
from allting.portal.frame import municipality_frame
from allting.portal.trial import service_on_trial
from allting.register import api as register
from allting.ui.api import frame_from


def wire() -> None:
    """Fill every port; called once, when all rooms are open."""
    frame_from(municipality_frame)
    IdentityPorts.find_person = register.find_person
    contacts_from(lambda id: register.contact_of(id) or contact_of_asker(id))
    links_from(link_of)
    names_from(register.names_among)
    homes_from(register.homes)
    applicants_from(waiting)
    manners_from(_manners)
    service_page_from(service_on_trial)
    _wire_mail()
    _wire_texts()
    if settings.DEMO:
        DemoPeople.find = _people_to_pick


def _wire_mail() -> None:
    """To the server of the settings; without one, the demonstration has its own."""
    if settings.SMTP:
        name = urlsplit(settings.BASE_URL).hostname or "localhost"
        mail_through(SmtpTransport(read_address(settings.SMTP), name))
    elif settings.DEMO:
        from allting.connectors.demo_mail.server import hand_to_demo_mail

        mail_through(hand_to_demo_mail)


def _wire_texts() -> None:
    """To the gateway of the settings; without one, the demonstration has its own."""
    sms = settings.SMS
    if sms["url"]:
        texts_through(SmsHttp(sms["url"], sms["key"], sms["sender"]))
    elif settings.DEMO:
        from allting.connectors.demo_sms.running import ToDemoSms

        texts_through(ToDemoSms())


def _manners() -> Manners:
    """Quiet hours and the like, as the package in force says."""
    try:
        edition = current()
        return edition.memo("config.manners", lambda: _read_manners(organisation(edition)))
    except (NothingPublished, NotInCatalogue):
        return Manners()


def _read_manners(town: Organisation) -> Manners:
    quiet, bundle, texts = town.messages.quiet, town.messages.bundle, town.messages.texts
    return Manners(
        quiet_from=time.fromisoformat(quiet.from_) if quiet else None,
        quiet_to=time.fromisoformat(quiet.to) if quiet else None,
        bundle=timedelta(minutes=bundle) if bundle else None,
        texts_kept=texts.kept if texts else None,
        texts_decided=dict(texts.decided) if texts else {},
    )


def _people_to_pick(query: str) -> Sequence[DemoPerson]:
    return [
        DemoPerson(p.identity_number, p.given_name, p.surname, p.says, p.employee)
        for p in register.demonstration_people(query)
    ]
