"""The same small municipality and people as the room of cases has."""

from allting.cases.tests.conftest import (
    cast,
    files,
    mail_goes_nowhere,
    nothing_remembered,
    town,
)

__all__ = ["cast", "files", "mail_goes_nowhere", "nothing_remembered", "town"]
