"""What an extract of the population register looks like: its first line, and the line of a person.

The words of each field are what its documentation, its JSON Schema and the report of bad lines say
is expected there.
"""

from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from allting.register.numbers import is_number

FORMAT = 1
NONE, MARK, HIDDEN = "none", "mark", frozenset({"registration", "new-identity"})


def _day(value: object) -> date:
    if not isinstance(value, str):
        raise PydanticCustomError("day", "this is no day")
    return _calendar(value)


@lru_cache(maxsize=50_000)
def _calendar(text: str) -> date:
    try:
        if len(text) == 10 and text[4] == text[7] == "-":
            found = date.fromisoformat(text)
            if 1800 <= found.year <= 2200:
                return found
    except ValueError:
        pass
    raise PydanticCustomError("day", "this is no day")


def _number(text: str) -> str:
    if not is_number(text):
        raise PydanticCustomError("number", "this is no identity number")
    return text


def _printable(text: str) -> str:
    if not text.isprintable():
        raise PydanticCustomError("printable", "there is a character that cannot be printed")
    return text


def _spaced(text: str) -> str:
    """A postcode as it is written: 999 01."""
    return text if " " in text else f"{text[:3]} {text[3:]}"


def _words(longest: int, shortest: int = 1) -> Any:
    return Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=shortest, max_length=longest),
        AfterValidator(_printable),
    ]


_DAY_SCHEMA = WithJsonSchema({"type": "string", "format": "date"})
Day = Annotated[date, BeforeValidator(_day), _DAY_SCHEMA]
Number = Annotated[str, StringConstraints(pattern=r"^[0-9]{12}$"), AfterValidator(_number)]
NUMBER = "twelve digits with a right check digit, such as 198501139995"
DAY = "a day that exists, such as 2026-11-01"


class Shape(BaseModel):
    """Strict: no other keys, no text for a number, nothing that is not finite."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class Header(Shape):
    """The first line: what the rest of the file is."""

    extract: Literal["full", "changes"] = Field(
        description="`full` when everyone registered is in the file; `changes` when only those are "
        "of whom something has changed"
    )
    as_of: Day = Field(description=f"the day for which the extract is made: {DAY}")
    source: _words(100) = Field(  # type: ignore[valid-type]
        description="where it comes from, as people are told: at most 100 characters"
    )
    format: Literal[1] = Field(description="the number of this format: 1")


class Address(Shape):
    """Where someone is registered."""

    street: _words(200) = Field(  # type: ignore[valid-type]
        description="street, number and apartment: 1–200 characters"
    )
    postcode: Annotated[
        str, StringConstraints(pattern=r"^[0-9]{3} ?[0-9]{2}$"), AfterValidator(_spaced)
    ] = Field(description="five digits, such as 999 01")
    city: _words(100) = Field(description="post town: 1–100 characters")  # type: ignore[valid-type]
    since: Day | None = Field(None, description=f"lives there since; {DAY}")


class Position(Shape):
    """Where the home lies (WGS 84)."""

    lat: float = Field(ge=-90, le=90, description="degrees north, from -90 to 90")
    lon: float = Field(ge=-180, le=180, description="degrees east, from -180 to 180")


class Home(Shape):
    """With whom someone lives: all with the same key, in the same source, are one household."""

    key: _words(100) = Field(  # type: ignore[valid-type]
        description="the source's name of the household: 1–100 characters"
    )
    since: Day | None = Field(None, description=f"lives in it since; {DAY}")


class Guardian(Shape):
    """Who answers for a child."""

    identity_number: Number = Field(description=f"the guardian's number: {NUMBER}")
    since: Day | None = Field(None, description=f"else the child's day of birth; {DAY}")
    until: Day | None = Field(None, description=f"else the child's 18th birthday; {DAY}")


class Spouse(Shape):
    """Whom someone is married to."""

    identity_number: Number = Field(description=f"the spouse's number: {NUMBER}")
    since: Day = Field(description=f"married since; {DAY}")


class MandateLine(Shape):
    """Who acts for an adult (god man, förvaltare), in one part of the mission (FB 11:4)."""

    holder: Number = Field(description=f"the number of whoever acts: {NUMBER}")
    scope: Literal["rights", "property", "care"] = Field(
        description="`rights`, `property` or `care`"
    )
    since: Day = Field(description=f"acts since; {DAY}")
    until: Day | None = Field(None, description=f"the first day no longer; {DAY}")


class Line(Shape):
    """One person, whole: what is left out is told to be empty, not to be unchanged."""

    identity_number: Number = Field(description=f"the number they have now: {NUMBER}")
    previous_numbers: tuple[Number, ...] = Field(
        (), max_length=10, description="numbers they had before, at most ten; each twelve digits"
    )
    given_name: _words(100, 0) = Field(  # type: ignore[valid-type]
        description='at most 100 characters; "" for whoever has no name yet'
    )
    surname: _words(100, 0) = Field(  # type: ignore[valid-type]
        description='at most 100 characters; "" for whoever has none'
    )
    birth_date: Day = Field(description=f"legal age comes from here, not the number; {DAY}")
    sex: Literal["f", "m"] = Field(description="`f` or `m`")
    civil_status: Literal["unmarried", "married", "divorced", "widowed", "partner"] = Field(
        description="`unmarried`, `married`, `divorced`, `widowed` or `partner`"
    )
    civil_status_since: Day | None = Field(
        None, description=f"a marriage that ended, ended on this day; {DAY}"
    )
    protection: Literal["none", "mark", "registration", "new-identity"] = Field(
        description="`none`, `mark` (secrecy mark), `registration` or `new-identity`; always told"
    )
    municipality_code: Annotated[str, StringConstraints(pattern=r"^([0-9]{4})?$")] = Field(
        description='where they are registered: four digits, or "" for nowhere'
    )
    registered_since: Day | None = Field(
        None, description=f"the day they came to this municipality; {DAY}"
    )
    address: Address | None = Field(None, description="an object with street, postcode and city")
    position: Position | None = Field(None, description="an object with lat and lon")
    household: Home | None = Field(None, description="an object with key")
    guardians: tuple[Guardian, ...] = Field(
        (), max_length=10, description="a list of at most ten objects with identity_number"
    )
    parents: tuple[Number, ...] = Field(
        (),
        max_length=10,
        description="identity numbers of the parents, each twelve digits; of adults too",
    )
    spouse: Spouse | None = Field(None, description="an object with identity_number and since")
    mandates: tuple[MandateLine, ...] = Field(
        (), max_length=20, description="a list of at most twenty objects with holder, scope, since"
    )
    died: Day | None = Field(None, description=DAY)
    left: Day | None = Field(None, description=f"the first day no longer registered here; {DAY}")
    language: Literal["sv", "en"] = Field(
        "sv", description="`sv` or `en`: the first language we write in; later it is theirs to say"
    )

    @property
    def hidden(self) -> bool:
        """Whether nobody may keep where they live."""
        return self.protection in HIDDEN

    @property
    def ended(self) -> date | None:
        """The day from which they no longer live here, by death or a move."""
        days = [day for day in (self.died, self.left) if day]
        return min(days) if days else None

    def named(self) -> set[str]:
        """The numbers of all to whom they are related."""
        found = {it.identity_number for it in self.guardians} | set(self.parents)
        found |= {it.holder for it in self.mandates}
        return found | ({self.spouse.identity_number} if self.spouse else set())


HEADER, LINE = TypeAdapter(Header), TypeAdapter(Line)


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a line: the header, or a person."""
    parts = TypeAdapter(Header | Line).json_schema()
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, "title": "A line of a population-register extract", **parts}
