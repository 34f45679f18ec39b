"""Verbs that change what the register holds about a person's own wishes."""

from collections.abc import Callable, Mapping
from uuid import UUID

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from allting.identity.api import Actor, person_of
from allting.kernel.api import record, write
from allting.register.changes import note_changes
from allting.register.jobs import keep_given_contact
from allting.register.models import Person


def save_contact(
    actor: Actor, *, email: str | None = None, phone: str | None = None, language: str | None = None
) -> None:
    """Keep how the actor wants to be reached; None leaves a value as it is, "" takes it away.

    Raises ValidationError with the name of each value that cannot be right; then none is kept.
    """
    me = person_of(actor)
    wrong: dict[str, list[str]] = {}
    given = {
        "email": _read(_email, "email", email, wrong),
        "phone": _read(_phone, "phone", phone, wrong),
        "language": language,
    }
    if wrong:
        raise ValidationError(wrong)
    changed = {name: value for name, value in given.items() if value is not None}
    if not changed:
        return
    with write():
        Person.objects.filter(id=me).update(**changed)
        record(str(actor.account), "save-contact", str(me), changed=sorted(changed))
        note_changes([me], "contact")


def contact_given(
    person: UUID, contact: Mapping[str, str], *, account: UUID | None, source: str
) -> None:
    """Keep the `email` and `phone` that someone gave in what they sent; a job does it.

    Never of a protected person, who changes what is kept themselves. Call it inside `write()`.
    """
    keep_given_contact.enqueue(str(person), dict(contact), str(account or ""), source)


def _read(
    reader: Callable[[str | None], str | None],
    name: str,
    text: str | None,
    wrong: dict[str, list[str]],
) -> str | None:
    try:
        return reader(text)
    except ValidationError as error:
        wrong[name] = list(error.messages)
        return None


def _email(text: str | None) -> str | None:
    if text:
        validate_email(text)
    return text


def _phone(text: str | None) -> str | None:
    if not text:
        return text
    try:
        number = phonenumbers.parse(text, "SE")
    except phonenumbers.NumberParseException as wrong:
        raise ValidationError(f"'{text}' is no telephone number") from wrong
    if not phonenumbers.is_possible_number(number):
        raise ValidationError(f"'{text}' is no telephone number: too short or too long")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
