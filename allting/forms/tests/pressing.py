"""A process of its own that presses Send: `python -m allting.forms.tests.pressing DRAFT PERSON`.

Says "ready", waits for a line, presses, and says the submission's id.
"""

import os
import sys
from uuid import UUID

import django


def main() -> None:
    """Press once, when told to."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from allting.forms.actions import Ready, submit
    from allting.forms.queries import draft_of
    from allting.identity.api import Actor

    draft_id, person = UUID(sys.argv[1]), UUID(sys.argv[2])
    read = draft_of(Actor(person, person, "Maja Berg", None, "loa3"), draft_id)
    if read is None:
        raise SystemExit("no such draft")
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    made = submit(Ready(read, person, read.answers, read.known, "sv"))
    sys.stdout.write(f"{made}\n")


if __name__ == "__main__":
    main()
