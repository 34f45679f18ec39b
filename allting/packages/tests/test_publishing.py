"""One immutable version, whole or not at all, and taken up while running."""

import json
import threading
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from allting.kernel import events
from allting.kernel.api import write
from allting.packages.api import (
    Edition,
    NoSuchEdition,
    NothingPublished,
    NotPublishable,
    UnreadableEdition,
    current,
    edition,
    forget_editions,
    publish,
)
from allting.packages.editions import Shelf
from allting.packages.events import EditionPublished
from allting.packages.models import PackageVersion
from allting.packages.testing import written
from allting.packages.tests.folders import PACKAGE
from tests.databases import line_with, start

Queries = Callable[[int], object]
SECOND = PACKAGE.replace("version: 1.0.0", "version: 1.1.0")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return written(tmp_path / "solvik", {"package.yaml": PACKAGE})


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The editions' clock, which stands still until the test moves it."""
    moment = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: moment[0])
    return moment


def change(path: Path, package: str = SECOND) -> Path:
    (path / "package.yaml").write_text(package, encoding="utf-8")
    return path


@pytest.mark.django_db
def test_published_package_is_in_force(small: Path) -> None:
    made = publish(small, by="anna", why="the first")
    assert current().id == made.id
    assert current().definition.title["en"] == "Municipality of Solvik"
    assert edition(made.id).definition.parameters["municipality-code"] == "2599"


@pytest.mark.django_db
def test_same_content_twice_is_the_same_edition(small: Path) -> None:
    first = publish(small, by="anna", why="1")
    assert publish(change(small, PACKAGE + "# a remark\n"), by="bo", why="2").id == first.id
    assert PackageVersion.objects.count() == 1


@pytest.mark.django_db
def test_going_back_is_a_new_edition_and_older_ones_stay(small: Path) -> None:
    first = publish(small, by="anna", why="1")
    second = publish(change(small), by="anna", why="2")
    third = publish(change(small, PACKAGE), by="anna", why="back again")
    assert [first.number, second.number, third.number] == [1, 2, 3]
    assert third.definition.content_hash == first.definition.content_hash
    assert edition(second.id).definition.version == "1.1.0"
    with pytest.raises(NoSuchEdition):
        edition(third.id + 1)


@pytest.mark.django_db
def test_errors_publish_nothing(small: Path) -> None:
    with pytest.raises(NotPublishable, match="'colour' is not a key here"):
        publish(change(small, PACKAGE + "colour: red\n"), by="anna", why="broken")
    with pytest.raises(NothingPublished, match="python -m allting publish"):
        current()


@pytest.mark.django_db(transaction=True)
def test_another_municipality_is_refused_unless_meant(small: Path, tmp_path: Path) -> None:
    publish(small, by="anna", why="1")
    other = PACKAGE.replace("id: solvik", "id: lulea")
    lulea = written(tmp_path / "lulea", {"package.yaml": other})
    with pytest.raises(NotPublishable, match="this instance serves 'solvik'"):
        publish(lulea, by="anna", why="by mistake")
    assert publish(lulea, by="anna", why="it is meant", another=True).number == 2


@pytest.mark.django_db
def test_origin_is_kept_with_the_edition(small: Path) -> None:
    made = publish(small, by="anna", why="1")
    place = made.definition.origin("package.parameters.municipality-code.value")
    assert str(place) == "solvik/package.yaml:7:30"
    assert made.definition.origin("parameters.municipality-code.value") == place


@pytest.mark.django_db
def test_it_is_announced_in_the_same_transaction(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[EditionPublished] = []

    def listen(event: EditionPublished) -> None:
        heard.append(event)
        if event.number == 2:
            raise RuntimeError("a listener that fails")

    monkeypatch.setitem(events._listeners, EditionPublished, [listen])
    publish(small, by="anna", why="1")
    with pytest.raises(RuntimeError):
        publish(change(small), by="anna", why="2")
    assert [event.number for event in heard] == [1, 2]


@pytest.mark.django_db
def test_current_asks_the_database_at_most_once_a_second(
    small: Path, clock: list[float], django_assert_num_queries: Queries
) -> None:
    publish(small, by="anna", why="1")
    current()
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        for _ in range(100):
            current()
    clock[0] += 1
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        for _ in range(100):
            current()


@pytest.mark.django_db
def test_another_process_takes_it_up_within_a_second(small: Path, clock: list[float]) -> None:
    first = publish(small, by="anna", why="1")
    elsewhere = Shelf()
    assert elsewhere.current().id == first.id
    second = publish(change(small), by="anna", why="2")
    assert current().id == second.id
    clock[0] += 0.99
    assert elsewhere.current().id == first.id
    clock[0] += 0.02
    assert elsewhere.current().id == second.id


@pytest.mark.django_db(transaction=True)
def test_a_running_process_needs_no_restart(small: Path) -> None:
    first = publish(small, by="anna", why="1")
    other = start("allting.packages.tests.watcher")
    try:
        line_with(f"edition {first.number} ", other.stdout)
        second = publish(change(small), by="anna", why="2")
        line_with(f"edition {second.number} ", other.stdout)
    finally:
        other.kill()
        other.wait()


@pytest.mark.django_db(transaction=True)
def test_a_publication_undone_is_forgotten(small: Path, clock: list[float]) -> None:
    first = publish(small, by="anna", why="1")

    class Undone(Exception):
        pass

    with pytest.raises(Undone), write():
        assert publish(change(small), by="anna", why="2").id == current().id
        raise Undone
    clock[0] += 1
    assert current().id == first.id


@pytest.mark.django_db(transaction=True)
def test_two_publishers_at_once(tmp_path: Path) -> None:
    same = [written(tmp_path / f"{n}/solvik", {"package.yaml": PACKAGE}) for n in range(2)]
    others = [
        written(tmp_path / f"{n}/solvik", {"package.yaml": PACKAGE.replace("1.0.0", f"2.0.{n}")})
        for n in range(2, 6)
    ]
    together = threading.Barrier(6)

    def work(path: Path) -> Edition:
        together.wait()
        try:
            return publish(path, by="anna", why="at once")
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, [*same, *others]))
    rows = list(PackageVersion.objects.order_by("number").values_list("number", "content_hash"))
    assert [number for number, _ in rows] == list(range(1, len(rows) + 1))
    assert len({hash for _, hash in rows}) == 5
    assert all(one[1] != other[1] for one, other in pairwise(rows))
    assert current().number == rows[-1][0]


@pytest.mark.django_db
def test_an_edition_of_another_allting_says_so(small: Path) -> None:
    first = publish(small, by="anna", why="1")
    document = json.loads(zlib.decompress(PackageVersion.objects.get().document))
    document["files"]["package.yaml"]["colour"] = "red"
    rewritten = zlib.compress(json.dumps(document).encode())
    PackageVersion.objects.update(document=rewritten, content_hash="another")
    forget_editions()
    with pytest.raises(UnreadableEdition, match=r"edition 1 \(solvik 1\.0\.0\) was published by"):
        current()
    call_command("publish", small, why="with this version", by="anna")
    assert current().number == first.number + 1


@pytest.mark.django_db
def test_memo_builds_once(small: Path) -> None:
    made = publish(small, by="anna", why="1")
    built: list[int] = []
    together = threading.Barrier(8)

    def ask(_: int) -> object:
        together.wait()
        return made.memo("page", build)

    def build() -> object:
        built.append(1)
        return object()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(8)))
    assert len(built) == 1
    assert len(set(map(id, answers))) == 1
    assert made.memo("outer", lambda: made.memo("inner", lambda: 7)) == 7


@pytest.mark.django_db
def test_the_command_tells_what_is_in_force(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("publish", small, why="the first", by="anna")
    call_command("publish", small, why="again", by="anna")
    assert capsys.readouterr().out.splitlines() == [
        "Edition 1 of solvik 1.0.0 is in force",
        "Edition 1 of solvik 1.0.0 is in force already: nothing differs",
    ]
    with pytest.raises(CommandError, match="nothing was published: 1 error, no warnings"):
        call_command("publish", change(small, "x: 1\n" + PACKAGE), why="wrong", by="anna")
    assert "'x' is not a key here" in capsys.readouterr().err


@pytest.mark.django_db
def test_what_would_change_is_told_before(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match="there is nothing to compare with: no package"):
        call_command("publish", small, "--try")
    publish(small, by="anna", why="1")
    fee = "  fee: {value: 10, type: number, says: {sv: Avgift, en: Fee}}\n"
    other = PACKAGE.replace(', en: Municipality code"', '"').replace("1.0.0", "1.1.0") + fee
    call_command("publish", change(small, other.replace("Kommunkod", "Kod")), "--try", "--values")
    assert capsys.readouterr().out.splitlines() == [
        "For all services",
        "  ~ version 1.0.0 → 1.1.0",
        "  ~ parameter 'municipality-code': says",
        "  + parameter 'fee'",
        '~ package.yaml version: "1.0.0" → "1.1.0"',
        '~ package.yaml parameters.municipality-code.says.sv: "Kommunkod" → "Kod"',
        "+ package.yaml parameters.fee.value: 10",
        '+ package.yaml parameters.fee.type: "number"',
        '+ package.yaml parameters.fee.says.sv: "Avgift"',
        '+ package.yaml parameters.fee.says.en: "Fee"',
        "Nothing is published",
    ]
    call_command("publish", change(small, PACKAGE), "--try")
    assert capsys.readouterr().out == "Nothing differs from the edition in force\n"
    assert PackageVersion.objects.count() == 1


def test_publishing_asks_why(small: Path) -> None:
    with pytest.raises(CommandError, match="--why is missing"):
        call_command("publish", small)
