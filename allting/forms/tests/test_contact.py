"""A new phone number or address in a form is kept for next time, when the person is told so."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from allting.forms.tests.walking import CONTACT, answered, client_of, hidden, send
from allting.kernel.api import work_off
from allting.kernel.models import AuditEntry
from allting.packages.api import Edition
from allting.register.models import Person
from allting.register.testing import Family

NEW = {"phone": "070-174 06 09", "email": "ny@epost.example"}
SAVED = "Nytt. När du skickar sparar vi det"
ONCE = "Används bara den här gången"


def kept(person: Person) -> tuple[str, str]:
    person.refresh_from_db()
    return person.phone, person.email


def test_what_is_new_is_kept_and_said_before(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    base = answered(client, people.baby.id, **NEW)
    assert client.get(base + "check/").content.decode().count(SAVED) == 2
    assert kept(people.mother) == ("+46701740605", "maja@epost.example")
    send(client, base)
    work_off()
    assert kept(people.mother) == ("+46701740609", "ny@epost.example")
    entry = AuditEntry.objects.get(verb="save-contact")
    assert entry.details["changed"] == ["email", "phone"] and entry.actor
    assert kept(people.father) == ("", "")


def test_what_was_not_known_is_kept(vik: Edition, people: Family) -> None:
    client = client_of(people.father)
    send(client, answered(client, people.baby.id, **NEW))
    work_off()
    assert kept(people.father) == ("+46701740609", "ny@epost.example")
    assert kept(people.mother) == ("+46701740605", "maja@epost.example")


def test_what_was_known_costs_nothing_and_says_nothing(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)

    def statements(**given: str) -> int:
        base = answered(client, people.baby.id, **given)
        page = client.get(base + "check/").content.decode()
        assert (SAVED in page) == bool(given)
        with CaptureQueriesContext(connection) as asked:
            client.post(base + "submit/", {"version": hidden(page, "version")})
        return len(asked)

    statements()
    same = statements()
    assert statements(**NEW) == same + 1  # the job
    work_off()
    assert AuditEntry.objects.filter(verb="save-contact").count() == 1


def test_the_register_is_not_put_back_by_an_old_draft(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    base = answered(client, people.baby.id, **CONTACT)
    Person.objects.filter(id=people.mother.id).update(phone="+46701740601")
    send(client, base)
    work_off()
    assert kept(people.mother)[0] == "+46701740601"


@pytest.mark.parametrize("protection", ["mark", "registration", "new-identity"])
def test_never_of_someone_protected(vik: Edition, people: Family, protection: str) -> None:
    Person.objects.filter(id=people.mother.id).update(protection=protection)
    client = client_of(people.mother)
    base = answered(client, people.baby.id, **NEW)
    page = client.get(base + "check/").content.decode()
    assert ONCE in page and SAVED not in page
    send(client, base)
    work_off()
    assert kept(people.mother) == ("+46701740605", "maja@epost.example")
    assert not AuditEntry.objects.filter(verb="save-contact").exists()


def test_nor_of_someone_who_became_so_meanwhile(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    send(client, answered(client, people.baby.id, **NEW))
    Person.objects.filter(id=people.mother.id).update(protection="mark")
    work_off()
    assert kept(people.mother) == ("+46701740605", "maja@epost.example")
