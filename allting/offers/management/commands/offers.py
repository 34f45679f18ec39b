"""`allting offers`: what a run would do, how two versions differ, and the run itself."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from allting.kernel.api import today
from allting.offers.finding import Hit
from allting.offers.models import Run
from allting.offers.previewing import (
    Difference,
    Forecast,
    Preview,
    compare,
    places_of,
    preview,
)
from allting.offers.quiet import FEWEST, Count
from allting.offers.reasons import reasons
from allting.offers.running import OVER, advance, runnable, start_run
from allting.packages.api import Definition, NothingPublished, check, current

_COUNTS = (
    ("found", "in the situation"),
    ("already", "offered already"),
    ("turned-off", "want no such offers"),
    ("nobody", "nobody to turn to"),
    ("made", "would be offered"),
)


class Command(BaseCommand):
    help = "Life situations: preview offers, compare two versions of a package, run."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        seen = verbs.add_parser("preview", help="who would be offered what, changing nothing")
        seen.add_argument("--package", type=Path, help="a folder; without it, what is in force")
        seen.add_argument("--why", type=int, default=0, metavar="N", help="N reasons for each")
        differ = verbs.add_parser("compare", help="who is found by one version and not another")
        differ.add_argument("first", type=Path, help="a package's folder")
        differ.add_argument("second", type=Path, help="another")
        run = verbs.add_parser("run", help="make the offers; take a run up again with --resume")
        run.add_argument("--resume", type=int, metavar="RUN", help="a run that was cut off")
        for verb in (seen, differ, run):
            verb.add_argument("--as-of", type=date.fromisoformat, help="the day; today without it")
        for verb in (seen, run):
            verb.add_argument(
                "--situation", action="append", metavar="SERVICE/ID", help="only these"
            )
        for verb in (seen, differ):
            verb.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['verb']}")(**options)

    def _preview(self, package: Path | None, why: int, **options: Any) -> None:
        definition = _checked(package) if package else _in_force()
        keys = options["situation"]
        found = preview(definition, as_of=options["as_of"] or today(), keys=keys)
        _must_know(keys, found)
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(found), ensure_ascii=False, indent=2))
            return
        for forecast in found.forecasts.values():
            self.stdout.write("\n".join(_told(forecast, found, why)))
        self.stdout.write(_NOTE)

    def _compare(self, first: Path, second: Path, **options: Any) -> None:
        found = compare(_checked(first), _checked(second), as_of=options["as_of"] or today())
        if options["json"]:
            rows = [_difference_as_json(one) for one in found]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for one in found:
            self.stdout.write(
                f"{one.key}\n  first {_n(one.first)}, second {_n(one.second)}, both {_n(one.both)},"
                f" only first {_n(one.only_first)}, only second {_n(one.only_second)}"
            )
        self.stdout.write(_NOTE)

    def _run(self, resume: int | None, **options: Any) -> None:
        run = _found(resume) if resume else self._begun(options["situation"], options["as_of"])
        self.stdout.write(f"run {run.id}: {', '.join(run.situations)}, as of {run.as_of}")
        try:
            while advance(run.id):
                run.refresh_from_db()
                if run.state == Run.State.MAKING:
                    self.stdout.write(f"  {run.tried} of {run.found}")
        except KeyboardInterrupt:
            raise CommandError(
                f"stopped at {run.tried} of {run.found}; background work goes on with it, or: "
                f"allting offers run --resume {run.id}"
            ) from None
        run.refresh_from_db()
        for key, came in sorted(run.counts.items()):
            said = ", ".join(f"{name} {number}" for name, number in sorted(came.items()))
            self.stdout.write(f"  {key}: {said}")
        self.stdout.write(f"run {run.id} is {run.state}")

    def _begun(self, keys: list[str] | None, as_of: date | None) -> Run:
        known = runnable(current())
        for key in keys or ():
            if key not in known:
                listed = ", ".join(known) or "there are none"
                raise CommandError(
                    f"there is no situation '{key}' to run; expected one of {listed}. Places are "
                    "offered by a round, at the desk"
                )
        return start_run("allting offers run", keys or list(known), as_of=as_of or today())


_NOTE = (
    f"\nCounts below {FEWEST} are withheld, and so are those they would follow from. Protected "
    "people are in no count: their named handler is told."
)


def _n(count: Count) -> str:
    return "withheld" if count is None else str(count)


def _told(forecast: Forecast, found: Preview, why: int) -> Iterator[str]:
    planned = forecast.planned
    yield f"\n{planned.key}: {planned.situation.title.pick('en')[1]}"
    for name, says in _COUNTS:
        yield f"  {_n(forecast.counts[name]):>9}  {says}"
    places = places_of(forecast, found.definition)
    if places is not None:
        yield f"  {_n(places.wanted):>9}  places wanted, in rounds; {places.free} are free"
    districts, _ = forecast.districts
    if districts:
        yield "  by postcode: " + ", ".join(f"{at} {_n(n)}" for at, n in districts.items())
    for hit, reason in reasons(forecast, found, why):
        yield f"    {hit.person}{_for(hit)}: {reason}"


def _for(hit: Hit) -> str:
    return f" ({hit.occasion})" if hit.occasion else ""


def _as_json(found: Preview) -> list[dict[str, Any]]:
    told = []
    for key, forecast in found.forecasts.items():
        places = places_of(forecast, found.definition)
        told.append(
            {
                "situation": key,
                "as_of": found.as_of.isoformat(),
                "counts": dict(forecast.counts),
                "districts": forecast.districts[0],
                "places": None
                if places is None
                else {"wanted": places.wanted, "free": places.free},
            }
        )
    return told


def _difference_as_json(one: Difference) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__slots__}


def _checked(folder: Path) -> Definition:
    result = check(folder)
    if result.definition is None:
        raise CommandError("\n".join(str(problem) for problem in result.errors))
    return result.definition


def _in_force() -> Definition:
    try:
        return current().definition
    except NothingPublished:
        raise CommandError("nothing is published yet; name a folder with --package") from None


def _must_know(keys: list[str] | None, found: Preview) -> None:
    for key in keys or ():
        if key not in found.forecasts:
            raise CommandError(f"there is no situation '{key}'")


def _found(id: int) -> Run:
    run = Run.objects.filter(id=id).first()
    if run is None:
        raise CommandError(f"there is no run {id}")
    if run.state in OVER:
        raise CommandError(f"run {id} is {run.state}")
    return run
