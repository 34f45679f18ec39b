"""Those who have asked something without signing in: nobody that the register knows."""

from uuid import UUID

from allting.cases.models import Asker, Case
from allting.catalogue.api import NotInCatalogue, organisation
from allting.kernel.api import one
from allting.packages.api import Edition, edition
from allting.register.api import Contact


def takes_questions(edition: Edition) -> str:
    """The service that questions become cases of; empty where the municipality has none."""
    try:
        return organisation(edition).questions or ""
    except NotInCatalogue:
        return ""


def asker_of(case: Case) -> Asker | None:
    """Who asked without signing in; None, and nothing read, for a case of another service."""
    if case.service != takes_questions(edition(case.edition)):
        return None
    return one(Asker, case.applicant)


def contact_of_asker(id: UUID) -> Contact | None:
    """How somebody who asked without signing in is reached; for sending, never for showing."""
    asker = one(Asker, id)
    if asker is None:
        return None
    return Contact(asker.email or None, asker.phone or None, asker.language, protected=False)
