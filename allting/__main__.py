"""`python -m allting`: the command line; also reaches Django's own commands."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command that the arguments name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    execute_from_command_line(["allting", *sys.argv[1:]])


if __name__ == "__main__":
    main()
