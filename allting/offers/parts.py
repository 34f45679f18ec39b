"""The shape of `offer.yaml`: life situations in which the municipality speaks first."""

from typing import Literal

from pydantic import Field

from allting.packages.api import Duration, FileKind, Id, Law, Part, SqlExpression, Text

About = Literal["child", "person"]
To = Literal["guardians", "person", "mandate"]
MOST_IN_A_TEXT = 300
"""Characters in a text message, placeholders as they are written."""


class Place(Part):
    """A place is kept while the offer is open, by the rules of `places.yaml`."""

    start: SqlExpression


class Accept(Part):
    """What saying yes does: the service's own form is answered, and sent."""

    states: Text
    answers: dict[Id, SqlExpression] = {}
    asks: tuple[Id, ...] = ()


class Situation(Part):
    """One life situation: in whom it is seen, what is said, and what a yes does."""

    id: Id
    title: Text
    about: About
    holds: SqlExpression
    stands: SqlExpression | None = None
    occasion: SqlExpression | None = None
    to: To | None = None
    because: Text
    law: Law = ()
    source: str | None = None
    place: Place | None = None
    accept: Accept | None = None
    open_for: Duration
    remind: Duration | None = None
    sms: Text
    found: Literal["daily", "by-hand"] = "by-hand"

    @property
    def addressed_to(self) -> To:
        """Whom the offer is made to: a child's guardians, else the person, unless it says other."""
        return self.to or ("guardians" if self.about == "child" else "person")

    @property
    def yes_by_text(self) -> bool:
        """Whether a yes can be sent as a text message: nothing is left for the person to tell."""
        return self.accept is not None and not self.accept.asks


class Offers(Part):
    """`services/<id>/offer.yaml`."""

    situations: tuple[Situation, ...] = Field(min_length=1)

    def situation(self, id: str) -> Situation:
        """The situation with this id; KeyError if there is none."""
        for one in self.situations:
            if one.id == id:
                return one
        raise KeyError(id)


OFFERS = FileKind("offer", "services/{id}/offer.yaml", Offers, room="offers")
LETTER = "offer-letter"  # the words of an offer, one page per situation and language
