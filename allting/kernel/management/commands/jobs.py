"""`allting jobs`: how much work there is, and what was given up."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from allting.kernel.api import counts, dead_letters, put_aside, requeue


class Command(BaseCommand):
    help = "Show background work; requeue or put aside what was given up."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--requeue", metavar="ID", help="try again: a number, or 'all'")
        parser.add_argument("--put-aside", metavar="ID", type=int, help="remove for good")
        parser.add_argument("--why", default="", help="the reason, with --put-aside")
        parser.add_argument("--by", default="command line", help="who does this, for the audit")

    def handle(self, *_: Any, **options: Any) -> None:
        if options["requeue"]:
            self._requeue(options["requeue"], options["by"])
        elif options["put_aside"] is not None:
            self._put_aside(options["put_aside"], options["by"], options["why"])
        else:
            self._show()

    def _requeue(self, which: str, by: str) -> None:
        if which == "all":
            ids = [letter.id for letter in dead_letters(limit=10_000)]
        elif which.isdigit():
            ids = [int(which)]
        else:
            raise CommandError(f"--requeue {which}: expected the number of a job, or 'all'")
        done = sum(requeue(job, by=by) for job in ids)
        self.stdout.write(f"{done} of {len(ids)} requeued")

    def _put_aside(self, job: int, by: str, why: str) -> None:
        if not why:
            raise CommandError("--put-aside wants a reason: add --why 'the address is gone'")
        if not put_aside(job, by=by, why=why):
            raise CommandError(f"job {job} is not among the dead; see `allting jobs`")
        self.stdout.write(f"Job {job} put aside")

    def _show(self) -> None:
        self.stdout.write("  ".join(f"{state} {n}" for state, n in counts().items()))
        for letter in dead_letters():
            when = letter.given_up_at.isoformat(timespec="seconds")
            self.stdout.write(
                f"{letter.id:>8}  {when}  {letter.task}  attempts {letter.attempts}\n"
                f"          {letter.why}"
            )
