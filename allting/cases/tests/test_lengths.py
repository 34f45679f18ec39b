"""How long cases have taken: counted as they are decided, told where there are enough."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from allting.cases.lengths import FEWEST, WINDOW, count_lengths, measured_lengths
from allting.cases.models import Case, Decision, Length
from allting.cases.tests.people import MORNING, People, a_case
from allting.packages.api import Edition

TODAY = MORNING.date() + timedelta(days=60)


def decided(cast: People, *days: int) -> None:
    """A case for each number of days that it took, all in on the same morning."""
    for took in days:
        case = a_case(cast)
        Decision.objects.create(
            case=case, service=case.service, at=MORNING + timedelta(days=took), outcome="placed"
        )


def test_half_and_nine_of_ten(town: Edition, cast: People) -> None:
    decided(cast, 1, 1, 2, 3, 4, 10, 10, 20, 30, 50)
    count_lengths(town.definition, TODAY)
    found = measured_lengths(TODAY)["preschool-place"]
    assert (found.days, found.most, found.number) == (4, 30, 10)
    assert found.since == TODAY - WINDOW


def test_few_cases_are_not_told(town: Edition, cast: People) -> None:
    decided(cast, *range(FEWEST - 1))
    count_lengths(town.definition, TODAY)
    assert measured_lengths(TODAY) == {}
    assert Length.objects.count() == FEWEST - 1


def test_counted_again_it_is_the_same(town: Edition, cast: People) -> None:
    decided(cast, *range(10))
    counts = []
    for day in (TODAY, TODAY, TODAY + timedelta(days=1)):
        count_lengths(town.definition, day)
        counts.append(sorted(Length.objects.values_list("day", "days", "number")))
    assert counts[0] == counts[1] == counts[2]


def test_only_what_has_happened_since_is_looked_at(town: Edition, cast: People) -> None:
    decided(cast, *range(10))
    count_lengths(town.definition, TODAY)
    # what is behind the last day counted is never looked at again, whatever becomes of it
    Decision.objects.filter(case__in=Case.objects.order_by("id")[:5]).delete()
    decided(cast, 12)
    days = count_lengths(town.definition, TODAY)
    assert days == (TODAY - date(2026, 11, 11)).days + 1
    assert measured_lengths(TODAY)["preschool-place"].number == 11


def test_what_is_old_is_left_out_and_then_forgotten(town: Edition, cast: People) -> None:
    decided(cast, *range(10))
    count_lengths(town.definition, TODAY)
    later = TODAY + WINDOW
    assert measured_lengths(later) == {}
    count_lengths(town.definition, later + WINDOW)
    assert not Length.objects.exists()


@pytest.mark.parametrize("more", [0, 30])
def test_reading_asks_once_however_many(town: Edition, cast: People, more: int) -> None:
    decided(cast, *range(10), *range(more))
    count_lengths(town.definition, TODAY)
    with CaptureQueriesContext(connection) as asked:
        measured_lengths(TODAY)
    assert len(asked) == 1
