"""Another process that loads an extract and is killed in the midst of its third slice."""

import os
import signal
import sys


def main() -> None:
    """`python -m allting.register.tests.worker FILE`."""
    import django

    django.setup()
    from django.core.management import call_command

    from allting.kernel.api import write
    from allting.register.extract.loading import Loading
    from allting.register.extract.reading import Bad, Good

    whole, begun = Loading.slice, []

    def slice(self: Loading, read: list[Good | Bad]) -> None:
        begun.append(1)
        with write():
            whole(self, read)
            if len(begun) == 3:  # all of it is written, and nothing of it committed
                os.kill(os.getpid(), signal.SIGKILL)

    Loading.slice = slice  # type: ignore[method-assign]
    call_command("people", "import", sys.argv[1])


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    main()
