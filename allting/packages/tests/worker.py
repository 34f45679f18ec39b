"""Another process that publishes and is killed when all is written and nothing is committed."""

import os
import signal
import sys


def main() -> None:
    """`python -m allting.packages.tests.worker FOLDER`."""
    import django

    django.setup()
    from allting.kernel.api import subscribe
    from allting.packages.actions import publish
    from allting.packages.events import EditionPublished

    subscribe(EditionPublished)(lambda event: os.kill(os.getpid(), signal.SIGKILL))
    print("ready", flush=True)
    publish(sys.argv[1], by="worker", why="killed")
    print("published", flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    main()
