"""Attached files: what they are is told by their content, and they go when the draft goes."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from allting.forms import storage, uploads
from allting.forms.models import Attachment, Draft, Submission
from allting.forms.tests.walking import answer, begun, client_of, filled, refused, send
from allting.kernel.api import new_id
from allting.packages.api import Edition
from allting.register.testing import Family

PDF = b"%PDF-1.7\n" + b"x" * 3000 + b"\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 50 + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 50 + b"\xff\xd9"


def file(content: bytes = PDF, name: str = "ritning.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def permit(client: Any) -> str:
    """An application for a permit, answered up to the drawings."""
    base = begun(client, "permit")
    assert answer(client, base + "what/", what="Altan", cost="") == base + "drawings/"
    return base


def on_disk(settings: Any) -> list[Path]:
    return sorted(p for p in Path(settings.ALLTING_FILES).rglob("*") if p.is_file())


def test_attach_add_another_and_send(vik: Edition, people: Family, settings: Any) -> None:
    client = client_of(people.mother)
    base = permit(client)
    page = base + "drawings/"
    assert answer(client, page, drawings=file(), go="add") == page
    assert "ritning.pdf" in client.get(page).content.decode()
    assert answer(client, page, drawings=file(PNG, "bild.png")) == base + "truth/"
    assert answer(client, base + "truth/", truth="yes") == base + "check/"
    send(client, base)
    files = Submission.objects.get().answers["drawings"]
    assert [f["name"] for f in files] == ["ritning.pdf", "bild.png"]
    assert [f["media_type"] for f in files] == ["application/pdf", "image/png"]
    assert len(on_disk(settings)) == 2  # they belong to the submission now


def test_a_file_is_required_where_it_is(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    base = permit(client)
    assert "Bifoga en fil" in refused(client, base + "drawings/")


REFUSED = [
    (b"MZ\x90\x00" + b"x" * 100, "ritning.pdf", "är inte en PDF, PNG eller JPEG"),
    (b"<script>alert(1)</script>", "bild.png", "är inte en PDF, PNG eller JPEG"),
    (b"GIF89a" + b"x" * 100, "bild.gif", "är inte en PDF, PNG eller JPEG"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "bild.jpg", "är inte en PDF, PNG eller JPEG"),
    (b"", "tom.pdf", "är tom"),
    (PDF[:500], "halv.pdf", "verkar vara trasig"),
    (PNG[:30], "halv.png", "verkar vara trasig"),
    (b"%PDF-" + b"x" * storage.LARGEST, "stor.pdf", "är för stor"),
]


@pytest.mark.parametrize(("content", "name", "said"), REFUSED, ids=lambda v: str(v)[:20])
def test_refused_files(
    vik: Edition, people: Family, settings: Any, content: bytes, name: str, said: str
) -> None:
    client = client_of(people.mother)
    base = permit(client)
    page = refused(client, base + "drawings/", drawings=file(content, name))
    assert said in page
    assert page.count("sak att rätta till") == 1  # refused, not also missing
    assert not Attachment.objects.exists()
    assert on_disk(settings) == []


@pytest.mark.django_db(transaction=True)
def test_no_more_than_there_is_room_for(vik: Edition, people: Family, settings: Any) -> None:
    client = client_of(people.mother)
    base = permit(client)
    many = [file(PDF + bytes([n]) + b"%%EOF", f"{n}.pdf") for n in range(3)]
    sent = client.post(
        base + "drawings/", {**filled(client, base + "drawings/"), "drawings": many, "go": "add"}
    )
    assert sent.status_code == 422
    assert "Här får 2 filer plats" in sent.content.decode()
    assert Attachment.objects.count() == 2
    assert len(on_disk(settings)) == 2
    assert len(Draft.objects.get().answers["drawings"]) == 2


def test_the_same_file_twice_is_one(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    base = permit(client)
    for _ in range(2):
        answer(client, base + "drawings/", drawings=file(), go="add")
    assert Attachment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_remove_one_and_then_all(vik: Edition, people: Family, settings: Any) -> None:
    client = client_of(people.mother)
    base = permit(client)
    answer(client, base + "drawings/", drawings=file(), go="add")
    answer(client, base + "drawings/", drawings=file(JPEG, "foto.jpeg"), go="add")
    first, second = Attachment.objects.order_by("id")
    answer(client, base + "drawings/", go=f"remove:{first.id}")
    assert [one.name for one in Attachment.objects.all()] == ["foto.jpg"]
    assert [p.name for p in on_disk(settings)] == [second.digest]
    assert [f["name"] for f in Draft.objects.get().answers["drawings"]] == ["foto.jpg"]
    assert client.post(base + "delete/").status_code == 302
    assert not Attachment.objects.exists()
    assert on_disk(settings) == []


def test_removing_someone_elses_file_removes_nothing(vik: Edition, people: Family) -> None:
    mine, theirs = client_of(people.mother), client_of(people.father)
    base = permit(mine)
    answer(mine, base + "drawings/", drawings=file(), go="add")
    other = permit(theirs)
    for id in (Attachment.objects.get().id, "nonsense"):
        answer(theirs, other + "drawings/", go=f"remove:{id}")
    assert Attachment.objects.count() == 1


def test_a_file_is_downloaded_by_its_owner_only(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    base = permit(client)
    answer(client, base + "drawings/", drawings=file(name="../../<b>é\u202e\x07.exe"), go="add")
    kept = Attachment.objects.get()
    got = client.get(f"{base}files/{kept.id}/")
    assert got.status_code == 200
    assert b"".join(got.streaming_content) == PDF  # type: ignore[attr-defined]
    assert got["Content-Type"] == "application/pdf"
    assert got["Content-Disposition"].startswith("attachment;")
    assert got["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in got["Content-Security-Policy"]
    assert kept.name == "bé.pdf"
    for other in (people.father, people.stranger):
        assert client_of(other).get(f"{base}files/{kept.id}/").status_code == 404
    assert client.get(f"{base}files/{new_id()}/").status_code == 404


def test_other_input_is_kept_when_a_file_is_refused(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    base = permit(client)
    answer(client, base + "drawings/", drawings=file())
    answer(client, base + "truth/", truth="yes")
    page = refused(client, base + "drawings/", drawings=file(b"MZ", "x.exe"))
    assert "ritning.pdf" in page  # what was attached before is still there
    assert len(Draft.objects.get().answers["drawings"]) == 1


def test_far_too_much_at_once_is_refused_before_it_is_stored(
    vik: Edition, people: Family, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_AT_ONCE", 2000)
    client = client_of(people.mother)
    base = permit(client)
    form = {"seen": "", "shown": "drawings", "drawings": file(PDF)}
    assert client.post(base + "drawings/", form).status_code == 400
    assert on_disk(settings) == []


def test_paths_are_made_of_digests_only() -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        storage.path_of(new_id(), "../../etc/passwd")


def test_the_first_button_goes_on(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    base = permit(client)
    answer(client, base + "drawings/", drawings=file(), go="add")
    page = client.get(base + "drawings/").content.decode()
    form = page[page.index('<form method="post" ') :]
    assert form.index('value="next"') < form.index('value="remove:')
