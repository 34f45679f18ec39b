"""Mistakes in what plans are made from are told where they stand; services of others are steps."""

from datetime import date
from pathlib import Path

import pytest

from allting.catalogue.offsets import read_offset
from allting.catalogue.parts import LIFE_EVENT, SERVICE
from allting.catalogue.testing import changed, town
from allting.packages.api import check
from allting.packages.testing import written

PERMIT = "services/building-permit/service.yaml"
MAP = "services/new-construction-map/service.yaml"
INCOME = "services/income-statement/service.yaml"
EVENT = "life-events/building.yaml"
ASKED = "questions.yaml"
OTHERS = "done_by: {authority: {sv: Skatteverket, en: Tax Agency}, web: https://skatt.example}"
FILES = {
    INCOME: f"""\
title: {{sv: Inkomstuppgift, en: Statement of income}}
summary: {{sv: Hämta den hos Skatteverket., en: Fetch it from the Tax Agency.}}
{OTHERS}
topics: [building]
produces: [proof-of-income]
""",
    EVENT: """\
title: {sv: Bygga, en: Building}
summary: {sv: Från idé till hus, en: From idea to house}
picture: house
date: {label: {sv: När?, en: When?}}
asks: [builds]
services:
  - {service: building-permit, wanted_if: plan.builds <> 'nothing', by: on the day}
""",
    ASKED: """\
questions:
  - id: builds
    kind: choice
    label: {sv: Vad?, en: What?}
    options:
      - {id: house, label: {sv: Hus, en: House}}
      - {id: nothing, label: {sv: Inget, en: Nothing}}
""",
    "synonyms.yaml": "synonyms:\n  - {says: {sv: [dagis]}, means: {sv: förskola}}\n",
    "services/building-permit/faq.yaml": """\
questions:
  - {id: how-long, question: {sv: Hur länge?, en: How long?}, answer: {sv: Tio, en: Ten}}
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    where = written(town(tmp_path), FILES)
    changed(
        where,
        PERMIT,
        "  - {evidence: new-construction-map}",
        "  - {evidence: new-construction-map, needed_if: plan.builds = 'house'}\n"
        "  - {evidence: proof-of-income, at: decision}\n"
        "window: {opens: 1 year before, closes: 6 months before}\n"
        "processing_time: {typical: 6 weeks, legal: 10 weeks}",
    )
    return where


def problems(folder: Path) -> list[str]:
    return [str(problem) for problem in check(folder).problems]


def test_a_right_package_has_no_problems(folder: Path) -> None:
    assert problems(folder) == []
    definition = check(folder).definition
    assert definition is not None
    goal = definition.one(LIFE_EVENT, "building").services[0]
    assert (goal.service, str(goal.by)) == ("building-permit", "on the day")
    others = definition.one(SERVICE, "income-statement")
    assert others.done_by is not None and not others.board and others.channels == ()


NEITHER = (
    "it is not clear who does this. Expected either board (an id of organisation.yaml) or "
    "done_by (an authority, where others do it), and only one of them."
)
# file, what stands there, what is written instead, what the check says
MISTAKES = [
    (PERMIT, "board: building\n", "", f"solvik/{PERMIT}:1:1: error: {NEITHER}"),
    (PERMIT, "board: building\n", f"board: building\n{OTHERS}\n", NEITHER),
    (
        PERMIT,
        "channels:\n  - {id: phone, kind: phone}\n",
        "",
        "there is no way to have this service. Expected at least one channel",
    ),
    (
        INCOME,
        "web: https://skatt.example",
        "web: skatt.example",
        "'skatt.example' is not an address on the web",
    ),
    (
        PERMIT,
        "opens: 1 year before",
        "opens: 1 year sooner",
        f"solvik/{PERMIT}:10:17: error: '1 year sooner' is not a day told by the event. Expected a "
        "length of time and 'before' or 'after', as in '4 months before', or 'on the day'. "
        "Try: write for example '1 week after'.",
    ),
    (
        PERMIT,
        "opens: 1 year before",
        "opens: 1 yaer before",
        "'yaer' in '1 yaer' is not a unit of time",
    ),
    (
        PERMIT,
        "opens: 1 year before",
        "opens: 1 month before",
        f"solvik/{PERMIT}:10:9: error: the window can never be met: it opens (P1M before) after it "
        "closes (P6M before). Expected opens before closes.",
    ),
    (
        PERMIT,
        "closes: 6 months before",
        "ends: 2 years before",
        "the window can never be met: it opens (P1Y before) after it ends (P2Y before)",
    ),
    (
        PERMIT,
        "needed_if: plan.builds = 'house'",
        "needed_if: plan.bulids = 'house'",
        f"solvik/{PERMIT}:8:49: error: plan.bulids is not a known fact. "
        "Try: did you mean plan.builds?",
    ),
    (
        PERMIT,
        "needed_if: plan.builds = 'house'",
        "needed_if: answers.builds = 'house'",
        "answers.builds is not a known fact",
    ),
    (
        PERMIT,
        "needed_if: plan.builds = 'house'",
        "needed_if: plan.builds = 'house' and plan.builds = 'nothing'",
        f"solvik/{PERMIT}:8:49: error: 'new-construction-map' cannot be reached: no answer makes "
        "this condition hold. Expected a condition that holds for some answers.",
    ),
    (
        PERMIT,
        "needed_if: plan.builds = 'house'",
        "needed_if: plan.builds = 'house', optional: true",
        "it is both optional and needed_if. Expected needed_if where a condition tells of whom it "
        "is asked, else optional. Try: take 'optional' away.",
    ),
    (PERMIT, "at: decision", "at: start", "'at' is 'start'. Expected one of"),
    (
        PERMIT,
        "evidence: proof-of-income",
        "evidence: new-construction-map",
        f"solvik/{PERMIT}:9:16: error: 'new-construction-map' is asked for twice",
    ),
    (
        EVENT,
        "asks: [builds]",
        "asks: []",
        f"solvik/{EVENT}:7:43: error: the condition needs plan.builds, which 'building' does not "
        f"ask. Expected every question that a goal depends on, under asks of {EVENT}. "
        "Try: add 'builds' to asks.",
    ),
    (
        EVENT,
        "asks: [builds]",
        "asks: [build]",
        f"solvik/{EVENT}:5:8: error: there is no question 'build'. Expected builds, as "
        "questions.yaml lists them. Try: did you mean 'builds'?",
    ),
    (
        EVENT,
        "date: {label: {sv: När?, en: When?}}\n",
        "",
        "'building' has no date, so 'by' tells no day",
    ),
    (
        EVENT,
        "date: {label: {sv: När?, en: When?}}",
        "date: {label: {sv: När?, en: When?}, known_from: household.size}",
        "'household.size' is a number. Expected a fact that is a date.",
    ),
    (
        EVENT,
        "wanted_if: plan.builds <> 'nothing'",
        "wanted_if: plan.builds <> plan.builds",
        "the service 'building-permit' cannot be reached: no answer makes this condition hold",
    ),
    (
        EVENT,
        "by: on the day}",
        "by: on the day}\n  - building-permit",
        f"solvik/{EVENT}:8:5: error: the service 'building-permit' is listed twice",
    ),
    (EVENT, "service: building-permit", "service: building-permits", "there is no service"),
    (
        ASKED,
        "      - {id: nothing, label: {sv: Inget, en: Nothing}}\n",
        "",
        "there is nothing to choose between. Expected at least two options.",
    ),
    (
        ASKED,
        "kind: choice",
        "kind: yes-no",
        "a question of the kind yes-no has no options. Expected options only where kind is choice.",
    ),
    (
        ASKED,
        "label: {sv: Vad?, en: What?}",
        "label: {sv: Vad?, en: What?}\n    known_from: birth_date",
        "'birth_date' is a date. Expected a fact that is a text.",
    ),
    (
        MAP,
        "board: building",
        "board: building\nstatus: closed",
        f"solvik/{PERMIT}:8:16: error: only closed services give 'new-construction-map', so this "
        "step cannot be reached. Expected an open service that gives it; "
        "new-construction-map closed.",
    ),
    (
        "evidence.yaml",
        "valid_for: 2 years",
        "valid_for: 5 weeks",
        f"solvik/{PERMIT}:8:5: error: 'new-construction-map' is valid for 5 weeks, but "
        "'building-permit' takes 6 weeks: it has expired before the step is done.",
    ),
    (
        INCOME,
        "produces: [proof-of-income]",
        "produces: [proof-of-income]\nrequires: [{evidence: proof-of-income}]",
        "services wait for each other in a circle: income-statement → income-statement",
    ),
    (
        "synonyms.yaml",
        "means: {sv: förskola}",
        "means: {no: förskola}",
        "there is no language 'no'. Expected sv or en.",
    ),
    (
        "synonyms.yaml",
        "means: {sv: förskola}",
        "means: {sv: månen}",
        "'månen' is in no title and no keywords, so it leads nowhere",
    ),
]


@pytest.mark.parametrize(("file", "right", "wrong", "said"), MISTAKES)
def test_each_mistake_is_told(folder: Path, file: str, right: str, wrong: str, said: str) -> None:
    changed(folder, file, right, wrong)
    found = problems(folder)
    assert any(said in problem for problem in found), "\n".join(found)


def test_a_service_of_others_has_no_form(folder: Path) -> None:
    written(folder, {"services/income-statement/form.yaml": "pages: []\n"})
    assert any(
        "'income-statement' is done by others, yet services/income-statement/form.yaml stands "
        "beside it" in problem
        for problem in problems(folder)
    )


def test_a_question_that_nothing_uses_is_warned_of(folder: Path) -> None:
    text = (folder / ASKED).read_text("utf-8")
    more = "  - {id: sells, kind: yes-no, label: {sv: Säljer du?, en: Do you sell?}}\n"
    written(folder, {ASKED: text + more})
    assert problems(folder) == [
        f"solvik/{ASKED}:8:5: warning: no condition uses the answer to 'sells', so it is never "
        "asked. Expected a wanted_if of a life event, or a needed_if of a service, that names "
        "plan.sells."
    ]


def test_a_window_that_no_dated_event_tells_is_warned_of(folder: Path) -> None:
    changed(folder, EVENT, "date: {label: {sv: När?, en: When?}}\n", "")
    changed(folder, EVENT, ", by: on the day", "")
    assert [it for it in problems(folder) if "warning: no life event with a date leads to" in it]


def test_what_is_needed_on_the_day_is_no_circle(folder: Path) -> None:
    changed(
        folder, PERMIT, "{evidence: proof-of-income, at: decision}", "{evidence: it, at: event}"
    )
    changed(folder, PERMIT, "channels:", "produces: [permit]\nchannels:")
    changed(
        folder,
        INCOME,
        "produces: [proof-of-income]",
        "produces: [it]\nrequires: [{evidence: permit}]",
    )
    changed(
        folder,
        "evidence.yaml",
        "evidence:\n",
        "evidence:\n  - {id: it, title: {sv: I, en: I}}\n  - {id: permit, title: {sv: L, en: P}}\n",
    )
    assert problems(folder) == []


def test_days_are_told_by_the_event() -> None:
    day = date(2027, 3, 31)
    assert read_offset("1 month before").day(day) == date(2027, 2, 28)
    assert read_offset("P1W after").day(day) == date(2027, 4, 7)
    assert str(read_offset("4 months before")) == "P4M before"
    assert read_offset(str(read_offset("on the day"))).day(day) == day
