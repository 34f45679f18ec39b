"""`allting roles`: who may do what at work. How the first employees of a municipality get in."""

import getpass
from argparse import ArgumentParser
from difflib import get_close_matches
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.utils import OperationalError, ProgrammingError

from allting.catalogue.api import organisation
from allting.identity.api import (
    UnknownNumber,
    account_by_number,
    grant_role,
    revoke_role,
    roles_held,
)
from allting.packages.api import NothingPublished, current


class Command(BaseCommand):
    """Tell, give and take roles; a change holds at once, also for who is signed in."""

    help = "Tell who holds which role for which board; give and take roles"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A verb, and for giving and taking whom, what and where."""
        verbs = parser.add_subparsers(dest="verb")
        for verb, says in (("grant", "give a role"), ("revoke", "take a role away")):
            one = verbs.add_parser(verb, help=says)
            one.add_argument("number", help="personal identity number or coordination number")
            one.add_argument("role", help="as organisation.yaml names it")
            one.add_argument("board", help="as organisation.yaml names it")

    def handle(self, *_: Any, verb: str | None, **given: Any) -> None:
        """Do what was asked."""
        try:
            if verb is None:
                return self._tell()
            change = {"grant": self._grant, "revoke": self._revoke}[verb]
            return change(given["number"], given["role"], given["board"])
        except (OperationalError, ProgrammingError) as fault:
            raise CommandError(
                f"The database cannot be read: {fault}. If it is new, open the house first: "
                "allting run"
            ) from None

    def _tell(self) -> None:
        held = roles_held()
        for one in held:
            self.stdout.write(f"{one.identifier}  {one.name}: {one.role}, {one.board}")
        if not held:
            self.stdout.write("Nobody holds a role. Try: allting roles grant NUMBER ROLE BOARD")

    def _grant(self, number: str, role: str, board: str) -> None:
        try:
            known = organisation(current())
        except NothingPublished:
            raise CommandError("No package is published, so there are no roles yet") from None
        _one_of([one.id for one in known.roles], role, "role")
        _one_of([one.id for one in known.boards], board, "board")
        account = _account(number)
        grant_role(account, role, board, by=f"allting roles ({getpass.getuser()})")
        self.stdout.write(f"{account.identifier} holds the role {role} for {board}")

    def _revoke(self, number: str, role: str, board: str) -> None:
        account = _account(number)
        if not any((account.identifier, role, board) == (h[0], h[2], h[3]) for h in roles_held()):
            raise CommandError(
                f"{account.identifier} does not hold {role} for {board}. "
                "Try: allting roles, which tells who holds what"
            )
        revoke_role(account, role, board, by=f"allting roles ({getpass.getuser()})")
        self.stdout.write(f"{account.identifier} no longer holds the role {role} for {board}")


def _account(number: str) -> Any:
    try:
        return account_by_number(number)
    except UnknownNumber as unknown:
        raise CommandError(f"{number}: {unknown}") from None


def _one_of(known: list[str], given: str, what: str) -> None:
    if given in known:
        return
    close = get_close_matches(given, known, 1)
    mend = f"Try: {close[0]}" if close else f"Expected one of {', '.join(known)}"
    raise CommandError(f"There is no {what} '{given}' in organisation.yaml. {mend}")
