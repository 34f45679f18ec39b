"""What a new edition changes, in words that its author would use."""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pytest

from allting.packages.api import Definition, check
from allting.packages.differing import difference
from allting.packages.foretelling import NOBODY, foretold
from allting.packages.tests.cases import Case
from allting.packages.tests.kinds import town
from allting.packages.touching import Touched, touches

BREAD = "  - {id: bread, label: {sv: Bröd, en: Bread}}\n"
CAKE = "  - {id: cake, label: {sv: Kaka, en: Cake}}\n"
THINGS = "title: {sv: Boden, en: The shop}\nstaff: 3\nthings:\n" + BREAD + CAKE
FEE = {"says": {"sv": "Avgift", "en": "Fee"}, "type": "number"}


def made(folder: Path, files: dict[str, str] | None = None, **package: Any) -> Definition:
    told = {"files": {"services/shop/shop.yaml": THINGS, **(files or {})}, "package": package}
    result = check(Case("", (), told).write(folder))
    assert result.definition is not None, result.problems
    return result.definition


def told(folder: Path, shop: str) -> list[str]:
    with town():
        found = difference(
            made(folder / "a"), made(folder / "b", {"services/shop/shop.yaml": shop})
        )
    return [f"{sign} {words}" for one in found.services for sign, words in one.lines]


CHANGES = [
    (("staff: 3", "staff: 5"), ["~ staff 3 → 5"]),
    (("staff: 3\n", ""), ["~ staff (taken away)"]),
    (("staff: 3", "staff: 3\nopen: false"), ["~ open false (new)"]),
    (("staff: 3", "staff: 3\ntags: [a, b]"), ["~ tags a, b (new)"]),
    (("Boden", "Affären"), ["~ title"]),
    (("Bröd", "Limpa"), ["~ thing 'bread': label"]),
    (("id: cake", "id: bun"), ["- thing 'cake'", "+ thing 'bun'"]),
    ((BREAD + CAKE, ""), ["- thing 'bread'", "- thing 'cake'"]),
    ((BREAD + CAKE, CAKE + BREAD), ["~ the order of things"]),
    (("staff: 3", "staff: 3\nnames: {one: {sv: Ett, en: One}}"), ["+ name 'one'"]),
    (("staff: 3\nthings", "staff: 3 # a remark\nthings"), []),
]  # fmt: skip


@pytest.mark.parametrize(("change", "words"), CHANGES)
def test_in_words(tmp_path: Path, change: tuple[str, str], words: list[str]) -> None:
    old, new = change
    assert old in THINGS
    shop = THINGS.replace(old, new).replace("things:\n\n", "").removesuffix("things:\n")
    assert told(tmp_path, shop) == words


def test_pages_in_words(tmp_path: Path) -> None:
    with town():
        before = made(tmp_path / "a", {"services/bakery/page.sv.md": "## Bröd\n"})
        other = made(tmp_path / "b", {"services/bakery/page.sv.md": "## Bullar\n"})
        after = made(tmp_path / "c")
        said = [difference(before, it).services[0].lines for it in (other, after)]
    assert said == [(("~", "page in sv"),), (("-", "page in sv"),)]


def test_services_come_and_go(tmp_path: Path) -> None:
    stall = {"services/stall/shop.yaml": "title: {sv: Ståndet, en: The stall}\n"}
    with town():
        before, after = made(tmp_path / "a"), made(tmp_path / "b", stall)
        assert list(foretold(before, after)) == ["stall (stall) is new", NOBODY]
        assert list(foretold(after, before)) == ["stall (stall) is removed", NOBODY]


def test_examples_touch_nobody(tmp_path: Path) -> None:
    example = (
        "examples: [{id: one, says: {sv: Ett, en: One}, on: 2026-01-01, given: {}, "
        "expect: {staff: 3}}]\n"
    )
    with town():
        before = made(tmp_path / "a")
        after = made(tmp_path / "b", {"services/shop/examples.yaml": example})
        assert list(foretold(before, after)) == ["shop (shop)", "  + examples"]


def test_a_parameter_touches_the_services_that_use_it(tmp_path: Path) -> None:
    uses = {"services/shop/shop.yaml": THINGS + "open_if: parameters.fee_a > 10\n"}
    with town():
        before, after = (
            made(tmp_path / str(fee), uses, parameters={"fee-a": {**FEE, "value": fee}})
            for fee in (10, 20)
        )
        assert list(foretold(before, after)) == [
            "shop (shop)",
            "  ~ the parameter 'fee-a', which it uses: 10 → 20",
            "For all services",
            "  ~ parameter 'fee-a': value 10 → 20",
            NOBODY,
        ]


def test_rooms_are_asked_about_what_changes(tmp_path: Path) -> None:
    asked: list[set[str]] = []

    def answer(_: Definition, __: Definition, services: Collection[str]) -> Iterator[Touched]:
        asked.append(set(services))
        yield Touched("shop", "3 buns lie in it")
        yield Touched("shop", "2 buns are burnt", warns=True)
        yield Touched("bakery", "1 baker is out of work", warns=True)

    with town():
        touches(answer)
        touches(answer)
        before = made(tmp_path / "a")
        after = made(tmp_path / "b", {"services/shop/shop.yaml": THINGS.replace("3", "4")})
        assert list(foretold(before, after)) == [
            "shop (shop)",
            "  ~ staff 3 → 4",
            "  ! 2 buns are burnt",
            "  = 3 buns lie in it",
            "bakery",
            "  ! 1 baker is out of work",
        ]
    assert asked == [{"shop"}]
