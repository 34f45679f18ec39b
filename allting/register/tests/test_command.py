"""`allting people`, as someone at the keyboard meets it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from allting.register.models import Household, Person

pytestmark = pytest.mark.django_db


def people(*options: str) -> str:
    said = StringIO()
    call_command("people", *options, stdout=said)
    return said.getvalue()


def test_it_fills_an_empty_register_once() -> None:
    assert "300 people in" in people("--size", "300")
    assert "already" in people("--size", "400")
    assert Person.objects.count() == 300


def test_the_same_seed_gives_the_same_people_when_it_starts_again() -> None:
    people("--size", "300", "--seed", "5", "--on", "2026-11-01")
    first = set(Person.objects.values_list("id", "identity_number", "surname"))
    people("--size", "300", "--seed", "5", "--on", "2026-11-01", "--replace")
    assert set(Person.objects.values_list("id", "identity_number", "surname")) == first
    assert not Household.objects.filter(membership=None).exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [(("--size", "20"), "at least 200"), (("--size", "300", "--municipality", "Solvik"), "2599")],
)
def test_what_cannot_be_done_is_said_plainly(options: tuple[str, ...], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        people(*options)
