"""A unit that a new edition does not have, while children have places there."""

from datetime import date, timedelta
from pathlib import Path

from allting.kernel.api import today
from allting.packages.api import Edition, check, touched
from allting.packages.testing import written
from allting.placements.models import Seat
from allting.placements.tests.town import FILES, SERVICE, seat
from allting.register.testing import person
from allting.ui.api import in_words, translator

UNITS = "units/preschools.yaml"


def test_children_who_have_a_place_are_counted(town: Edition, tmp_path: Path) -> None:
    first, second, third, _fourth = FILES[UNITS].strip().split("\n")[-4:]
    ids = [line.split("id: ")[1].split(",")[0] for line in (first, second)]
    for n, unit in enumerate((ids[0], ids[0], ids[1])):
        seat(person(f"Barn {n}", date(2022, 1, n + 1)), unit)
    ended = seat(person("Slutat", date(2020, 1, 1)), ids[0])
    Seat.objects.filter(pk=ended.pk).update(until=today() - timedelta(1))
    less = FILES[UNITS].replace(f"{first}\n", "").replace(f"{second}\n", "")
    after = check(written(tmp_path / "less" / "vik", {**FILES, UNITS: less})).definition
    assert after
    said = list(touched(town.definition, after, []))
    assert [(one.service, one.warns) for one in said] == [(SERVICE, True)] * 2
    words = {ids[0]: f"2 har plats på ”{ids[0]}”", ids[1]: f"1 har plats på ”{ids[1]}”"}
    told = [str(in_words(one.words, translator("sv"))) for one in said]
    assert told == [f"{words[id]}, en enhet som tas bort" for id in sorted(ids)]
    assert said[0].words.endswith("a unit that is taken out")
    assert not list(touched(town.definition, town.definition, []))
    assert third in less
