"""Texts that have come in are removed by the municipality's decision, and by nothing else."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from allting.kernel.models import AuditEntry
from allting.notifications import ports
from allting.notifications.models import ReceivedText
from allting.notifications.ports import Manners
from allting.notifications.weeding import weed_texts
from allting.packages.api import Duration

pytestmark = pytest.mark.django_db(transaction=True)
OLD, DAY = datetime(2024, 11, 1, 12, tzinfo=UTC), date(2026, 11, 2)


@pytest.fixture(autouse=True)
def _texts() -> Iterator[None]:
    before = ports._manners
    for id, settled, answer in (
        ("old", OLD, ""),
        ("answered", OLD, "sent"),
        ("answer-waits", OLD, "queued"),
        ("unread", None, ""),
        ("of-the-day", datetime(2024, 11, 2, 0, tzinfo=UTC), ""),
    ):
        ReceivedText.objects.create(
            provider_id=id, from_number="+46701740605", text="Hej", at=OLD, settled_at=settled,
            answer_state=answer,
        )  # fmt: skip
    yield
    ports.manners_from(before)


def left() -> set[str]:
    return set(ReceivedText.objects.values_list("provider_id", flat=True))


def test_without_a_decision_everything_is_kept() -> None:
    assert weed_texts(DAY) == 0
    assert len(left()) == 5


def test_what_is_dealt_with_is_removed_in_its_time_and_that_is_written_down() -> None:
    ports.manners_from(lambda: Manners(texts_kept=Duration(years=2)))
    assert (weed_texts(DAY), weed_texts(DAY)) == (2, 0)
    assert left() == {"answer-waits", "unread", "of-the-day"}
    assert AuditEntry.objects.filter(verb="texts:weed").count() == 1
