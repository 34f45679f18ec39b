"""Questions about a service: from anyone, to the right board, answered by message or by a code."""

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
from allting.cases.models import Asker, Case, CaseEvent, Letter
from allting.cases.questions import question_by
from allting.cases.steps import Given
from allting.cases.tests.people import MORNING, People, client_of, people, refused
from allting.cases.tests.town import EVIDENCE, FILES, ORGANISATION, checked, published
from allting.cases.views import strangers
from allting.kernel.api import clock_at, work_off
from allting.notifications import ports
from allting.notifications.models import Delivery, Message
from allting.packages.api import Edition
from allting.register.api import contact_of
from allting.register.models import DeclaredFact

ASK = Path(__file__).parents[3] / "packages/sverige/services/ask-the-municipality"
NAME = "ask-the-municipality"
ABOUT_MAP = "/sv/services/map/ask/"  # the building board's
WORDS = "Vad kostar kartan?\n<b>Och hur lång tid tar den?</b>"


def files(**changed: str) -> dict[str, str | None]:
    """The starting point's service in the small town."""
    found: dict[str, str | None] = {
        f"services/{NAME}/{it.relative_to(ASK)}": it.read_text("utf-8")
        for it in sorted(ASK.rglob("*.*"))
        if not it.name.endswith((".fi.md", "faq.yaml"))
    }
    service = f"services/{NAME}/service.yaml"
    text = re.sub(r"(topics|life_events): .*\n", "", found[service] or "")
    found[service] = text.replace("board: executive", "board: education")
    found["law.yaml"] = "acts: [{id: FL, title: {sv: Förvaltningslagen}, number: SFS 2017:900}]\n"
    found["package.yaml"] = FILES["package.yaml"].replace("[sv, en]", "[sv, en, fi]")
    found["organisation.yaml"] = f"{ORGANISATION}questions: {NAME}\n"
    found["evidence.yaml"] = f"{EVIDENCE}  - {{id: answered-question, title: {{sv: Svar}}}}\n"
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


def stamp_in(page: str) -> str:
    found = re.search(r'name="stamp" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def asked(client: Client, where: str = ABOUT_MAP, seconds: int = 30, **typed: str) -> str:
    """Ask, and give where one is led."""
    stamp = stamp_in(client.get(where).text)
    with clock_at(MORNING + timedelta(seconds=seconds)):
        answer = client.post(where, {"question": WORDS, "stamp": stamp, **typed})
    assert answer.status_code == 302, answer.status_code
    return answer.headers["Location"]


def answered(who: People, case: Case) -> None:
    given = Given(outcome="answered", reason="Ingenting.\n\nDen tar en vecka.")
    do(who.builder, case.id, "decide", seen_stage=case.stage, given=given)


def test_without_signing_in_a_code_reads_the_answer(cast: People) -> None:
    visitor = Client()
    where = asked(visitor)
    case = Case.objects.get()
    assert (case.board, case.service, case.number) == ("building", NAME, "BN-2026-000001")
    page = visitor.get(where).text
    asker = Asker.objects.get()
    code = code_of(asker.id)
    assert f">{code[:4]}-{code[4:8]}-{code[8:]}<" in page
    assert "Byggnadsnämnden" in page
    assert code not in (asker.code, str(asker.id))
    assert (asker.email, asker.phone) == ("", "")
    answered(cast, case)
    page = visitor.get(where).text
    assert "Ingenting." in page and "Den tar en vecka." in page
    assert "&lt;b&gt;Och hur" in page
    found = visitor.get("/sv/questions/", {"code": f"{code[:4]} {code[4:].lower()}"})
    assert found.headers["Location"] == f"/sv/questions/{code}/"


def test_whoever_leaves_an_address_is_told_there(cast: People) -> None:
    mails: list[EmailMessage] = []
    ports.mail_through(mails.append)
    before, ports._book = ports._book, lambda id: contact_of(id) or contact_of_asker(id)
    try:
        where = asked(Client(), email="kim@epost.example", phone="0701740605")
        work_off()
        answered(cast, Case.objects.get())
        work_off()
    finally:
        ports._book = before
    assert [it["To"] for it in mails] == ["kim@epost.example"] * 2
    body = mails[1].get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert where.removesuffix("?new") in text
    assert "Ingenting" not in text and "e-leg" not in text
    assert Delivery.objects.count() == 2
    assert not any(letter.formal for letter in Letter.objects.all())


def test_signed_in_it_is_a_case_of_ones_own(cast: People) -> None:
    where = asked(client_of(cast.mother))
    case = Case.objects.get()
    assert where == f"/sv/my/cases/{case.number}/"
    assert case.applicant == cast.mother.person
    assert not Asker.objects.exists()
    answered(cast, case)
    work_off()
    told = Message.objects.filter(to_person=case.applicant).order_by("id")
    assert [it.subject for it in told] == ["Vi har fått din fråga", "Svar på din fråga"]
    assert "Den tar en vecka" in told[1].body
    assert not DeclaredFact.objects.filter(value="true").exists()


def test_sent_twice_it_is_one_question(cast: People) -> None:
    visitor = Client()
    stamp = stamp_in(visitor.get(ABOUT_MAP).text)
    with clock_at(MORNING + timedelta(seconds=30)):
        both = [
            visitor.post(ABOUT_MAP, {"question": WORDS, "stamp": stamp}).headers["Location"]
            for _ in range(2)
        ]
    assert both[0] == both[1]
    assert Case.objects.count() == Asker.objects.count() == 1


def test_the_desk_answers_somebody_whom_the_register_does_not_know(cast: People) -> None:
    asked(Client(), phone="070-174 06 05")
    number = Case.objects.get().number
    desk = client_of(cast.builder)
    page = desk.get(f"/sv/desk/cases/{number}/")
    assert page.status_code == 200
    assert "Någon som inte har loggat in" in page.text
    assert "070-174 06 05" in page.text
    assert desk.get("/sv/desk/").status_code == 200
    others = client_of(cast.worker).get(f"/sv/desk/cases/{number}/")
    assert others.status_code == 403


def test_an_employee_leaves_a_mark_for_the_page(cast: People) -> None:
    asked(Client())
    case = Case.objects.get()
    do(cast.builder, case.id, "suggest-for-the-page", seen_stage=case.stage)
    answered(cast, Case.objects.get())
    assert CaseEvent.objects.filter(case=case, move="suggest-for-the-page").exists()


def test_a_protected_persons_question_is_for_the_named_handler(cast: People) -> None:
    mother = cast.family.mother
    mother.protection = "registration"
    mother.save()
    asked(client_of(cast.mother))
    case = Case.objects.get()
    with refused(PermissionDenied):
        answered(cast, case)
    assert client_of(cast.builder).get(f"/sv/desk/cases/{case.number}/").status_code == 403


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"question": " "}, 422),
        ({"email": "kim"}, 422),
        ({"phone": "ring mig"}, 422),
        ({"question": "x" * 3001}, 422),
        ({TRAP: "https://spam.example"}, 429),
        ({"stamp": "made-up"}, 429),
    ],
)
def test_what_is_not_taken_keeps_what_was_written(
    cast: People, typed: dict[str, str], status: int
) -> None:
    visitor = Client()
    stamp = stamp_in(visitor.get(ABOUT_MAP).text)
    with clock_at(MORNING + timedelta(seconds=30)):
        given = {"question": "Vad kostar det?", "stamp": stamp, **typed}
        answer = visitor.post(ABOUT_MAP, given)
    assert answer.status_code == status
    assert given["question"].strip() in answer.text
    assert not Case.objects.exists() and not Asker.objects.exists()


@pytest.mark.parametrize("seconds", [0, 1, 25 * 3600])
def test_nobody_writes_as_fast_or_as_slowly_as_that(cast: People, seconds: int) -> None:
    visitor = Client()
    stamp = stamp_in(visitor.get(ABOUT_MAP).text)
    with clock_at(MORNING + timedelta(seconds=seconds)):
        answer = visitor.post(ABOUT_MAP, {"question": WORDS, "stamp": stamp})
    assert answer.status_code == 429
    assert not Case.objects.exists()


def test_too_many_from_one_address_wait(cast: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strangers, "door", Door("ask", 2))
    for _ in range(2):
        asked(Client())
    stamp = stamp_in(Client().get(ABOUT_MAP).text)
    with clock_at(MORNING + timedelta(seconds=30)):
        late = Client().post(ABOUT_MAP, {"question": WORDS, "stamp": stamp})
    assert late.status_code == 429
    with clock_at(MORNING + timedelta(minutes=11)):
        later = Client().post(ABOUT_MAP, {"question": WORDS, "stamp": stamp})
    assert later.status_code == 302


def test_a_post_from_elsewhere_is_refused(cast: People) -> None:
    strict = Client(enforce_csrf_checks=True)
    stamp = stamp_in(strict.get(ABOUT_MAP).text)
    answer = strict.post(ABOUT_MAP, {"question": WORDS, "stamp": stamp})
    assert answer.status_code == 403


def test_a_code_that_opens_nothing_tells_nothing(cast: People) -> None:
    asked(Client())
    for code in ("AAAABBBBCCCC", str(Asker.objects.get().id.hex), Case.objects.get().number):
        answer = Client().get(f"/sv/questions/{code}/")
        assert answer.status_code == 404
        assert "Vad kostar" not in answer.text
    assert question_by("") is None


@pytest.mark.parametrize("where", ["/sv/services/moon/ask/", "/sv/questions/x y/"])
def test_what_is_not_there(cast: People, where: str) -> None:
    assert Client().get(where).status_code == 404


def test_a_town_that_takes_no_questions_has_no_form(db: None, tmp_path: Path) -> None:
    published(tmp_path / "town")
    assert Client().get(ABOUT_MAP).status_code == 404


FORM = f"services/{NAME}/form.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("organisation.yaml", f": {NAME}", ": moon", "no service 'moon'"),
        (FORM, "kind: long-text", "kind: text", "does not ask for a question"),
        (FORM, "max: 150", "known_from: applicant.phone", "speaks of the register"),
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
