"""Another process of the house that is killed (-9) while someone presses a button at the desk.

Each line it reads is `ADDRESS COOKIE SEEN AT`: it has a child press the button there, and kill
itself when the button's work asks the database for the AT-th time (0: only once it has answered).
It says `killed`, or what was answered.
"""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any


class Killing:
    """Counts what is asked of the database, and does not live to ask for the last."""

    def __init__(self, at: int) -> None:
        self.left = at

    def __call__(self, execute: Callable[..., Any], *asked: Any) -> Any:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*asked)


def press(address: str, cookie: str, seen: str, at: int) -> int:
    """In the child: press, and be killed at the AT-th thing asked; the answer's status."""
    from django.db import connection
    from django.test import Client

    from allting.identity.sessions import COOKIE

    client = Client()
    client.cookies[COOKIE] = cookie
    with connection.execute_wrapper(Killing(at)):
        status = client.post(address, {"seen": seen, "comment": "därför"}).status_code
    if at == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return status


def look(address: str, cookie: str) -> None:
    """In the parent: see the proposal, so that each child need not check the whole package anew."""
    from django.db import connections
    from django.test import Client

    from allting.identity.sessions import COOKIE

    client = Client()
    client.cookies[COOKIE] = cookie
    client.get(address.partition("do/")[0])
    connections.close_all()  # a child must not use what its parent opened


def main() -> None:
    """Answer line by line until there are no more."""
    import django

    django.setup()
    for line in sys.stdin:
        address, cookie, seen, at = line.split()
        look(address, cookie)
        child = os.fork()
        if child == 0:
            os._exit(press(address, cookie, seen, int(at)) // 100)  # an exit has no room for 302
        _, how = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(how) and os.WTERMSIG(how) == signal.SIGKILL
        print("killed" if killed else f"answered {os.waitstatus_to_exitcode(how)}xx", flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    main()
