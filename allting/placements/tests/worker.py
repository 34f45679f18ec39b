"""Another process that settles or reserves: `python -m allting.placements.tests.worker WHAT …`.

With `die` it is killed when all is written and nothing is committed.
"""

import os
import signal
import sys
from uuid import UUID


def main() -> None:
    """Do what the words say."""
    import django

    django.setup()
    from allting.kernel.api import subscribe
    from allting.placements.actions import reserve
    from allting.placements.errors import NotDone
    from allting.placements.events import PlaceOffered, RoundSettled
    from allting.placements.rounds import settle
    from allting.placements.tests.town import SERVICE, START

    what, id, *how = sys.argv[1:]
    if "die" in how:
        for kind in (RoundSettled, PlaceOffered):
            subscribe(kind)(lambda event: os.kill(os.getpid(), signal.SIGKILL))
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        if what == "settle":
            print("done", settle(UUID(id), by=None).digest)
        else:
            reserve(service=SERVICE, unit=what, subject=UUID(id), start=START, source="worker")
            print("done")
    except NotDone as why:
        print("done", type(why).__name__)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    main()
