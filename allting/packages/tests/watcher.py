"""Another process of the house, for a test: says which edition it serves, whenever that changes."""

import os
import sys
import time


def main() -> None:
    """Ask for the edition in force every few milliseconds, as visitors would, until killed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from allting.packages.api import NothingPublished, current

    served = 0
    until = time.monotonic() + 300
    sys.stdout.write("watching\n")
    while time.monotonic() < until:
        try:
            number = current().number
        except NothingPublished:
            number = 0
        if number != served:
            sys.stdout.write(f"edition {number} at {time.monotonic():.3f}\n")
            sys.stdout.flush()
            served = number
        time.sleep(0.01)


if __name__ == "__main__":
    main()
