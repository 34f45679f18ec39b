"""Loading as it happens: a process of its own, killed half-way, and two at once."""

import json
import signal
import stat
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from allting.register.extract import loading
from allting.register.extract.lock import Busy, alone
from allting.register.extract.shape import schema
from allting.register.generator.extracts import Town
from allting.register.models import Extract, Person, RegisterChange
from allting.register.tests.extracts import file_of, one, put, standing
from tests.databases import start

DOCS = Path(__file__).resolve().parents[3] / "docs"
SIZE = 8_000
_FIRST = date(2026, 11, 1)


def people(*words: str) -> str:
    said, told = StringIO(), StringIO()
    try:
        call_command("people", *words, stdout=said, stderr=told)
    finally:
        text = said.getvalue() + told.getvalue()
    return text


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_half_way_and_run_again_it_goes_on(tmp_path: Path) -> None:
    whole, file = Town(SIZE, seed=3, municipality="2599", city="Solvik", on=_FIRST), tmp_path / "x"
    file.write_text("\n".join(whole.full()), "utf-8")
    process = start("allting.register.tests.worker", str(file))
    said = process.communicate(timeout=300)[0]
    assert process.returncode == -signal.SIGKILL, said
    there = Person.objects.count()
    assert there == 2 * loading.SLICE < SIZE, "it was not killed half-way"
    assert Extract.objects.get().ended_at is None

    said = people("import", str(file))
    assert f"{there:,} as before" in said and f"{SIZE - there:,} people new" in said
    assert Person.objects.count() == SIZE
    half_way, changes = standing(), RegisterChange.objects.count()
    assert f"{SIZE:,} as before" in people("import", str(file))
    assert RegisterChange.objects.count() == changes

    Person.objects.all().delete()
    people("import", str(file))
    assert standing() == half_way


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_bytes(file_of([one("Anna", "1990-05-01")]))
    with alone():
        process = start("allting", "people", "import", str(file))
        said = process.communicate(timeout=60)[0]
        assert process.returncode == 1 and "another extract is being loaded" in said
        assert not Person.objects.exists()
    people("import", str(file))
    assert Person.objects.count() == 1


@pytest.mark.django_db
def test_two_in_one_process_neither() -> None:

    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL's lock is for each connection; another test has two processes")
    with alone(), pytest.raises(Busy), alone():
        pass


@pytest.mark.django_db
def test_bad_lines_are_in_a_report_that_only_its_owner_reads(tmp_path: Path) -> None:
    file, report = tmp_path / "x.jsonl", tmp_path / "report.jsonl"
    good, bad = one("Anna", "1990-05-01"), one("Bo", "1980-01-01") | {"sex": "x"}
    file.write_bytes(file_of([good, bad, "{"]))
    with pytest.raises(CommandError, match="2 bad lines") as failed:
        people("import", str(file), "--report", str(report))
    assert failed.value.returncode == 2
    told = [json.loads(line) for line in report.read_text().splitlines()]
    assert [(it["line"], it["key"]) for it in told] == [(3, "sex"), (4, "")]
    assert all(set(it) == {"line", "key", "what", "expected", "mend"} for it in told)
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert Person.objects.count() == 1


@pytest.mark.django_db
def test_what_cannot_be_loaded_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("hello\n")
    with pytest.raises(CommandError, match="line 1"):
        people("import", str(tmp_path / "x"))
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        people("import", str(tmp_path / "nowhere"))


@pytest.mark.django_db
def test_extracts_are_written_and_loaded_at_the_keyboard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "SLICE", 100)
    for day in ("0", "1"):
        file = tmp_path / f"{day}.jsonl"
        people("extract", "--size", "300", "--day", day, "--to", str(file))
        assert "0 bad" in people("import", str(file))
    later = people("extract", "--size", "300", "--day", "1", "--full")
    (tmp_path / "later").write_text(later)
    assert "0 changed" in people("import", str(tmp_path / "later"))


def test_the_schema_and_the_page_about_extracts_are_right() -> None:
    text = (DOCS / "register-extract.schema.json").read_text("utf-8")
    assert json.loads(text) == schema(), "run: allting people schema --to docs/…schema.json"
    page = (DOCS / "register-extract.md").read_text("utf-8")
    example = page.partition("```json\n")[2].partition("```")[0].strip().splitlines()
    lines = [json.loads(line) for line in example]
    for line in lines:
        jsonschema.validate(line, schema(), format_checker=jsonschema.FormatChecker())
    for name, shape in schema()["$defs"].items():
        missing = [key for key in shape["properties"] if f"`{key}`" not in page]
        assert not missing, f"{name}: the page does not tell of {missing}"


@pytest.mark.django_db
def test_the_example_of_the_page_is_loaded() -> None:
    page = (DOCS / "register-extract.md").read_text("utf-8")
    example: Any = page.partition("```json\n")[2].partition("```")[0].strip().splitlines()
    told = put(*example[1:], day=json.loads(example[0])["as_of"])
    assert not told and told.counts.new == len(example) - 1
