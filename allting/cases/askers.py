"""Those who have sent something without signing in: nobody that the register knows.

By their code they read the answer for some time after the case is closed. How they are reached is
part of a public document, which is destroyed only by the municipality's own decision: where there
is one (`askers` in `organisation.yaml`) it is forgotten when that says. What they wrote stays.
"""

import base64
import hashlib
import hmac
from datetime import date, datetime, time
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, Max, OuterRef
from django_tasks import task

from allting.cases.models import Asker, Case, CaseEvent
from allting.catalogue.api import NotInCatalogue, OfAskers, organisation, services
from allting.kernel.api import SWEDEN, new_id, now, one, schedule, today, write
from allting.packages.api import Edition, NothingPublished, current, edition
from allting.register.api import Contact

LETTERS = 12  # of a code: sixty bits
GROUP = 4
AT_A_TIME = 200  # short transactions: others write meanwhile
_FIRST = UUID(int=0)


def takes_questions(edition: Edition) -> str:
    """The service that questions become cases of; empty where the municipality has none."""
    try:
        return organisation(edition).questions or ""
    except NotInCatalogue:
        return ""


def open_to_all(edition: Edition, id: str) -> bool:
    """Whether something may be sent in to the service without signing in."""
    if id == takes_questions(edition):
        return True
    known = services(edition).get(id)
    return known is not None and known.open_to_all


def asker_of(case: Case) -> Asker | None:
    """Who sent it in without signing in; None, and nothing read, where that cannot be."""
    if not open_to_all(edition(case.edition), case.service):
        return None
    return one(Asker, case.applicant)


def new_asker(language: str, email: str = "", phone: str = "") -> UUID:
    """Somebody who sends something in without signing in."""
    id = new_id()
    Asker.objects.create(
        id=id, code=digest_of(code_of(id)), email=email, phone=phone, language=language,
        asked_at=now(),
    )  # fmt: skip
    return id


# ---- the code


def code_of(id: UUID) -> str:
    """The code that opens what an asker sent; without the municipality's key nobody makes it."""
    made = hmac.new(settings.SECRET_KEY.encode(), b"question:" + id.bytes, hashlib.sha256).digest()
    return base64.b32encode(made).decode()[:LETTERS]


def digest_of(code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(code.encode()).hexdigest()


def shown(code: str) -> str:
    """
    >>> shown("ABCDEFGHIJKL")
    'ABCD-EFGH-IJKL'
    """
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def only_code(typed: str) -> str:
    """What somebody typed, without what they put between.

    >>> only_code(" abcd-efgh ijkl")
    'ABCDEFGHIJKL'
    """
    return "".join(it for it in typed.upper() if it.isascii() and it.isalnum())[: 2 * LETTERS]


def case_by(code: str) -> Case | None:
    """The case that a code opens, as it is typed; None where it opens nothing, or no longer."""
    asker = Asker.objects.filter(code=digest_of(only_code(code))).first()
    case = Case.objects.filter(applicant=asker.id).first() if asker else None
    if case is None or not still_readable(case, current(), today()):
        return None
    return case


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
