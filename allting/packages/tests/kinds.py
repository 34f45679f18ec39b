"""Kinds of files that only tests have: a town with shops."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, time
from decimal import Decimal
from typing import Literal

from pydantic import Field

from allting.packages.api import (
    Colour,
    Definition,
    Duration,
    Example,
    FileKind,
    Id,
    Law,
    Part,
    Report,
    SqlExpression,
    Text,
    cross_check,
    did_you_mean,
    expectation,
    file_kind,
    registered_only,
    text_kind,
)


class Thing(Part):
    id: Id
    label: Text
    sold_in: Id | None = None


class Address(Part):
    street: str
    city: str


class Other(Part):
    web: str


class Shop(Part):
    title: Text
    kind: Literal["bakery", "bookshop", "greengrocer"] = "bakery"
    opens: time | None = None
    since: date | None = None
    delivery: Duration | None = None
    staff: int = Field(default=1, ge=0, le=50)
    price: Decimal | None = None
    open: bool = True
    tags: tuple[Id, ...] = ()
    law: Law = ()
    colour: Colour | None = None
    open_if: SqlExpression | None = None
    things: tuple[Thing, ...] = ()
    where: Address | Other | None = None
    names: Mapping[Id, Text] = {}
    post: str | int | None = None
    from_: Id | None = Field(default=None, alias="from")


def things_are_sold(definition: Definition, report: Report) -> None:
    """A thing names a shop that there is."""
    for shop, sold in definition.all("shop").items():
        for position, thing in enumerate(sold.things):
            if thing.sold_in and thing.sold_in not in definition.ids("shop"):
                report.error(
                    definition.at("shop", shop, "things", position, "sold_in"),
                    f"there is no shop '{thing.sold_in}'",
                    mend=did_you_mean(thing.sold_in, definition.ids("shop")),
                )


def open_if_is_known(definition: Definition, report: Report) -> None:
    """The word 'wrong' is wrong wherever it stands in an expression."""
    for id, shop in definition.all("shop").items():
        if shop.open_if and "wrong" in shop.open_if:
            offset = shop.open_if.index("wrong")
            where = definition.at("shop", id, "open_if", offset=offset)
            report.error(where, "'wrong' is not a fact")


def staff_is(definition: Definition, shop: str, example: Example, expected: int) -> list[str]:
    """Compares the number of people who work in the shop."""
    found = definition.one("shop", shop).staff
    return [] if found == expected else [f"expected {expected} staff, and there are {found}"]


@contextmanager
def town() -> Iterator[None]:
    """Only this room's kinds and those of the town."""
    with registered_only() as registry:
        own = {name: kind for name, kind in registry.files.items() if kind.room == "packages"}
        registry.files.clear()
        registry.files.update(own)
        registry.texts.clear()
        registry.drawings.clear()
        registry.checks.clear()
        registry.expectations.clear()
        registry.touching.clear()
        file_kind(FileKind("shop", "services/{id}/shop.yaml", Shop, "town"))
        text_kind("page", "services/{id}/page.{language}.md")
        cross_check(things_are_sold)
        cross_check(open_if_is_known)
        expectation("staff", staff_is, int)
        yield
