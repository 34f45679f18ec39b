"""Days that can never hold, and plans that do not come out, are told when a package is checked."""

from pathlib import Path

import pytest

from allting.catalogue.testing import changed, town
from allting.packages.api import check
from allting.packages.testing import written

PERMIT = "services/building-permit/service.yaml"
MAP = "services/new-construction-map/service.yaml"
EVENT = "life-events/building.yaml"
EXAMPLES = "life-events/building.examples.yaml"
FILES = {
    EVENT: """\
title: {sv: Bygga, en: Building}
summary: {sv: Från idé till hus, en: From idea to house}
picture: house
date: {label: {sv: När?, en: When?}}
services:
  - {service: building-permit, by: on the day}
""",
    EXAMPLES: """\
examples:
  - id: in-time
    says: {sv: Kartan först, en: The map first}
    on: 2027-01-11
    event: 2027-08-02
    expect:
      steps:
        - {service: new-construction-map, state: now, latest: 2027-05-03}
        - {service: building-permit, state: waits, earliest: 2027-02-01}
      critical: [new-construction-map, building-permit]
      clashes: {}
      asks: none
      ready: 2027-04-12
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    where = written(town(tmp_path), FILES)
    changed(where, PERMIT, "board: building", "board: building\nprocessing_time: {legal: 10 weeks}")
    changed(where, MAP, "board: building", "board: building\nprocessing_time: {typical: 3 weeks}")
    return where


def problems(folder: Path) -> list[str]:
    return [str(problem) for problem in check(folder).problems]


def test_a_right_package_has_no_problems(folder: Path) -> None:
    assert problems(folder) == []


def test_a_broken_service_is_told_once_and_not_by_the_plans_it_was_in(folder: Path) -> None:
    changed(folder, MAP, "board: building", "bord: building")
    (told,) = problems(folder)
    assert "'bord' is not a key here" in told


# file, what stands there, what is written instead, what the check says
MISTAKES = [
    (
        PERMIT,
        "legal: 10 weeks",
        "legal: 10 weeks}\nwindow: {closes: 4 months before",
        None,
    ),
    (
        MAP,
        "typical: 3 weeks",
        "typical: 3 weeks}\nwindow: {opens: 2 weeks before",
        "the days of 'new-construction-map' can never hold, by 77 days: the window of "
        "'new-construction-map' opens so late, yet 'building-permit' is wanted so early",
    ),
    (
        "evidence.yaml",
        "valid_for: 2 years",
        "valid_for: 9 weeks",
        "'new-construction-map' is valid for 9 weeks, but 'building-permit' takes 10 weeks",
    ),
    (
        EXAMPLES,
        "latest: 2027-05-03",
        "latest: 2027-05-04",
        f"solvik/{EXAMPLES}:2:5: error: the example 'in-time' does not hold: "
        "'new-construction-map': latest is 2027-05-03, not 2027-05-04.",
    ),
    (EXAMPLES, "state: now", "state: later", "state is now, not later"),
    (
        EXAMPLES,
        "{service: new-construction-map,",
        "{service: new-construction-mapp,",
        "the steps are new-construction-map, building-permit, not new-construction-mapp, "
        "building-permit; did you mean 'new-construction-map'?",
    ),
    (
        EXAMPLES,
        "event: 2027-08-02",
        "event: 2027-04-11",
        "the clashes are new-construction-map: 1, not",
    ),
    (EXAMPLES, "asks: none", "asks: builds", "it asks 'none', not 'builds'"),
    (EXAMPLES, "ready: 2027-04-12", "ready: 2027-04-13", "all is done 2027-04-12, not 2027-04-13"),
    (EXAMPLES, "critical: [new-construction-map, ", "critical: [", "what decides the end is"),
    (
        EXAMPLES,
        "    expect:",
        "    given: {applicant: {brith_date: 2000-01-01}}\n    expect:",
        "given: there is no fact 'brith_date'; did you mean 'birth_date'?",
    ),
    (
        EXAMPLES,
        "    expect:",
        "    held: {construction-map: 2026-10-10}\n    expect:",
        "held: there is no evidence 'construction-map'",
    ),
]


@pytest.mark.parametrize(("file", "right", "wrong", "said"), MISTAKES)
def test_each_mistake_is_told(
    folder: Path, file: str, right: str, wrong: str, said: str | None
) -> None:
    changed(folder, file, right, wrong)
    found = [it for it in problems(folder) if "warning" not in it]
    if said is None:  # the day changes, so the example does; nothing is impossible
        assert all("does not hold" in it for it in found)
    else:
        assert any(said in problem for problem in found), "\n".join(found)


def test_evidence_that_expires_on_a_way_round(folder: Path) -> None:
    """The map is used by the permit, which also waits for a survey that takes the map."""
    survey = (folder / MAP).read_text("utf-8")
    survey = survey.replace("produces: [new-construction-map]", "produces: [survey]")
    survey = (
        survey.replace("3 weeks", "100 weeks") + "requires: [{evidence: new-construction-map}]\n"
    )
    written(folder, {"services/survey/service.yaml": survey})
    changed(folder, "evidence.yaml", "evidence:\n", "evidence:\n  - {id: survey, title: Mätning}\n")
    changed(
        folder,
        PERMIT,
        "  - {evidence: new-construction-map}",
        "  - {evidence: new-construction-map}\n  - {evidence: survey}",
    )
    (folder / EXAMPLES).unlink()
    found = problems(folder)
    assert any(
        "'new-construction-map' has expired" in it and "before 'building-permit' is done" in it
        for it in found
    ), found
