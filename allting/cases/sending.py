"""What is sent in without signing in to a service that says so (`sign_in: not-needed`).

It becomes a case as any other does, by the same form. The register knows nobody of it, so nothing
is filled in, declared or made true there; files are sent by those who sign in, or by e-mail.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from allting.cases.askers import code_of, new_asker
from allting.cases.known import system_actor
from allting.cases.receive import ABOUT
from allting.catalogue.api import board, service
from allting.forms.api import Behalf, Submission, on_paper, submit_for
from allting.kernel.api import today, write
from allting.packages.api import Edition
from allting.register.api import Errand

NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class SentIn:
    """What somebody sends in to a service, and how they are reached if they say it."""

    service: str
    answers: Mapping[str, Any]
    language: str
    key: str  # the same one twice is sent in once
    email: str = field(default="", kw_only=True)
    phone: str = field(default="", kw_only=True)


def behalf_of_nobody(edition: Edition, id: str, language: str) -> Behalf:
    """Whoever fills in the form of the service without signing in."""
    owner = board(edition, service(edition, id).board).id
    return Behalf(
        edition=edition,
        service=id,
        applicant=NOBODY,
        subject=NOBODY,
        told={},
        context={ABOUT: id},
        language=language,
        reader=system_actor(owner, "Sent in"),
        errand=Errand(owner),
        beside=on_paper(edition, id),
        unknown=True,
    )


def send_in(edition: Edition, sent: SentIn) -> str:
    """Let it become a case: the code by which whoever sent it follows it.

    Sent again under the same key it is the same case. Raises NotComplete where it may not stand.
    """
    source = f"sent:{sent.key}"
    with write():
        held = Submission.objects.filter(source=source).values_list("applicant", flat=True).first()
        person = held or new_asker(sent.language, sent.email, sent.phone)
        behalf = behalf_of_nobody(edition, sent.service, sent.language)
        told = replace(behalf, applicant=person, subject=person, told=sent.answers)
        submit_for(told, source=source, as_of=today())
    return code_of(person)
