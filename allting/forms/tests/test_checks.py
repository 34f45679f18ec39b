"""A form that cannot work is refused with where, what and how to mend it."""

from pathlib import Path

import pytest

from allting.forms.tests.municipality import PRESCHOOL, PRESCHOOL_FORM, checked


def problems(tmp_path: Path, **changed: str | None) -> list[str]:
    return [str(problem) for problem in checked(tmp_path, **changed).errors]


def with_form(tmp_path: Path, form: str) -> list[str]:
    return problems(tmp_path, services__preschool__form=form)


def test_the_example_is_sound(tmp_path: Path) -> None:
    assert problems(tmp_path) == []


FAULTS = {
    # what is written -> (what it was, what must be said, part of the line it points at)
    "unknown kind": ("kind: long-text", "kind: essay", "essay"),
    "unknown fact": ("applicant.phone", "applicant.fone", "not a fact of the register"),
    "fact of another type": (
        "kind: phone, known_from: applicant.phone",
        "kind: date, known_from: applicant.phone",
        "a question of kind text, long-text, email, phone or address",
    ),
    "unknown answer": ("answers.extent = 'part-time'", "answers.extend = 'part-time'", "extend"),
    "unknown option": (
        "asked_if: answers.extent = 'part-time'\n    questions",
        "asked_if: answers.extent = 'sometimes'\n    questions",
        "sometimes",
    ),
    "used before it is asked": (
        "{id: child, kind: child, label: {sv: Välj barn, en: Choose the child}}",
        "{id: child, kind: child, label: {sv: Välj barn, en: Choose the child}, "
        "valid_if: answers.hours > 2}",
        "valid_if uses answers.hours, which has not been answered by then",
    ),
    "uses itself": (
        "asked_if: answers.extent = 'part-time'\n        min",
        "asked_if: answers.hours > 3\n        min",
        "asked_if uses answers.hours, which has not been answered by then",
    ),
    "compares types": ("answers.start >= as_of", "answers.start >= 3", "date"),
    "unknown units": ("units: preschool", "units: preschols", "did you mean 'preschool'?"),
    "no units": ("kind: wishes, units: preschool,", "kind: wishes,", "which units to choose from"),
    "units of nothing": ("kind: long-text,", "kind: long-text, units: preschool,", "has no units"),
    "same option twice": ("{id: part-time,", "{id: full-time,", "full-time"),
    "one option": (
        "          - {id: part-time, label: {sv: Deltid, en: Part time}}\n",
        "",
        "fewer than two options",
    ),
    "options of nothing": (
        "kind: long-text,",
        "kind: long-text, options: [{id: a, label: A}],",
        "has no options",
    ),
    "same question twice": ("{id: reason, kind", "{id: start, kind", "start"),
    "same page twice": ("- id: places\n", "- id: hours\n", "hours"),
    "reserved page": ("- id: places\n", "- id: check\n", "a page cannot be called 'check'"),
    "limit of nothing": ("kind: email,", "kind: email, min: 3,", "has no limits"),
    "limit of wrong type": ("max: 2 years", "max: soon", "a date (2027-01-10) or a length of time"),
    "max below min": ("min: 1\n", "min: 50\n", "less than min"),
    "error without condition": (
        "valid_if: answers.start >= as_of\n",
        "\n",
        "this text is never shown",
    ),
    "no pages": (PRESCHOOL_FORM, "pages: []\n", "pages"),
    "no child": ("kind: child", "kind: text", "no question chooses the child"),
    "optional child": ("kind: child,", "kind: child, required: false,", "is not always asked"),
    "two children": (
        "{id: reason, kind: long-text, required: false, label: {sv: Skäl, en: Reason}, max: 100}",
        "{id: other, kind: child, label: Syskon}",
        "second question of kind child",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told(tmp_path: Path, name: str) -> None:
    was, becomes, said = FAULTS[name]
    assert was in PRESCHOOL_FORM
    found = with_form(tmp_path, PRESCHOOL_FORM.replace(was, becomes))
    assert any(said in one and "services/preschool/form.yaml:" in one for one in found), found


def test_a_fault_points_at_its_column(tmp_path: Path) -> None:
    form = PRESCHOOL_FORM.replace("answers.start >= as_of", "answers.strat >= as_of")
    line = next(n for n, text in enumerate(form.splitlines(), 1) if "strat" in text)
    column = form.splitlines()[line - 1].index("answers.strat") + 1
    assert any(f"form.yaml:{line}:{column}:" in one for one in with_form(tmp_path, form))


def test_facts_of_the_child_wait_for_the_child(tmp_path: Path) -> None:
    question = "{id: q, kind: yes-no, label: Q, asked_if: age(birth_date) > 3}"
    first = f"  - id: first\n    title: A\n    questions: [{question}]\n"
    form = PRESCHOOL_FORM.replace("pages:\n", "pages:\n" + first)
    assert any("before the child has been chosen" in one for one in with_form(tmp_path, form))


def test_a_child_question_needs_a_service_about_children(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        services__preschool__service=PRESCHOOL.replace("subject: child", "subject: applicant"),
    )
    assert any("the service concerns applicant" in one for one in found), found


@pytest.mark.parametrize(
    ("condition", "reached"),
    [
        ("answers.extent = 'part-time' and answers.extent = 'full-time'", False),
        ("false", False),
        ("answers.extent = 'full-time' and answers.hours > 2", True),  # hours may be unknown
        ("age(birth_date) > 200 and answers.extent = 'full-time'", True),  # facts are not guessed
        ("answers.extent <> 'part-time'", True),
    ],
)
def test_pages_no_one_can_reach(tmp_path: Path, condition: str, reached: bool) -> None:
    form = PRESCHOOL_FORM.replace(
        "asked_if: answers.extent = 'part-time'\n    questions",
        f"asked_if: {condition}\n    questions",
    )
    told = any("no one can reach the page 'reason'" in one for one in with_form(tmp_path, form))
    assert told is not reached


def test_a_form_without_a_service(tmp_path: Path) -> None:
    found = problems(tmp_path, services__permit__service=None)
    assert any("there is a form but no service 'permit'" in one for one in found), found


def test_examples_say_what_is_asked(tmp_path: Path) -> None:
    def example(asked: str) -> str:
        return f"""
            examples:
              - id: part-time
                says: Deltid
                on: 2026-11-01
                given:
                  child: {{birth_date: 2024-09-10, municipality_code: "2599"}}
                  answers: {{extent: part-time}}
                expect: {{{asked}}}
            """

    everything = "child, start, extent, hours, reason, places, phone, email"
    good = example(f"asked: [{everything}], not_asked: []")
    assert problems(tmp_path / "a", services__preschool__examples=good) == []
    bad = example("asked: [child], not_asked: [hours, nothing]")
    found = "\n".join(problems(tmp_path / "b", services__preschool__examples=bad))
    assert f"the questions asked are [{everything}], not [child]" in found
    assert "'hours' is asked, but the example says it is not" in found
    assert "'nothing' is not a question of form.yaml" in found
