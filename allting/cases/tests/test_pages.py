"""The applicant's own pages, over HTTP: what is shown, what can be done, and who is refused."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from allting.cases.actions import do, finish_task
from allting.cases.models import Case, Letter, Supplement
from allting.cases.steps import Given
from allting.cases.tests.people import MORNING, People, a_case, client_of, people
from allting.cases.tests.town import published
from allting.kernel.api import clock_at, work_off
from allting.register.models import AccessLog
from allting.register.testing import actor, family

PLACED = Given(outcome="placed", values={"unit": "solrosen", "start": "2027-01-11"})
ASKED = Given(text="Hur många timmar?")
PDF = b"%PDF-1.7 x\n%%EOF"


@pytest.fixture(autouse=True)
def the_day_after() -> Iterator[None]:
    with clock_at(MORNING + timedelta(days=1)):
        yield


def page_of(client: Client, case: Case, rest: str = "", language: str = "sv") -> str:
    """The text of a page that is there."""
    answer = client.get(f"/{language}/my/cases/{case.number}/{rest}")
    assert answer.status_code == 200
    return answer.content.decode()


def content_of(answer: Any) -> bytes:
    """What a download holds."""
    return b"".join(answer.streaming_content)


def asked_for_more(cast: People) -> Case:
    case = a_case(cast)
    do(cast.worker, case.id, "ask-for-supplement", seen_stage="received", given=ASKED)
    case.refresh_from_db()
    return case


def decided(cast: People) -> Case:
    case = a_case(cast)
    do(cast.worker, case.id, "take", seen_stage="received")
    finish_task(cast.worker, case.id, "hear")
    do(cast.chief, case.id, "decide", seen_stage="investigation", given=PLACED)
    work_off()
    return case


def seen_in(html: str) -> dict[str, str]:
    found = dict(re.findall(r'name="(seen_\w+)"\s+value="([^"]*)"', html))
    assert set(found) == {"seen_stage", "seen_version"}
    return found


def test_where_the_case_is(cast: People) -> None:
    case = a_case(cast)
    html = page_of(client_of(cast.mother), case)
    said = ("Plats i förskola", "Nils Berg", case.number, "Mottagen", "Utreds", "Beslutad")
    for words in (*said, "2 mars 2027", "Du får erbjudande", "+46 10 555 00 10", "11 januari 2027"):
        assert words in html
    assert "Hos beslutsfattare" not in html
    english = page_of(client_of(cast.mother), case, language="en")
    assert "Where your case is" in english and "2 March 2027" in english


def test_an_answer_with_a_file(cast: People) -> None:
    case = asked_for_more(cast)
    client = client_of(cast.mother)
    assert "Hur många timmar?" in page_of(client, case)
    form = page_of(client, case, "answer/")
    file = SimpleUploadedFile("../Intyg från chefen.exe", PDF)
    sent = client.post(
        f"/sv/my/cases/{case.number}/answer/",
        {**seen_in(form), "text": "40 <b>timmar</b>", "files": file},
    )
    assert sent.status_code == 302
    answered = Supplement.objects.get()
    kept = answered.files.get()
    assert (answered.answer, kept.name) == ("40 <b>timmar</b>", "Intyg från chefen.pdf")
    html = page_of(client, case)
    assert "40 &lt;b&gt;timmar&lt;/b&gt;" in html and "Du svarade" in html
    file_back = client.get(f"/sv/my/cases/{case.number}/sent/{kept.id}/")
    assert content_of(file_back) == PDF
    assert file_back["Content-Disposition"].startswith("attachment")
    assert client.get(f"/sv/my/cases/{case.number}/answer/").status_code == 302
    stranger = client_of(cast.stranger)
    assert stranger.get(f"/sv/my/cases/{case.number}/sent/{kept.id}/").status_code == 403


@pytest.mark.parametrize(
    ("content", "says"), [(b"MZ", "något annat"), (b"", "tom"), (b"%PDF-1.7 x", "inte hel")]
)
def test_a_file_that_cannot_be_taken(
    transactional_db: None, tmp_path: Path, content: bytes, says: str
) -> None:
    published(tmp_path / "town")
    cast = people()
    case = asked_for_more(cast)
    client = client_of(cast.mother)
    seen = seen_in(page_of(client, case, "answer/"))
    address = f"/sv/my/cases/{case.number}/answer/"
    sent = client.post(address, {**seen, "files": SimpleUploadedFile("x.pdf", content)})
    # an empty file is what a browser sends for none: then there is nothing at all
    assert sent.status_code == 422
    assert says in sent.content.decode() or content == b""
    empty = client.post(address, seen)
    assert empty.status_code == 422 and 'href="#text"' in empty.content.decode()
    assert Supplement.objects.get().answered_at is None


def test_withdrawing_asks_first(cast: People) -> None:
    case = a_case(cast)
    client = client_of(cast.mother)
    form = page_of(client, case, "withdraw/")
    assert Case.objects.get().open
    done = client.post(f"/sv/my/cases/{case.number}/withdraw/", seen_in(form))
    assert done.status_code == 302
    assert Case.objects.get().stage == "withdrawn"
    assert "Återtagen" in page_of(client, case)
    assert client.get(f"/sv/my/cases/{case.number}/withdraw/").status_code == 302


def test_withdrawing_what_has_been_decided_meanwhile(
    transactional_db: None, tmp_path: Path
) -> None:
    published(tmp_path / "town")
    cast = people()
    case = a_case(cast)
    client = client_of(cast.mother)
    seen = seen_in(page_of(client, case, "withdraw/"))
    do(cast.worker, case.id, "propose", seen_stage="received", given=PLACED)
    late = client.post(f"/sv/my/cases/{case.number}/withdraw/", seen)
    assert late.status_code == 409
    assert "Anna Handläggare har redan gjort något annat" in late.content.decode()
    assert Case.objects.get().open


def test_the_decision_and_its_letter(cast: People) -> None:
    case = decided(cast)
    client = client_of(cast.mother)
    html = page_of(client, case)
    for words in ("Plats erbjuds", "Solrosen", "Bo Chef", "Beslutet kan prövas"):
        assert words in html
    letter = Letter.objects.get(case=case, formal=True)
    document = client.get(f"/sv/my/cases/{case.number}/letters/{letter.id}/")
    assert document["Content-Type"] == "application/pdf"
    assert content_of(document).startswith(b"%PDF-")
    plain = Letter.objects.get(case=case, formal=False)
    assert client.get(f"/sv/my/cases/{case.number}/letters/{plain.id}/").status_code == 404


def test_the_receipt(cast: People) -> None:
    case = a_case(cast)
    receipt = client_of(cast.mother).get(f"/sv/my/submitted/{case.submission}/")
    assert receipt.status_code == 200 and case.number in receipt.content.decode()
    assert client_of(cast.father).get(f"/sv/my/submitted/{case.submission}/").status_code == 404
    granted = a_case(cast, service="map", answers={"size": 40})
    at_once = client_of(cast.mother).get(f"/sv/my/submitted/{granted.submission}/")
    assert "Det är redan beslutat" in at_once.content.decode()


def test_the_other_guardian_follows_but_does_not_read_letters(cast: People) -> None:
    case = decided(cast)
    client = client_of(cast.father)
    html = page_of(client, case)
    assert "Du följer ärendet som vårdnadshavare" in html and "Solrosen" in html
    for hidden in ("Ta tillbaka", "Det här skrev du", "11 jan.", "PDF"):
        assert hidden not in html
    letter = Letter.objects.get(case=case, formal=True)
    assert client.get(f"/sv/my/cases/{case.number}/letters/{letter.id}/").status_code == 404
    assert AccessLog.objects.filter(
        reader=cast.father.person, person=case.subject, purpose="the other guardian's case"
    ).exists()


@pytest.mark.parametrize("who", ["stranger", "worker", "chief", "builder"])
@pytest.mark.parametrize("rest", ["", "answer/", "withdraw/"])
def test_refused(cast: People, who: str, rest: str) -> None:
    case = a_case(cast)
    client = client_of(getattr(cast, who))
    assert client.get(f"/sv/my/cases/{case.number}/{rest}").status_code == 403
    assert client.get("/sv/my/cases/BUN-2026-999999/").status_code == 403


def test_a_guardian_of_another_child_is_refused(cast: People) -> None:
    case = a_case(cast)
    other = client_of(actor(family().mother))
    assert other.get(f"/sv/my/cases/{case.number}/").status_code == 403


def test_whoever_is_not_signed_in_signs_in_first(cast: People) -> None:
    case = a_case(cast)
    answer = Client().get(f"/sv/my/cases/{case.number}/")
    assert answer.status_code == 302 and answer["Location"].startswith("/sv/sign-in/?next=")


@pytest.mark.parametrize("kind", ["mark", "registration", "new-identity"])
def test_nobody_follows_a_protected_child(town: object, kind: str) -> None:
    cast = people(protection=kind)
    case = a_case(cast)
    assert client_of(cast.father).get(f"/sv/my/cases/{case.number}/").status_code == 403
    assert client_of(cast.mother).get(f"/sv/my/cases/{case.number}/").status_code == 200


def test_the_father_cannot_act(transactional_db: None, tmp_path: Path) -> None:
    published(tmp_path / "town")
    cast = people()
    case = asked_for_more(cast)
    client = client_of(cast.father)
    seen = {"seen_stage": "waiting", "seen_version": "2"}
    for rest in ("answer/", "withdraw/"):
        sent = client.post(f"/sv/my/cases/{case.number}/{rest}", {**seen, "text": "x"})
        assert sent.status_code == 403
    assert Supplement.objects.get().answered_at is None
