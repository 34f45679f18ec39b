"""What was begun and left is removed after the time that was told, files and all."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from allting.forms import jobs
from allting.forms.jobs import remove_left_drafts
from allting.forms.models import Attachment, Draft, Submission
from allting.forms.queries import drafts_left
from allting.forms.tests.municipality import PRESCHOOL_FORM, published
from allting.forms.tests.walking import answer, answered, begun, client_of, send
from allting.kernel.api import clock_at, work_off
from allting.packages.api import Edition
from allting.register.testing import Family

DAY = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


def later(days: int) -> Any:
    return clock_at(DAY + timedelta(days=days))


def cull() -> None:
    remove_left_drafts.enqueue()
    work_off()


def test_removed_on_the_day_that_was_told(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    base = answered(client, people.baby.id)
    for address in ("/sv/apply/preschool/", base + "check/"):
        assert "30 januari 2027" in client.get(address).content.decode()
    assert "90 dagar" in client.get(base + "child/").content.decode()
    with later(89):
        cull()
        assert Draft.objects.count() == 1
    with later(90):
        cull()
    assert not Draft.objects.exists()


def test_what_was_sent_stays_and_so_does_what_was_touched(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    send(client, answered(client, people.baby.id))
    begun(client)
    with later(60):
        Draft.objects.filter(submitted_at=None).update(changed_at=DAY + timedelta(days=60))
    with later(100):
        cull()
    assert Submission.objects.count() == 1
    assert Draft.objects.count() == 2


def test_its_files_go_with_it(vik: Edition, people: Family, settings: Any) -> None:
    client = client_of(people.mother)
    base = begun(client, "permit")
    answer(client, base + "what/", what="Altan", cost="")
    pdf = SimpleUploadedFile("ritning.pdf", b"%PDF-1.7\n%%EOF\n")
    answer(client, base + "drawings/", drawings=pdf, go="add")
    folder = Path(settings.ALLTING_FILES)
    assert [f for f in folder.rglob("*") if f.is_file()]
    with later(90):
        cull()
    assert not Attachment.objects.exists()
    assert not [f for f in folder.rglob("*") if f.is_file()]


def test_some_at_a_time_and_stopped_half_way(
    vik: Edition, people: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "AT_A_TIME", 2)
    row = {"service": "preschool", "edition": vik.id, "language": "sv", "created_at": DAY}
    for _ in range(5):
        Draft.objects.create(person=people.mother.id, changed_at=DAY, **row)
    kept = Draft.objects.create(
        id=UUID(int=2**128 - 1),  # the last in order
        person=people.mother.id,
        changed_at=DAY + timedelta(days=80),
        **row,
    )
    batches = iter([jobs._remove])

    def once(left: Any) -> int:
        return next(batches)(left)

    with later(90):
        with monkeypatch.context() as broken:
            broken.setattr(jobs, "_remove", once)
            with pytest.raises(StopIteration):
                remove_left_drafts.func()
        assert Draft.objects.count() == 4
        cull()
    assert list(Draft.objects.values_list("id", flat=True)) == [kept.id]


def test_the_form_says_how_long(db: None, people: Family, tmp_path: Path, settings: Any) -> None:
    settings.ALLTING_DRAFTS_KEPT = "1 year"
    published(tmp_path, services__preschool__form="keep_drafts: 2 weeks\n" + PRESCHOOL_FORM)
    client = client_of(people.mother)
    begun(client)
    begun(client, "permit")
    assert "15 november 2026" in client.get("/sv/apply/preschool/").content.decode()
    with later(14):
        cull()
    assert Draft.objects.get().service == "permit"


def test_not_under_the_hands_of_its_owner(vik: Edition, people: Family) -> None:
    begun(client_of(people.mother))
    with later(90):
        seen = drafts_left(jobs._FIRST, DAY + timedelta(days=89), 10)
        Draft.objects.update(version=5)
        assert jobs._remove(seen) == 0
    assert Draft.objects.count() == 1
