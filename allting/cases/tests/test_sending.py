"""A report sent in without signing in: to the right board, followed by a code, answered there."""

import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from allting.cases.actions import do
from allting.cases.askers import code_of, contact_of_asker
from allting.cases.knocking import TRAP, Door
from allting.cases.models import Asker, Case, Letter
from allting.cases.steps import Given
from allting.cases.tests.people import MORNING, People, client_of, people, refused
from allting.cases.tests.test_questions import stamp_in
from allting.cases.tests.town import EVIDENCE, FILES, checked, published
from allting.cases.views import strangers
from allting.forms.api import Submission
from allting.kernel.api import clock_at, work_off
from allting.notifications import ports
from allting.packages.api import Edition
from allting.register.api import contact_of
from allting.register.models import AccessLog, DeclaredFact

NAME = "street-fault"
FAULT = Path(__file__).parents[3] / "packages/sverige/services" / NAME
SEND = f"/sv/services/{NAME}/send/"
TOLD = {
    "fault": "hole",
    "danger": "no",
    "description": "Ett <b>djupt</b> hål",
    "place": "Storgatan 1",
}
ACTS = ("FL", "KL", "GaturenhållningsL")


def files(**changed: str) -> dict[str, str | None]:
    """The starting point's service in the small town, at the building board."""
    found: dict[str, str | None] = {
        f"services/{NAME}/{it.relative_to(FAULT)}": it.read_text("utf-8")
        for it in sorted(FAULT.rglob("*.*"))
        if not it.name.endswith((".fi.md", "faq.yaml"))
    }
    service = f"services/{NAME}/service.yaml"
    text = re.sub(r"(topics|life_events): .*\n", "", found[service] or "")
    found[service] = text.replace("board: technical", "board: building")
    found["package.yaml"] = f"{FILES['package.yaml']}also: [fi]\n"
    acts = "".join(f"  - {{id: {it}, title: {{sv: Lag}}, number: SFS 1900:1}}\n" for it in ACTS)
    found["law.yaml"] = f"acts:\n{acts}"
    found["evidence.yaml"] = f"{EVIDENCE}  - {{id: fault-reported, title: {{sv: Svar}}}}\n"
    return found | changed


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with clock_at(MORNING):
        yield


@pytest.fixture
def town(db: None, tmp_path: Path) -> Edition:
    return published(tmp_path / "town", files())


@pytest.fixture
def cast(town: Edition) -> People:
    return people()


def shown_in(page: str) -> str:
    found = re.search(r'name="shown" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def sent(client: Client, **typed: str) -> str:
    """Send a report in, and give where one is led."""
    page = client.get(SEND).text
    posted = {**TOLD, "stamp": stamp_in(page), "shown": shown_in(page), **typed}
    with clock_at(MORNING + timedelta(seconds=30)):
        answer = client.post(SEND, posted)
    assert answer.status_code == 302, re.findall(r"field__error[^>]*>[^<]*", answer.text)
    return answer.headers["Location"]


def closed(who: People, case: Case) -> None:
    given = Given(outcome="left", reason="Hålet är inte djupt.")
    do(who.builder, case.id, "decide", seen_stage=case.stage, given=given)


def test_it_becomes_a_case_at_its_board_and_a_code_follows_it(cast: People) -> None:
    visitor = Client()
    where = sent(visitor)
    case = Case.objects.get()
    assert (case.board, case.service, case.number) == ("building", NAME, "BN-2026-000001")
    asker = Asker.objects.get()
    assert (case.applicant, asker.email, asker.phone) == (asker.id, "", "")
    code = code_of(asker.id)
    receipt = visitor.get(where).text
    assert "Vi har tagit emot din felanmälan" in receipt and case.number in receipt
    assert f">{code[:4]}-{code[4:8]}-{code[8:]}<" in receipt
    assert "Ett &lt;b&gt;djupt&lt;/b&gt; hål" in receipt and "Storgatan 1" in receipt
    assert "ansök" not in receipt.lower()
    closed(cast, case)
    work_off()
    page = visitor.get(where.removesuffix("?new")).text
    assert "Hålet är inte djupt" in page and "Om det du anmälde" in page


def test_the_register_hears_nothing_of_it(cast: People) -> None:
    before = AccessLog.objects.count()
    sent(Client())
    closed(cast, Case.objects.get())
    work_off()
    assert not DeclaredFact.objects.exists()
    assert AccessLog.objects.count() == before


def test_whoever_leaves_an_address_is_told_there(cast: People) -> None:
    mails: list[EmailMessage] = []
    ports.mail_through(mails.append)
    before, ports._book = ports._book, lambda id: contact_of(id) or contact_of_asker(id)
    try:
        where = sent(Client(), email="kim@epost.example")
        work_off()
        case = Case.objects.get()
        told = Given(text="Vi lagar det nästa vecka.")
        do(cast.builder, case.id, "plan", seen_stage=case.stage, given=told)
        work_off()
    finally:
        ports._book = before
    assert [it["To"] for it in mails] == ["kim@epost.example"] * 2
    body = mails[1].get_body(("plain",))
    assert body is not None
    assert where.removesuffix("?new") in body.get_content()
    assert "nästa vecka" not in body.get_content()
    assert not any(letter.formal for letter in Letter.objects.all())


def test_sent_twice_it_is_one_case(cast: People) -> None:
    visitor = Client()
    page = visitor.get(SEND).text
    posted = {**TOLD, "stamp": stamp_in(page), "shown": shown_in(page)}
    with clock_at(MORNING + timedelta(seconds=30)):
        both = {visitor.post(SEND, posted).headers["Location"] for _ in range(2)}
    assert len(both) == 1
    assert Case.objects.count() == Asker.objects.count() == Submission.objects.count() == 1


def test_the_desk_treats_it_like_others_and_other_boards_do_not_see_it(cast: People) -> None:
    sent(Client(), phone="070-174 06 05")
    number = Case.objects.get().number
    desk = client_of(cast.builder)
    page = desk.get(f"/sv/desk/cases/{number}/")
    assert page.status_code == 200
    assert "Någon som inte har loggat in" in page.text and "070-174 06 05" in page.text
    assert ">Felanmälan<" in page.text
    # what they told is not said to come from the register
    assert "Från folkbokföringen" not in page.text and "Ingen har kontrollerat det" in page.text
    assert number in desk.get("/sv/desk/").text
    assert client_of(cast.worker).get(f"/sv/desk/cases/{number}/").status_code == 403
    with refused(PermissionDenied):
        do(cast.worker, Case.objects.get().id, "plan", seen_stage="received")


def test_whoever_has_signed_in_goes_the_ordinary_way(cast: People) -> None:
    mother = client_of(cast.mother)
    for answer in (mother.get(SEND), mother.post(SEND, TOLD)):
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"/sv/apply/{NAME}/"
    assert not Case.objects.exists()
    assert "Felanmäl" in Client().get(f"/sv/services/{NAME}/").text


def test_a_resident_sees_no_case_that_is_somebody_elses(cast: People) -> None:
    sent(Client())
    number = Case.objects.get().number
    assert client_of(cast.mother).get(f"/sv/my/cases/{number}/").status_code == 403
    assert Client().get(f"/sv/questions/{number}/").status_code == 404


def test_how_one_is_reached_is_asked_once_and_no_file_is_taken(cast: People) -> None:
    page = Client().get(SEND).text
    assert page.count('name="phone"') == 1 and 'type="file"' not in page
    assert "kan den bifoga som loggar in" in page


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"place": ""}, "place", "Gata"),
        ({"fault": "moon"}, "fault", "Välj"),
        ({"description": "x" * 2001}, "description", "2"),
        ({"email": "kim"}, "email", "Skriv adressen"),
        ({"phone": "ring mig"}, "phone", "Skriv numret"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_lost(
    cast: People, typed: dict[str, str], field: str, said: str
) -> None:
    visitor = Client()
    page = visitor.get(SEND).text
    posted = {**TOLD, "stamp": stamp_in(page), "shown": shown_in(page), **typed}
    with clock_at(MORNING + timedelta(seconds=30)):
        answer = visitor.post(SEND, posted)
    assert answer.status_code == 422
    assert re.search(rf'href="#{field}[^"]*">[^<]*{said}', answer.text)
    assert "Ett &lt;b&gt;" in answer.text or field == "description"
    assert not Case.objects.exists() and not Asker.objects.exists()


@pytest.mark.parametrize("typed", [{TRAP: "https://spam.example"}, {"stamp": "made-up"}])
def test_machines_are_not_let_in(cast: People, typed: dict[str, str]) -> None:
    visitor = Client()
    page = visitor.get(SEND).text
    posted = {**TOLD, "stamp": stamp_in(page), "shown": shown_in(page), **typed}
    with clock_at(MORNING + timedelta(seconds=30)):
        answer = visitor.post(SEND, posted)
    assert answer.status_code == 429
    assert "Storgatan 1" in answer.text
    assert not Case.objects.exists()


def test_too_many_from_one_address_wait(cast: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strangers, "door", Door("ask", 1))
    sent(Client())
    page = Client().get(SEND).text
    posted = {**TOLD, "stamp": stamp_in(page), "shown": shown_in(page)}
    with clock_at(MORNING + timedelta(seconds=30)):
        assert Client().post(SEND, posted).status_code == 429


def test_a_service_that_needs_a_sign_in_has_no_such_page(cast: People) -> None:
    for name in ("preschool-place", "moon"):
        assert Client().get(f"/sv/services/{name}/send/").status_code == 404


SERVICE, FORM, PROCESS = (f"services/{NAME}/{it}.yaml" for it in ("service", "form", "process"))
DECLARES = "        declares: warned\n"
LETTER = f"services/{NAME}/letters/left.sv.md"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (SERVICE, "board:", "subject: child\nboard:", "whom the register must know"),
        (FORM, "kind: file, required: false", "kind: file", "must be answered"),
        (
            FORM,
            "id: danger\n",
            "id: danger\n        declares: warned\n",
            "declared to the register",
        ),
        (PROCESS, "document: false", "document: true", "sent as a document"),
        (LETTER, "Hej!", "Hej {applicant.name}!", "names whoever sent it in"),
    ],
)
def test_the_check_tells_what_the_service_must_be(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    found = files()
    assert old in (found[file] or "")
    found[file] = (found[file] or "").replace(old, new)
    problems = [it.what for it in checked(tmp_path / "town", found).problems]
    assert any(said in it for it in problems), problems
