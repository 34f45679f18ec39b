"""Going through a form as a browser without script does."""

import re
from uuid import UUID

from django.test import Client

from allting.forms.models import Draft
from allting.identity.testing import signed_in_client
from allting.register.models import Person

START = {"start_year": "2027", "start_month": "1", "start_day": "10"}
CONTACT = {"phone": "070-174 06 05", "email": "maja@epost.example"}


def client_of(person: Person, *roles: tuple[str, str]) -> Client:
    """A browser in which this person has signed in."""
    name = f"{person.given_name} {person.surname}"
    client, _ = signed_in_client(person.identity_number, name, person=person.id, roles=roles)
    return client


def hidden(html: str, name: str) -> str:
    """The value of a hidden input."""
    found = re.search(rf'name="{name}"\s+value="([^"]*)"', html)
    assert found, name
    return found[1]


def filled(client: Client, address: str, **answers: object) -> dict[str, object]:
    """What a browser posts from the page at `address` when it is filled in with `answers`."""
    page = client.get(address)
    assert page.status_code == 200, (address, page.status_code, page.get("Location"))
    html = page.content.decode()
    return {"seen": hidden(html, "seen"), "shown": hidden(html, "shown"), **answers}


def answer(client: Client, address: str, **answers: object) -> str:
    """Open a page, fill it in and press Continue; where that leads."""
    sent = client.post(address, filled(client, address, **answers))
    assert sent.status_code == 302, sent.content.decode()
    return sent["Location"]


def refused(client: Client, address: str, **answers: object) -> str:
    """The same with answers that cannot be taken; the page that says so."""
    sent = client.post(address, filled(client, address, **answers))
    assert sent.status_code == 422, (sent.status_code, sent.get("Location"))
    return sent.content.decode()


def begun(client: Client, service: str = "preschool", language: str = "sv") -> str:
    """Begin an application; the address of its draft."""
    assert client.post(f"/{language}/apply/{service}/").status_code == 302
    draft = Draft.objects.order_by("-id")[0]
    return f"/{language}/drafts/{draft.id}/"


def answered(client: Client, child: UUID, **instead: object) -> str:
    """An application for a preschool place, answered up to the check; its address."""
    base = begun(client)
    answer(client, base + "child/", child=child)
    answer(client, base + "start/", **START)
    answer(client, base + "hours/", extent="full-time")
    answer(client, base + "places/", places_1="masken")
    assert answer(client, base + "contact/", **(CONTACT | instead)) == base + "check/"
    return base


def send(client: Client, base: str) -> str:
    """Press Send on the check page; where that leads."""
    page = client.get(base + "check/").content.decode()
    sent = client.post(base + "submit/", {"version": hidden(page, "version")})
    assert sent.status_code == 302, sent.content.decode()
    return sent["Location"]
