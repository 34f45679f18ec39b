"""Kinds that are chosen: yes or no, options, a child, a unit, wishes, consent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from allting.conditions.api import FactType
from allting.forms.kinds.base import About, Answer, Kind, Mistake, Posted, Value

if TYPE_CHECKING:
    from allting.forms.parts import Question

WISHES = 3  # how many places may be wished for, where the package says nothing


@dataclass(frozen=True)
class YesNo(Kind):
    """Yes or no. The answer is true or false."""

    gives: Mapping[str, FactType] = field(default_factory=lambda: {"": FactType.BOOLEAN})

    def read(self, question: "Question", posted: Posted, about: About) -> Answer | None:
        typed = posted.get(question.id, "")
        if typed not in ("", "yes", "no"):
            raise Mistake(about._("Choose yes or no"))
        return {"yes": True, "no": False}.get(typed)

    def from_fact(self, value: Value) -> Answer | None:
        return value if isinstance(value, bool) else None

    def typed(self, answer: Answer, language: str) -> Any:
        return "yes" if answer else "no"

    def words(self, question: "Question", answer: Answer, about: About) -> str:
        return about._("Yes") if answer else about._("No")


@dataclass(frozen=True)
class Consent(YesNo):
    """A box to tick. The answer is true, or nothing."""

    def read(self, question: "Question", posted: Posted, about: About) -> Answer | None:
        return True if posted.get(question.id, "") == "yes" else None

    def missing(self, about: About) -> str:
        return about._("Tick the box to go on")


@dataclass(frozen=True)
class One(Kind):
    """One of several: an option, a child, a unit. The answer is its id."""

    gives: Mapping[str, FactType] = field(default_factory=lambda: {"": FactType.TEXT})

    def read(self, question: "Question", posted: Posted, about: About) -> Answer | None:
        return posted.get(question.id, "") or None

    def check(self, question: "Question", answer: Answer, about: About) -> None:
        if answer not in {choice.id for choice in about.choices}:
            raise Mistake(_choose(about))

    def from_fact(self, value: Value) -> Answer | None:
        return None

    def words(self, question: "Question", answer: Answer, about: About) -> str:
        return label_of(answer, about)

    def missing(self, about: About) -> str:
        return _choose(about)


@dataclass(frozen=True)
class Several(Kind):
    """Any number of options. The answer is a list of ids, in the order of the form."""

    def facts(self, question: "Question") -> Mapping[str, FactType]:
        return {f"_{o.id.replace('-', '_')}": FactType.BOOLEAN for o in question.options}

    def posted(self, question: "Question", posted: Posted) -> Any:
        return posted.getlist(question.id)

    def read(self, question: "Question", posted: Posted, about: About) -> Answer | None:
        typed = set(posted.getlist(question.id)) - {""}
        known = [choice.id for choice in about.choices]
        return [*(id for id in known if id in typed), *sorted(typed - set(known))] or None

    def check(self, question: "Question", answer: Answer, about: About) -> None:
        if set(answer) - {choice.id for choice in about.choices}:
            raise Mistake(_choose(about))
        if question.max is not None and len(answer) > int(question.max):
            raise Mistake(about._("Choose at most {most} of them", most=int(question.max)))
        if question.min is not None and len(answer) < int(question.min):
            raise Mistake(about._("Choose at least {least} of them", least=int(question.min)))

    def values(self, question: "Question", answer: Answer) -> Mapping[str, Value]:
        return {f"_{o.id.replace('-', '_')}": o.id in answer for o in question.options}

    def from_fact(self, value: Value) -> Answer | None:
        return None

    def words(self, question: "Question", answer: Answer, about: About) -> str:
        return ", ".join(label_of(one, about) for one in answer)

    def missing(self, about: About) -> str:
        return about._("Choose at least one of them")


@dataclass(frozen=True)
class Wishes(Kind):
    """Units in order of preference. The answer is a list of ids, the dearest first."""

    parts: tuple[str, ...] = ("_1",)

    def facts(self, question: "Question") -> Mapping[str, FactType]:
        return {"_first": FactType.TEXT, "_count": FactType.NUMBER}

    def posted(self, question: "Question", posted: Posted) -> Any:
        return [posted.get(f"{question.id}_{n}", "") for n in range(1, most_wishes(question) + 1)]

    def read(self, question: "Question", posted: Posted, about: About) -> Answer | None:
        wished: list[str] = []
        for n, one in enumerate(self.posted(question, posted), start=1):
            if one in wished:
                place = label_of(one, about)
                raise Mistake(
                    about._("You have chosen {place} twice. Choose another, or none.", place=place),
                    f"_{n}",
                )
            if one:
                wished.append(one)
        return wished or None

    def check(self, question: "Question", answer: Answer, about: About) -> None:
        known = {choice.id for choice in about.choices}
        for n, one in enumerate(answer, start=1):
            if one not in known:
                raise Mistake(_choose(about), f"_{n}")
        least = int(question.min or 1)
        if len(answer) < least:
            raise Mistake(
                about._("Choose at least {least} of them", least=least), f"_{len(answer) + 1}"
            )

    def values(self, question: "Question", answer: Answer) -> Mapping[str, Value]:
        return {"_first": answer[0], "_count": len(answer)}

    def from_fact(self, value: Value) -> Answer | None:
        return None

    def words(self, question: "Question", answer: Answer, about: About) -> str:
        return "\n".join(f"{n}. {label_of(one, about)}" for n, one in enumerate(answer, start=1))

    def missing(self, about: About) -> str:
        return _choose(about)


def most_wishes(question: "Question") -> int:
    """How many places may be wished for."""
    return int(question.max or WISHES)


def label_of(id: str, about: About) -> str:
    """The label of a choice; the id itself if the choice has since gone."""
    return next((choice.label for choice in about.choices if choice.id == id), id)


def _choose(about: About) -> str:
    return about._("Choose one of them")
