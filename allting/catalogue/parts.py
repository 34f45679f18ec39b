"""The shape of the catalogue's files: services, evidence, organisation, law, units, events."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from allting.catalogue.kinds import WORDS, Kind, KindWords
from allting.catalogue.shapes import (
    ActName,
    Clock,
    Days,
    DrawingName,
    Email,
    Minutes,
    OrganisationNumber,
    Phone,
    SeriesName,
    Web,
)
from allting.catalogue.steps import (
    AskedBy,
    AskedOften,
    DoneBy,
    EventDay,
    EverydayWords,
    Goals,
    PlanQuestions,
    Requirement,
    Synonyms,
    Window,
)
from allting.packages.api import (
    Duration,
    FileKind,
    Id,
    Law,
    MoneyText,
    Part,
    SqlExpression,
    Text,
    fault,
)
from allting.ui.api import plain, worded

# a lone text is the same in every language: a name, a street address
Name = Annotated[str | Text, Field(union_mode="left_to_right")]
Keywords = Mapping[str, tuple[str, ...]]

Subject = Literal["applicant", "child", "property", "couple"]
ChannelKind = Literal["e-service", "phone", "visit", "email", "paper"]
Picture = Literal[
    "child", "wedding", "house", "moving", "school", "ageing", "loss", "work", "map"
]  # fmt: skip


class Hours(Part):
    """Hours that hold on some days of the week: `mon-fri`, 08:00 to 16:30."""

    days: Days
    opens: Clock
    closes: Clock

    @model_validator(mode="after")
    def _opens_first(self) -> Self:
        if self.opens >= self.closes:
            raise fault(
                worded(
                    "it closes at {closes}, before it opens at {opens}",
                    closes=self.closes,
                    opens=self.opens,
                ),
                expected=worded("opens before closes, on the same day"),
            )
        return self


class Contact(Part):
    """How to reach someone."""

    phone: Phone | None = None
    email: Email | None = None
    address: Name | None = None
    visit: Name | None = None
    web: Web | None = None
    hours: tuple[Hours, ...] = ()


class Board(Part):
    """A board: it owns services and decides their cases."""

    id: Id
    name: Text
    series: SeriesName
    contact: Contact = Contact()


class RoleName(Part):
    """A role that an employee may hold for a board."""

    id: Id
    name: Text


class Quiet(Part):
    """Hours in which no text messages are sent; they may reach over midnight."""

    from_: Clock = Field(alias="from")
    to: Clock


class KeptTexts(Part):
    """How long text messages that people have sent are kept once they are dealt with, and the
    municipality's own decision that they may be destroyed after that."""

    kept: Duration
    decided: Text


class Messages(Part):
    """How the municipality writes to people, and how long it keeps what they text."""

    quiet: Quiet | None = None
    bundle: Minutes | None = None
    texts: KeptTexts | None = None


class OfAskers(Part):
    """What those who have not signed in leave, once their case is closed: how long it is kept how
    they are reached, by which decision of the municipality, and how long their code opens the
    answer."""

    contact: Duration | None = None
    decided: Text | None = None
    answer: Duration = Duration(days=90)

    @model_validator(mode="after")
    def _decided_on(self) -> Self:
        if (self.contact is None) != (self.decided is None):
            raise fault(
                "what is forgotten needs a time and a decision",
                expected="both contact (a length of time) and decided (which decision), or neither",
            )
        return self


class Organisation(Part):
    """`organisation.yaml`."""

    name: Text
    organisation_number: OrganisationNumber | None = None
    arms: DrawingName | None = None
    contact: Contact
    boards: tuple[Board, ...] = Field(min_length=1)
    roles: tuple[RoleName, ...] = ()
    messages: Messages = Messages()
    questions: Id | None = None  # the service that people's own questions become cases of
    askers: OfAskers = OfAskers()


class Act(Part):
    """An act, by the short name that `law:` uses."""

    id: ActName
    title: Text
    number: str
    web: Web | None = None


class LawBook(Part):
    """`law.yaml`."""

    acts: tuple[Act, ...]


class Topic(Part):
    """A heading of the list of services."""

    id: Id
    title: Text
    summary: Text | None = None


class Topics(Part):
    """`topics.yaml`."""

    topics: tuple[Topic, ...]


class Issuer(Part):
    """Who gives an evidence: one of our services, or an authority elsewhere."""

    service: Id | None = None
    authority: Text | None = None
    web: Web | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.service is None) == (self.authority is None):
            raise fault(
                worded("it is not clear who issues this"),
                expected=worded(
                    "either service (an id) or authority (a name), and only one of them"
                ),
            )
        return self


class EvidenceKind(Part):
    """A kind of evidence: what one service gives and another asks for."""

    id: Id
    title: Text
    description: Text | None = None
    issued_by: Issuer | None = None
    valid_for: Duration | None = None
    held_as: str | None = None
    law: Law = ()


class EvidenceKinds(Part):
    """`evidence.yaml`."""

    evidence: tuple[EvidenceKind, ...]


class Address(Part):
    """Where a unit is."""

    street: str
    postcode: str
    city: str


class Position(Part):
    """WGS 84."""

    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)


class Unit(Part):
    """A place: a preschool, a school, a hall."""

    id: Id
    name: Name
    organiser: Literal["municipal", "independent"] = "municipal"
    address: Address | None = None
    position: Position | None = None
    capacity: int | None = Field(default=None, ge=0)
    contact: Contact = Contact()


class Units(Part):
    """`units/*.yaml`: the units of one kind."""

    kind: Id
    units: tuple[Unit, ...]


class Condition(Part):
    """One condition for having the service, with its words and its law."""

    id: Id
    holds: SqlExpression
    says: Text
    law: Law = ()


class PaperForm(Part):
    """A form on paper: what it is called and where it is."""

    title: Text
    address: Web | None = None


class Channel(Part):
    """A way to have the service. All ways stand as equals."""

    id: Id
    kind: ChannelKind
    says: Text | None = None
    contact: Contact | None = None
    form: PaperForm | None = None
    web: Web | None = None


class Cost(Part):
    """What it costs, as an expression over parameters, facts and answers."""

    id: Id
    title: Text
    amount: MoneyText
    per: Literal["month", "year", "week", "day", "hour", "time"] | None = None
    says: Text | None = None
    law: Law = ()


class ProcessingTime(Part):
    """How long it takes: at most by law, and as a rule."""

    legal: Duration | None = None
    typical: Duration | None = None
    law: Law = ()


class Review(Part):
    """When someone last read this through, and who."""

    on: date
    by: Text


class LastDay(Part):
    """A day by which something must be done; anyone may ask to be reminded of it."""

    id: Id
    title: Text
    on: date
    says: Text | None = None
    law: Law = ()


class Service(Part):
    """`services/<id>/service.yaml`: the product."""

    title: Text
    summary: Text
    kind: Kind = "application"
    sign_in: Literal["needed", "not-needed"] = "needed"  # to send something in here
    board: Id = ""
    done_by: DoneBy | None = None
    subject: Subject = "applicant"
    asked_by: AskedBy = "applicant"
    topics: tuple[Id, ...] = ()
    life_events: tuple[Id, ...] = ()
    keywords: Keywords = {}
    status: Literal["active", "planned", "closed"] = "active"
    discreet: bool = False
    conditions: tuple[Condition, ...] = ()
    requires: tuple[Requirement, ...] = ()
    produces: tuple[Id, ...] = ()
    channels: tuple[Channel, ...] = ()
    costs: tuple[Cost, ...] = ()
    processing_time: ProcessingTime | None = None
    window: Window | None = None
    dates: tuple[LastDay, ...] = ()
    law: Law = ()
    reviewed: Review | None = None

    @property
    def words(self) -> KindWords:
        """Sentences that name what people send in."""
        return WORDS[self.kind]

    @property
    def open_to_all(self) -> bool:
        """Whether one may send something in without saying who one is."""
        return self.sign_in == "not-needed"

    def named_outside(self, language: str) -> str:
        """Its title where others may read it, as in a mail; empty if it is discreet."""
        return "" if self.discreet else plain(self.title, language)

    @model_validator(mode="after")
    def _somebody_does_it(self) -> Self:
        if bool(self.board) == (self.done_by is not None):
            raise fault(
                worded("it is not clear who does this"),
                expected=worded(
                    "either board (an id of organisation.yaml) or done_by (an authority, "
                    "where others do it), and only one of them"
                ),
            )
        if self.board and not self.channels:
            raise fault(
                worded("there is no way to have this service"),
                expected=worded("at least one channel"),
                mend=worded("add 'channels: [{id: phone, kind: phone}]'"),
            )
        return self


class LifeEvent(Part):
    """`life-events/<id>.yaml`: what has happened in a life, and the services it leads to."""

    title: Text
    summary: Text
    picture: Picture
    order: int = 100
    keywords: Keywords = {}
    subject: Literal["applicant", "child"] = "applicant"
    date: EventDay | None = None
    asks: tuple[Id, ...] = ()
    services: Goals = ()

    @property
    def goals(self) -> tuple[str, ...]:
        """The ids of its services, in its own order."""
        return tuple(goal.service for goal in self.services)


ROOM = "catalogue"
ORGANISATION = FileKind("organisation", "organisation.yaml", Organisation, ROOM)
LAW = FileKind("law", "law.yaml", LawBook, ROOM)
TOPICS = FileKind("topics", "topics.yaml", Topics, ROOM)
EVIDENCE = FileKind("evidence", "evidence.yaml", EvidenceKinds, ROOM)
UNITS = FileKind("units", "units/{id}.yaml", Units, ROOM)
SERVICE = FileKind("service", "services/{id}/service.yaml", Service, ROOM)
LIFE_EVENT = FileKind("life-event", "life-events/{id}.yaml", LifeEvent, ROOM)
QUESTIONS = FileKind("questions", "questions.yaml", PlanQuestions, ROOM)
FAQ = FileKind("faq", "services/{id}/faq.yaml", AskedOften, ROOM)
SYNONYMS = FileKind("synonyms", "synonyms.yaml", Synonyms, ROOM)
EVERYDAY = FileKind("everyday-words", "everyday-words.yaml", EverydayWords, ROOM)
PAGE = "page"
