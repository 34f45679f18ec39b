"""Each mistake in the catalogue's files is told where it stands, with what to do about it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from allting.catalogue.testing import changed, town
from allting.kernel.api import clock_at
from allting.packages.api import check
from allting.packages.testing import written

PRESCHOOL = "services/preschool-place/service.yaml"
PERMIT = "services/building-permit/service.yaml"
MAP = "services/new-construction-map/service.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return town(tmp_path)


def problems(folder: Path) -> list[str]:
    return [str(problem) for problem in check(folder).problems]


def test_a_right_package_has_no_problems(folder: Path) -> None:
    assert problems(folder) == []


@pytest.mark.parametrize(("year", "told"), [(2026, False), (2027, True)])
def test_who_has_not_been_read_through_for_a_year_is_told(
    folder: Path, year: int, told: bool
) -> None:
    with clock_at(datetime(year, 10, 16, 9, tzinfo=UTC)):
        found = check(folder)
    said = [it.what for it in found.problems]
    assert said == (["nobody has read this service through since 2026-10-15"] if told else [])
    assert found.definition is not None  # a warning stops nothing


# file, what stands there, what is written instead, what the check says
MISTAKES = [
    (
        PRESCHOOL,
        "board: education",
        "board: educaton",
        f"solvik/{PRESCHOOL}:3:8: error: there is no board 'educaton'. "
        "Expected education or building, as organisation.yaml lists them. "
        "Try: did you mean 'education'?",
    ),
    (
        PRESCHOOL,
        "topics: [childcare]",
        "topics: [childcar]",
        f"solvik/{PRESCHOOL}:5:10: error: there is no topic 'childcar'. "
        "Expected childcare or building, as topics.yaml lists them. "
        "Try: did you mean 'childcare'?",
    ),
    (
        PRESCHOOL,
        "life_events: [having-a-child]",
        "life_events: [having-child]",
        f"solvik/{PRESCHOOL}:6:15: error: there is no life event 'having-child'. "
        "Expected having-a-child. Try: did you mean 'having-a-child'?",
    ),
    (
        PERMIT,
        "evidence: new-construction-map",
        "evidence: construction-map",
        f"solvik/{PERMIT}:8:16: error: there is no kind of evidence 'construction-map'. "
        "Expected new-construction-map or proof-of-income, as evidence.yaml lists them. "
        "Try: did you mean 'new-construction-map'?",
    ),
    (
        "life-events/having-a-child.yaml",
        "services: [preschool-place]",
        "services: [preschool-places]",
        "solvik/life-events/having-a-child.yaml:5:12: error: there is no service "
        "'preschool-places'. Expected building-permit, new-construction-map or preschool-place. "
        "Try: did you mean 'preschool-place'?",
    ),
    (
        PRESCHOOL,
        "law: SkolL 8:12",
        "law: Skoll 8:12",
        f"solvik/{PRESCHOOL}:12:10: error: there is no act 'Skoll'. "
        "Expected SkolL or PBL, as law.yaml lists them. Try: did you mean 'SkolL'?",
    ),
    (
        PRESCHOOL,
        "keywords: {sv: [dagis, förskoleplats], en:",
        "keywords: {sv: [dagis, förskoleplats], fi: [päiväkoti], en:",
        f"solvik/{PRESCHOOL}:7:44: error: there is no language 'fi'. Expected sv or en.",
    ),
    (
        MAP,
        "produces: [new-construction-map]",
        "produces: []",
        "solvik/evidence.yaml:4:26: error: the service 'new-construction-map' does not give "
        "'new-construction-map'. Expected a service whose produces names this evidence. Try: add "
        "'new-construction-map' to produces in services/new-construction-map/service.yaml.",
    ),
    (
        PRESCHOOL,
        "- {id: phone, kind: phone}",
        "- {id: online, kind: e-service}",
        f"solvik/{PRESCHOOL}:18:5: error: the service 'preschool-place' has an e-service but no "
        "form. Expected services/preschool-place/form.yaml, or web: https://… where the "
        "e-service is. Try: write the form, or take this channel away; a service is complete "
        "without an e-service.",
    ),
    (
        "services/preschool-place/examples.yaml",
        "one-year-old: yes",
        "one-year-old: no",
        "the condition 'one-year-old' is yes, not no",
    ),
    (
        "services/preschool-place/examples.yaml",
        "{fee: 1560}",
        "{fee: 1561}",
        "the cost 'fee' is 1560, not 1561",
    ),
    (
        "services/preschool-place/examples.yaml",
        "{fee: 1560}",
        "{fee: parameters.income_cap - 1}",
        "the cost 'fee' is 1560, not 61559",
    ),
    (
        "services/preschool-place/examples.yaml",
        "{fee: 1560}",
        "{fee: household.income_month}",
        "an amount is a number, `unknown`, or worked out from parameters alone",
    ),
    (
        "services/preschool-place/examples.yaml",
        "birth_date: 2024-09-10",
        "brith_date: 2024-09-10",
        "given: there is no fact 'brith_date'; did you mean 'birth_date'?",
    ),
    (
        "services/preschool-place/examples.yaml",
        "birth_date: 2024-09-10",
        "birth_date: 2024-13-10",
        "given: 'birth_date' is '2024-13-10'; expected a date",
    ),
    (
        "organisation.yaml",
        'opens: "08:00", closes: "16:30"',
        'opens: "16:30", closes: "08:00"',
        "it closes at 08:00, before it opens at 16:30",
    ),
    (
        "organisation.yaml",
        "days: mon-fri",
        "days: weekdays",
        "'weekdays' is not days of the week. Expected mon, tue, wed, thu, fri, sat, sun or mon-fri",
    ),
]


@pytest.mark.parametrize(("file", "right", "wrong", "said"), MISTAKES)
def test_each_mistake_is_told(folder: Path, file: str, right: str, wrong: str, said: str) -> None:
    changed(folder, file, right, wrong)
    found = problems(folder)
    assert any(said in problem for problem in found), "\n".join(found)


def test_every_mistake_in_an_expression_is_told_at_its_character(folder: Path) -> None:
    changed(folder, PRESCHOOL, "age(birth_date) >= 1", "agee(birth_date) >= 1 and brth_date > 1")
    found = "\n".join(problems(folder))
    assert f"{PRESCHOOL}:14:12: error:" in found
    assert f"{PRESCHOOL}:14:38: error:" in found
    assert "did you mean birth_date" in found


def test_an_amount_is_a_number(folder: Path) -> None:
    changed(folder, PRESCHOOL, "parameters.income_cap) * 0.03", "parameters.income_cap) > 3")
    assert (
        f"solvik/{PRESCHOOL}:23:13: error: the whole is yes or no. Expected a number."
        in problems(folder)
    )


def test_services_may_not_wait_for_each_other(folder: Path) -> None:
    changed(folder, MAP, "produces:", "requires: [{evidence: permit}]\nproduces:")
    changed(folder, PERMIT, "channels:", "produces: [permit]\nchannels:")
    changed(
        folder,
        "evidence.yaml",
        "evidence:\n",
        "evidence:\n  - {id: permit, title: {sv: L, en: P}}\n",
    )
    assert any(
        "services wait for each other in a circle: "
        "building-permit → new-construction-map → building-permit" in problem
        for problem in problems(folder)
    )


def test_evidence_that_nobody_gives(folder: Path) -> None:
    changed(folder, "evidence.yaml", "    issued_by: {service: new-construction-map}\n", "")
    assert problems(folder) == []  # the service that produces it is enough
    changed(folder, MAP, "produces: [new-construction-map]\n", "")
    assert any("nobody gives 'new-construction-map'" in problem for problem in problems(folder))


def test_a_life_event_leads_somewhere(folder: Path) -> None:
    written(folder, {"life-events/moving.yaml": (
        "title: {sv: Flytta, en: Moving}\nsummary: {sv: Ny, en: New}\npicture: moving\n"
    )})  # fmt: skip
    assert any("the life event 'moving' leads nowhere" in problem for problem in problems(folder))


def test_a_service_that_nothing_leads_to_is_warned_of(folder: Path) -> None:
    changed(folder, MAP, "topics: [building]\n", "")
    assert any(
        "warning: no topic and no life event leads to the service 'new-construction-map'" in it
        for it in problems(folder)
    )


def test_a_service_that_needs_a_computer_is_warned_of(folder: Path) -> None:
    changed(folder, MAP, "- {id: phone, kind: phone}", "- {id: mail, kind: email}")
    assert any(
        "warning: the service 'new-construction-map' can only be had with a computer" in it
        for it in problems(folder)
    )


def test_units_of_one_kind_stand_in_one_file(folder: Path) -> None:
    written(folder, {"units/more.yaml": "kind: preschool\nunits: [{id: a, name: A}]\n"})
    assert any("already holds the units of kind 'preschool'" in it for it in problems(folder))


def test_a_broken_file_is_complained_of_once(folder: Path) -> None:
    changed(folder, "organisation.yaml", "boards:", "bords:")
    assert not any("there is no board" in problem for problem in problems(folder))


ARMS = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 12"><path d="M0 0 L1 1"/></svg>\n'


def test_the_coat_of_arms_is_there_and_shown(folder: Path) -> None:
    file = "organisation.yaml"
    stated = (folder / file).read_text("utf-8")
    written(folder, {"arms.svg": ARMS})
    assert problems(folder) == [
        "solvik/arms.svg:1:1: warning: nothing shows this drawing. "
        "Try: arms: arms.svg in organisation.yaml."
    ]
    written(folder, {file: f"arms: arms.svg\n{stated}"})
    assert problems(folder) == []
    written(folder, {file: f"arms: amrs.svg\n{stated}"})
    assert problems(folder)[0] == (
        f"solvik/{file}:1:7: error: there is no drawing 'amrs.svg'. "
        "Expected an SVG file in the package's folder. Try: did you mean 'arms.svg'?"
    )
    written(folder, {file: f"arms: ../arms.png\n{stated}"})
    assert (
        f"solvik/{file}:1:7: error: '../arms.png' is not the name of a drawing"
        in (problems(folder)[0])
    )


def test_an_amount_may_be_worked_out_from_parameters(folder: Path) -> None:
    file = "services/preschool-place/examples.yaml"
    changed(folder, file, "{fee: 1560}", "{fee: parameters.income_cap - 60000}")
    assert problems(folder) == []
