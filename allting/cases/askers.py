"""Those who have sent something without signing in: nobody that the register knows.

By their code they read the answer for some time after the case is closed. How they are reached is
part of a public document, which is destroyed only by the municipality's own decision: where there
is one (`askers` in `organisation.yaml`) it is forgotten when that says. What they wrote stays.
"""

from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Exists, Max, OuterRef
from django_tasks import task

from allting.cases.models import Asker, Case, CaseEvent
from allting.catalogue.api import NotInCatalogue, OfAskers, organisation
from allting.kernel.api import SWEDEN, one, schedule, today, write
from allting.packages.api import Edition, NothingPublished, current, edition
from allting.register.api import Contact

AT_A_TIME = 200  # short transactions: others write meanwhile
_FIRST = UUID(int=0)


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


# ---- how long


def kept_of_askers(edition: Edition) -> OfAskers:
    """How long the municipality keeps what askers leave."""
    try:
        return organisation(edition).askers
    except NotInCatalogue:
        return OfAskers()


def still_readable(case: Case, held: Edition, as_of: date) -> bool:
    """Whether the code of the case's asker still opens it."""
    if case.open:
        return True
    latest = CaseEvent.objects.filter(case=case).aggregate(at=Max("at"))["at"]
    closed = (latest or case.received_at).astimezone(SWEDEN).date()
    return as_of <= kept_of_askers(held).answer.after(closed)


@task()
def forget_addresses() -> int:
    """Forget how askers are reached where their case has been closed long enough; how many.

    Stopped half-way it begins anew, and finds that what it had forgotten is gone.
    """
    try:
        kept = kept_of_askers(current()).contact
    except NothingPublished:
        return 0
    if kept is None:
        return 0
    before = kept.before(today())
    forgotten, last = 0, _FIRST
    while True:
        found = _to_forget(last, datetime.combine(before, time(), tzinfo=SWEDEN))
        if found:
            with write():
                forgotten += Asker.objects.filter(id__in=found).update(email="", phone="")
        if len(found) < AT_A_TIME:
            return forgotten
        last = found[-1]


def _to_forget(after: UUID, closed_before: datetime) -> list[UUID]:
    later = CaseEvent.objects.filter(case=OuterRef("id"), at__gte=closed_before)
    closed = Case.objects.filter(applicant=OuterRef("id"), open=False)
    held = Asker.objects.exclude(email="", phone="").filter(id__gt=after)
    found = held.filter(Exists(closed.exclude(Exists(later)))).order_by("id")
    return list(found.values_list("id", flat=True)[:AT_A_TIME])


schedule("cases.forget-addresses", forget_addresses, every="day at 03:20")
