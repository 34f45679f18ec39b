"""Another process that offers the places of a round: `python -m allting.offers.tests.worker ROUND`.

It waits for a line before it begins.
"""

import os
import sys
from uuid import UUID


def main() -> None:
    """Do what the words say."""
    import django

    django.setup()
    from allting.offers.placing import offer_places

    print("ready", flush=True)
    sys.stdin.readline()
    print("done", offer_places(UUID(sys.argv[1])))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    main()
