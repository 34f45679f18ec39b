"""What a condition was judged by is told in the reader's words, never in ids."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from allting.cases.tests.people import a_case, client_of, people
from allting.cases.tests.town import FORM, PRESCHOOL, published
from allting.conditions.api import Fact, FactType
from allting.ui.api import translator
from allting.workplace.judged import said_of

CHOICE = """
      - id: care
        kind: choice
        label: {sv: Vad gör du?, en: What do you do?}
        options:
          - {id: working, label: {sv: Arbetar, en: I work}}
          - {id: looking, label: {sv: Söker arbete, en: I look for work}}
      - {id: pay, kind: money, label: {sv: Lön, en: Pay}}
      - id: why
        kind: choices
        label: {sv: Skäl, en: Reasons}
        options:
          - {id: shift-work, label: {sv: Skiftarbete, en: Shift work}}
          - {id: other, label: {sv: Annat, en: Other}}
"""
RULE = """
conditions:
  - id: works
    holds: >-
      answers.care = 'working' and answers.pay > 0 and answers.why_shift_work
      and answers.unit_first = 'solrosen' and municipality_code = here
    says: {sv: Du arbetar, en: You work}
"""
FILES: dict[str, str | None] = {
    "services/preschool-place/form.yaml": FORM.rstrip() + CHOICE,
    "services/preschool-place/service.yaml": PRESCHOOL[: PRESCHOOL.index("conditions:")]
    + RULE
    + PRESCHOOL[PRESCHOOL.index("produces:") :],
}
ANSWERS = {
    "start": "2027-01-11",
    "unit": ["solrosen"],
    "care": "working",
    "pay": "31500",
    "why": ["shift-work"],
}
MARRIED = {"married": {"sv": "gift", "en": "married"}}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", ("Vad gör du?: <strong>Arbetar", "Skäl – Skiftarbete: <strong>ja", "Viks kommun")),
        ("en", ("What do you do?: <strong>I work", "Reasons – Shift work: <strong>yes")),
    ],
)
def test_a_case_says_labels_not_ids(
    db: None, tmp_path: Path, language: str, words: tuple[str, ...]
) -> None:
    published(tmp_path / "town", FILES)
    cast = people()
    case = a_case(cast, answers={"child": str(cast.family.baby.id), **ANSWERS})
    client = client_of(cast.worker)
    html = client.get(f"/{language}/desk/cases/{case.number}/").content.decode()
    for said in words:
        assert said in html, said
    panel = html[html.index('id="conditions"') : html.index('id="answers"')]
    assert "working" not in panel and "2599" not in panel
    assert "Solrosen" in panel and "31" in panel and "kr" in panel.lower().replace("sek", "kr")


@pytest.mark.parametrize(
    ("fact", "value", "said"),
    [
        (Fact("x", FactType.BOOLEAN), True, "ja"),
        (Fact("x", FactType.BOOLEAN), None, "inte känt"),
        (Fact("x", FactType.DATE), date(2027, 1, 11), "11 januari 2027"),
        (Fact("x", FactType.NUMBER, money=True), Decimal(52000), "52 000 kr"),
        (Fact("x", FactType.NUMBER), Decimal(1500), "1 500"),
        (Fact("x", FactType.TEXT, words=MARRIED), "married", "gift"),
        (Fact("x", FactType.TEXT, words=MARRIED), "other", "other"),
    ],
)
def test_values_in_words(fact: Fact, value: Any, said: str) -> None:
    assert said_of(fact, value, translator("sv")).replace("\u00a0", " ") == said
