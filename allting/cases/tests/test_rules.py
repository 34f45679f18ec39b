"""Days, ways and rows of the table: pure."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from allting.cases import deadlines, path, placeholders, rules, workdays
from allting.cases.asked import as_raw, read, worded
from allting.cases.deadlines import Clock
from allting.cases.definitions import OutcomeKind, Process
from allting.cases.tests.town import MAP_PROCESS, PROCESS
from allting.ui.api import markdown, translator


def process(source: str = PROCESS) -> Process:
    return Process.model_validate_json(_json(source), context={"languages": ("sv", "en")})


def _json(source: str) -> str:
    import json

    return json.dumps(YAML(typ="safe", pure=True).load(source))


RECEIVED = date(2026, 10, 31)


def test_months_end_on_the_same_number_or_the_last_day() -> None:
    clocks = deadlines.clocks_at_receipt(process(), RECEIVED, {})
    assert deadlines.due(process(), clocks) == date(2027, 2, 28)
    assert deadlines.due(process(), {}) == deadlines.NEVER


def test_a_deadline_from_an_answer_and_from_a_stage() -> None:
    wished = process(PROCESS.replace("from: received, ext", "from: answers.start, ext"))
    clocks = deadlines.clocks_at_receipt(wished, RECEIVED, {"start": "2027-08-16"})
    assert deadlines.due(wished, clocks) == date(2027, 12, 16)
    assert (
        deadlines.due(wished, deadlines.clocks_at_receipt(wished, RECEIVED, {})) == deadlines.NEVER
    )

    staged = process(PROCESS.replace("from: received, ext", "from: proposed, ext"))
    clocks = deadlines.clocks_at_receipt(staged, RECEIVED, {})
    assert deadlines.due(staged, clocks) == deadlines.NEVER
    clocks = deadlines.clocks_in_stage(staged, clocks, "proposed", date(2026, 11, 2))
    again = deadlines.clocks_in_stage(staged, clocks, "proposed", date(2026, 12, 2))
    assert deadlines.due(staged, again) == date(2027, 3, 2)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (date(2026, 11, 21), date(2027, 4, 1)),  # within three weeks: begins anew
        (date(2026, 11, 22), date(2027, 2, 28)),  # later: goes on
    ],
)
def test_a_supplement_restarts_the_clock_if_asked_for_soon(asked: date, due: date) -> None:
    table = process()
    clocks = deadlines.clocks_at_receipt(table, RECEIVED, {})
    move = table.move("waiting", "supplement")
    assert move is not None
    after = deadlines.clocks_after(table, clocks, move, date(2026, 12, 1), asked)
    assert deadlines.due(table, after) == due


def test_a_time_is_made_longer_once() -> None:
    table = process()
    clocks = deadlines.clocks_at_receipt(table, date(2026, 11, 1), {})
    move = table.move("investigation", "extend")
    assert move is not None and deadlines.may_extend(move, clocks)
    after = deadlines.clocks_after(table, clocks, move, date(2026, 12, 1), None)
    assert deadlines.due(table, after) == date(2027, 5, 10)
    assert not deadlines.may_extend(move, after)
    assert deadlines.from_json(deadlines.to_json(after)) == after


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_next_workday_is_near_and_a_workday(day: date) -> None:
    found = workdays.next_workday(day)
    assert workdays.is_workday(found) and 0 <= (found - day).days <= 5
    assert workdays.next_workday(found) == found


def _day(n: int) -> date:
    return date(2026, 11, n)


def _told(table: Process, *visited: tuple[str, date]) -> list[tuple[str, str]]:
    return [(s.stage.id, s.state) for s in path.stations(table, visited)]


def test_the_path_of_a_case() -> None:
    table = process()
    assert _told(table, ("received", _day(1))) == [
        ("received", "now"),
        ("investigation", "next"),
        ("decided", "next"),
    ]
    assert _told(table, ("received", _day(1)), ("waiting", _day(2))) == [
        ("received", "done"),
        ("waiting", "now"),
        ("investigation", "next"),
        ("decided", "next"),
    ]
    assert _told(table, ("received", _day(1)), ("proposed", _day(2)), ("decided", _day(3))) == [
        ("received", "done"),
        ("proposed", "done"),
        ("decided", "now"),
    ]
    assert _told(table, ("received", _day(1)), ("withdrawn", _day(3)))[-1] == ("withdrawn", "now")


def test_a_stage_that_may_be_passed_by_is_drawn_and_says_so() -> None:
    drawing = "  - {id: drawing, title: {sv: Ritas}}\n  - {id: done,"
    draw = "moves:\n  - {do: draw, from: [received], to: drawing, who: administrator}\n"
    text = MAP_PROCESS.replace("  - {id: done,", drawing).replace("moves:\n", draw)
    table = process(text.replace("decide, from: [received]", "decide, from: [received, drawing]"))
    way = [(s.stage.id, s.always) for s in path.usual_way(table)]
    assert way == [("received", True), ("drawing", False), ("done", True)]
    # what was passed by is not drawn afterwards
    assert _told(table, ("received", _day(1)), ("done", _day(2))) == [
        ("received", "done"),
        ("done", "now"),
    ]
    begun = path.stations(table, [("received", _day(1)), ("drawing", _day(2))])
    assert all(s.always for s in begun)


def test_a_loop_is_taken_out_of_the_path() -> None:
    visited = [("received", 1), ("investigation", 2), ("waiting", 3), ("investigation", 4)]
    told = path.stations(process(), [(stage, _day(n)) for stage, n in visited])
    assert [s.stage.id for s in told] == ["received", "investigation", "decided"]
    assert told[1].since == _day(4)


def test_whom_a_case_waits_for() -> None:
    table = process()
    waits = {s.id: path.waits_for(table, s.id) for s in table.stages}
    assert waits == {
        "received": "administrator",
        "investigation": "administrator",
        "waiting": "applicant",
        "proposed": "decision-maker",
        "decided": "",
        "withdrawn": "",
    }


def test_the_moves_open_to_someone() -> None:
    table = process()
    clocks = {"offer": Clock(_day(1))}
    standing = rules.Standing("investigation", clocks, frozenset({"hear"}))
    mine = [m.do for m in rules.moves_open_to(table, standing, {"administrator"})]
    assert mine == ["ask-for-supplement", "extend", "propose", "take", "note"]
    assert rules.tasks_before(table, standing, "decide") == ("hear",)
    late = rules.Standing("investigation", {"offer": Clock(_day(1), extended=True)})
    assert "extend" not in [m.do for m in rules.moves_open_to(table, late, {"administrator"})]
    assert [m.do for m in rules.moves_open_to(table, standing, {"applicant"})] == ["withdraw"]


def test_what_a_decision_must_state() -> None:
    outcome = process().outcome("placed")
    units = {"preschool": {"solrosen", "blaklockan"}}
    values, faults = read(outcome, {"unit": "solrosen", "start": "2027-01-11"}, units.__getitem__)
    assert values == {"unit": "solrosen", "start": "2027-01-11"} and not faults
    _, faults = read(outcome, {"unit": "granen", "start": "2027-02-30"}, units.__getitem__)
    assert [fault.field for fault in faults] == ["value-unit", "value-start"]
    _, faults = read(outcome, {}, units.__getitem__)
    assert len(faults) == 2
    assert rules.prefilled(outcome, {"unit": ["blaklockan", "solrosen"], "x": 1}, {}) == {
        "unit": "blaklockan"
    }
    wishes = {"preschool": ["solrosen", "blaklockan"]}
    assert rules.prefilled(outcome, {"start": "2027-01-11"}, wishes) == {
        "unit": "solrosen",
        "start": "2027-01-11",
    }


def test_values_in_words() -> None:
    unit, start = process().outcome("placed").asks
    speak = translator("en")
    assert worded(unit, "solrosen", speak, {"solrosen": "Solrosen"}) == "Solrosen"
    assert worded(start, "2027-01-11", speak, {}) == "11 January 2027"
    size = process(MAP_PROCESS).outcome("granted").asks[0]
    values, _ = read(size_outcome(), as_raw({"size": "1 200,50"}), lambda kind: ())
    assert values == {"size": "1200.50"}
    assert worded(size, "1200.5", speak, {}) == "1,200.5"


def size_outcome() -> OutcomeKind:
    return process(MAP_PROCESS).outcome("granted")


@given(st.text(max_size=60))
def test_a_value_in_a_letter_shows_itself_and_no_more(value: str) -> None:
    html = str(markdown("x " + placeholders.as_plain(value)))
    assert "<" not in html.replace("<p>", "").replace("</p>", "").replace("<br>", "").replace(
        "<br />", ""
    )


def test_placeholders_are_found_and_filled() -> None:
    source = "# Hi {applicant.name}\n{message}"
    assert [name for _, name in placeholders.used_in(source)] == ["applicant.name", "message"]
    assert placeholders.fill(source, {"applicant.name": "Maja", "message": "x"}.__getitem__) == (
        "# Hi Maja\nx"
    )


def test_six_months_after_receipt_the_party_may_ask_for_a_decision() -> None:
    days = [date(2027, 4, n) for n in (29, 30)]
    told = [rules.may_ask_for_decision(RECEIVED, day, True) for day in days]
    assert told == [False, True]
    assert not rules.may_ask_for_decision(RECEIVED, days[1], False)
    assert all(a < b for a, b in pairwise(days))
