"""Which last days people may ask to be reminded of: those of services, and of their own cases."""

from collections.abc import Callable, Mapping

from allting.cases.api import case_for_applicant
from allting.catalogue.api import NotInCatalogue, service
from allting.identity.api import Actor
from allting.notifications.api import Deadline, deadlines_by
from allting.packages.api import NothingPublished, current
from allting.ui.api import Translator, plain, translator

SERVICE, CASE = "service", "case"


def of_a_service(actor: Actor, about: str) -> Deadline | None:
    """`service:upper-secondary-choice:choice-closes`, as the edition in force has it."""
    _, id, name = (*about.split(":"), "", "")[:3]
    try:
        found = next((it for it in service(current(), id).dates if it.id == name), None)
    except (NotInCatalogue, NothingPublished):
        return None
    if found is None:
        return None
    what = _in_each(lambda _: plain(found.title, _.language))
    less: Mapping[str, str] = {}
    if service(current(), id).discreet:
        less = _in_each(lambda _: _("A day that you asked us to remind you of"))
    return Deadline(about, what, found.on, f"/services/{id}/", less)


def of_a_case(actor: Actor, about: str) -> Deadline | None:
    """`case:BUN-2026-000123`: what the applicant must answer by, or else when it is decided by."""
    opened = case_for_applicant(actor, about.partition(":")[2])
    number, asked = opened.case.number, opened.question
    url = f"/my/cases/{number}/"
    title = opened.service.title
    less: Mapping[str, str] = {}
    if asked is not None and asked.answer_by is not None:
        what = _in_each(lambda _: _("Answer us about {service}", service=plain(title, _.language)))
        if opened.service.discreet:
            less = _in_each(lambda _: _("Answer us about your case"))
        return Deadline(about, what, asked.answer_by, url, less)
    if opened.case.due is None or opened.decision is not None:
        return None
    what = _in_each(lambda _: _("We decide about {service}", service=plain(title, _.language)))
    if opened.service.discreet:
        less = _in_each(lambda _: _("We decide in your case"))
    return Deadline(about, what, opened.case.due, url, less)


def _in_each(say: Callable[[Translator], str]) -> Mapping[str, str]:
    return {code: say(translator(code)) for code in current().definition.languages}


deadlines_by(SERVICE, of_a_service)
deadlines_by(CASE, of_a_case)
