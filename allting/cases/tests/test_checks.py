"""Broken processes and letters: each mistake with its place and the words for whoever made it."""
# ruff: noqa: E501 (a table reads better as a table; the lines of a package are its own)

from pathlib import Path

import pytest

from allting.cases.tests.town import FILES, PROCESS, PROCESS_FILE, checked

LETTERS = "services/preschool-place/letters"
MAP = "services/map/process.yaml"


def _problems(folder: Path, file: str, old: str, new: str) -> list[str]:
    assert old in FILES[file], old
    result = checked(folder, {file: FILES[file].replace(old, new, 1)})
    return [str(problem) for problem in result.problems]


def test_the_town_is_in_order(tmp_path: Path) -> None:
    result = checked(tmp_path)
    assert [str(problem) for problem in result.problems] == []


BROKEN = [
    # (old, new, what the check says, what it suggests)
    ("from: [received], to: investigation", "from: [recieved], to: investigation",
     "there is no stage 'recieved'", "did you mean 'received'?"),
    ("do: take, from: [received], to: investigation", "do: take, from: [received], to: investigated",
     "there is no stage 'investigated'", "did you mean 'investigation'?"),
    ("to: decided, who: decision-maker", "to: decided, who: decisionmaker",
     "there is no role 'decisionmaker'", "did you mean 'decision-maker'?"),
    ("restarts: offer", "restarts: offers", "there is no deadline 'offers'", "'offer'"),
    ("extends: offer, letter", "extends: ofer, letter", "there is no deadline 'ofer'", "'offer'"),
    ("at: investigation", "at: investigating", "there is no stage 'investigating'", "'investigation'"),
    ("before: [decide]", "before: [decides]", "there is no move 'decides'", "'decide'"),
    ("do: send-back, from: [proposed]", "do: decide, from: [proposed]",
     "'decide' from 'proposed' stands in two rows", "one row for each move and stage"),
    ("  - {do: propose, from: [received, investigation], to: proposed, who: administrator}\n", "",
     "no case can come to the stage 'proposed'", "a move that leads to it"),
    ("en: Decided}, final: true", "en: Decided}", "a case that has come to 'decided' can never end",
     "moves that lead on to withdrawn"),
    ("from: [received, investigation, waiting, proposed], to: withdrawn",
     "from: [received, decided, waiting, proposed], to: withdrawn",
     "'withdraw' leads out of 'decided', which is final", "a note that stays in it"),
    ("who: administrator, letter: supplement", "who: administrator",
     "nobody tells the applicant what is asked for", "{message}"),
    ("do: supplement, from: [waiting]", "do: answer, from: [waiting]",
     "the applicant cannot answer in 'waiting'", "do: supplement, from: [waiting]"),
    ("to: investigation, who: applicant", "to: investigation, who: administrator",
     "a supplement comes from the applicant", "who: applicant"),
    ("within: 4 months, from: received", "within: 4 months, from: recieved",
     "there is no stage 'recieved'", "did you mean 'received'?"),
    ("within: 4 months, from: received", "within: 4 months, from: answers.begin",
     "there is no date question 'answers.begin'", "answers.start"),
    ("within: 4 months", "within: 4 moths", "'moths'", "months"),
    (" extension: 10 weeks,", "", "the deadline 'offer' does not say how much longer", "extension:"),
    (", extends: offer,", ",", "no move extends 'offer'", "extends: offer"),
    ("produces: [preschool-placement]", "produces: [preschool-place]",
     "there is no kind of evidence 'preschool-place'", "did you mean 'preschool-placement'?"),
    ("units: preschool", "units: preschols", "there is no kind of unit 'preschols'", "'preschool'"),
    ("kind: unit, units: preschool,", "kind: unit,", "'unit' does not say which units", "units:"),
    ("{id: start, kind: date,", "{id: start, kind: choice,", "'start' has nothing to choose from",
     "options"),
    ("letter: refused}", "letter: refusal}", "there is no letter 'refusal'", "'refused'"),
    ("confirmation: received", "confirmation: recieved", "there is no letter 'recieved'", "'received'"),
    ("appeal:\n  kind: legality-review\n  to: {sv: Förvaltningsrätten, en: The administrative court}\n"
     "  within: 3 weeks\n  from: announced\n  says: {sv: Beslutet kan prövas av förvaltningsrätten.,"
     " en: The administrative court can test the decision.}\n", "",
     "the letters cannot say how to have the decision tested", "FL § 33"),
    ("from: [investigation, proposed], to: decided", "from: [investigation, proposed], to: proposed",
     "after the decision the case could be decided again", "a stage from which no move decides"),
    ("final: true", "finall: true", "finall", "final"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "says", "suggests"), BROKEN)
def test_a_broken_process(tmp_path: Path, old: str, new: str, says: str, suggests: str) -> None:
    found = [one for one in _problems(tmp_path, PROCESS_FILE, old, new) if says in one]
    assert found, f"nothing said {says!r}"
    assert suggests in found[0]
    assert PROCESS_FILE + ":" in found[0]


AUTOMATIC = [
    ("answers.size <= 100", "answers.sise <= 100", "answers.sise is not a known fact", "answers.size"),
    ("answers.size <= 100 and protected = false", "answers.size", "the whole is a number", "yes or no"),
    ("outcome: granted, values", "outcome: given, values", "there is no outcome 'given'", "granted"),
    ("values: {size: answers.size}", "values: {size: answers.size > 1}", "number", ""),
    ("values: {size: answers.size}", "values: {sise: answers.size}", "no asked value 'sise'", "size"),
    ("values: {size: answers.size}}", "reason: Ja}", "asks for 'size', which this rule", "values:"),
    ("    granted: true\n", "", "that does not grant everything must say why", "reason"),
    ("  - {do: decide, from: [received], to: done, who: decision-maker}\n",
     "  - {do: end, from: [received], to: done, who: decision-maker}\n",
     "there are outcomes, but no move decides", "do: decide"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "says", "suggests"), AUTOMATIC)
def test_a_broken_rule(tmp_path: Path, old: str, new: str, says: str, suggests: str) -> None:
    found = [one for one in _problems(tmp_path, MAP, old, new) if says in one]
    assert found and suggests in found[0]


BROKEN_LETTERS = [
    ("placed.sv", "{decision.unit}", "{decision.units}", "'{decision.units}' cannot be filled in",
     "did you mean 'decision.unit'?"),
    ("received.en", "{case.number}", "{decision.date}", "'{decision.date}' cannot be filled in", ""),
    ("refused.en", "{decision.reason}", "{message}", "'{message}' cannot be filled in", ""),
    ("placed.en", "{cost.fee}", "{cost.free}", "'{cost.free}'", "did you mean 'cost.fee'?"),
    ("placed.en", "{subject.name}", "{answers.begin}", "'{answers.begin}'", "answers.start"),
    ("received.sv", "# Vi har", "Vi har", "the letter has no subject", "begins with '# '"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "says", "suggests"), BROKEN_LETTERS)
def test_a_broken_letter(
    tmp_path: Path, name: str, old: str, new: str, says: str, suggests: str
) -> None:
    found = [one for one in _problems(tmp_path, f"{LETTERS}/{name}.md", old, new) if says in one]
    assert found and suggests in found[0]
    assert f"{LETTERS}/{name}.md:" in found[0]


def test_a_missing_letter_and_a_missing_language(tmp_path: Path) -> None:
    result = checked(
        tmp_path, {f"{LETTERS}/refused.en.md": None, f"{LETTERS}/old.sv.md": "# Gammalt\n"}
    )
    said = [str(problem) for problem in result.warnings]
    assert any("'refused' is not written in 'en'" in one for one in said)
    assert any("nothing sends the letter 'old'" in one for one in said)
    assert not result.errors


def test_a_form_without_a_process(tmp_path: Path) -> None:
    said = [str(p) for p in checked(tmp_path, {PROCESS_FILE: None}).errors]
    assert any("nobody takes care of what is submitted to 'preschool-place'" in one for one in said)


def test_no_final_stage(tmp_path: Path) -> None:
    changed: dict[str, str | None] = {PROCESS_FILE: PROCESS.replace(", final: true", "")}
    said = [str(p) for p in checked(tmp_path, changed).errors]
    assert any("no stage is the last" in one for one in said)


EXAMPLES = """\
examples:
  - id: small
    says: {sv: Liten, en: Small}
    on: 2026-11-01
    given: {applicant: {protected: false}, answers: {size: 40}}
    expect: {decision: DECIDED}
  - id: large
    says: {sv: Stor, en: Large}
    on: 2026-11-01
    given: {answers: {size: 400}}
    expect: {decision: none}
"""


def test_examples_say_what_is_decided_automatically(tmp_path: Path) -> None:
    name = "services/map/examples.yaml"
    assert not checked(tmp_path / "a", {name: EXAMPLES.replace("DECIDED", "granted")}).errors
    wrong = checked(tmp_path / "b", {name: EXAMPLES.replace("DECIDED", "none")}).errors
    assert "the automatic decision is 'granted', not 'none'" in str(wrong[0])
    unknown = checked(tmp_path / "c", {name: EXAMPLES.replace("DECIDED", "refused")}).errors
    assert "there is no outcome 'refused'" in str(unknown[0])


@pytest.mark.parametrize(
    ("letter", "said"),
    [
        ("placed.sv", "{answers.start}"),
        ("refused.en", "{answers.start}"),
        ("placed.en", ""),
    ],
)
def test_a_decision_for_all_guardians_quotes_no_answer(
    tmp_path: Path, letter: str, said: str
) -> None:
    file = f"{LETTERS}/{letter}.md"
    result = checked(tmp_path, {file: FILES[file] + f"\n{said or 'Hej.'}\n"})
    found = [str(one) for one in result.warnings if "what one guardian wrote" in str(one)]
    assert bool(found) == bool(said)
    assert all(f"{file}:" in one and "decision_to: applicant" in one for one in found)
    to_one = f"{FILES[PROCESS_FILE]}decision_to: applicant\n"
    alone = checked(tmp_path / "b", {file: FILES[file] + f"\n{said}\n", PROCESS_FILE: to_one})
    assert not [one for one in alone.warnings if "what one guardian wrote" in str(one)]


def test_what_only_the_applicant_gets_may_quote(tmp_path: Path) -> None:
    file = f"{LETTERS}/received.sv.md"
    result = checked(tmp_path, {file: FILES[file] + "\n{answers.start}\n"})
    assert not result.warnings
