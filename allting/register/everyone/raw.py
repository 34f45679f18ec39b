"""The register's tables as columns, before people are laid out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from allting.conditions.api import Array, FactType
from allting.register.everyone.ids import Index, distinct

NEVER = 2**31 - 1
"""The day of what has not happened."""
UNKNOWN = -(2**31)
"""The day of what is not known."""

EPOCH = date(1970, 1, 1).toordinal()
NO_NUMBER = -(2**63)
"""The number that is outside what numbers may be."""

Frame = dict[str, Array]
"""Columns of the same length, by name."""


@dataclass(frozen=True, slots=True)
class Coded:
    """Texts as places in a list of words."""

    codes: Array
    words: tuple[str, ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Coded":
        """
        >>> coded = Coded.of(["a", "b", "a"])
        >>> coded.codes.tolist(), coded.words
        ([0, 1, 0], ('a', 'b'))
        """
        places: dict[str, int] = {}
        codes = [places.setdefault(text, len(places)) for text in texts]
        return cls(np.array(codes, dtype=np.int32), tuple(places))

    def narrow(self) -> "Coded":
        """The same in as few bits as the words need."""
        return Coded(self.codes.astype(np.min_scalar_type(len(self.words))), self.words)

    def where(self, keep: Array) -> "Coded":
        """Those that are kept."""
        return Coded(self.codes[keep], self.words)

    def and_then(self, other: "Coded") -> "Coded":
        """These, and after them the other's."""
        places = {word: at for at, word in enumerate(self.words)}
        moved = [places.setdefault(word, len(places)) for word in other.words]
        codes = np.array(moved or [0], dtype=np.int32)[other.codes]
        return Coded(np.concatenate([self.codes, codes]), tuple(places))


@dataclass(frozen=True, slots=True)
class Stated:
    """What was stated under one name: about whom, when, in which order, and the value.

    Values are whole numbers as conditions reckon: 1 or 0, billionths, days, places among `words`.
    """

    type: FactType
    rows: Frame  # about, at, number, value
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Raw:
    """People, and of the other tables those that were needed."""

    people: Frame  # id, birth, died, left, protected, moved_in
    texts: Mapping[str, Coded] = field(default_factory=dict)  # the first word is ""
    homes: Frame | None = None  # person, home, since, until
    guardians: Frame | None = None  # child, guardian, since, until
    relations: Frame | None = None  # person, other, spouse, since, until
    stated: Mapping[str, Stated] = field(default_factory=dict)
    stated_at_home: Mapping[str, Stated] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many rows of the database it is made of."""
        several = [*self.stated.values(), *self.stated_at_home.values()]
        frames = [self.people, self.homes, self.guardians, self.relations]
        frames += [stated.rows for stated in several]
        return sum(len(next(iter(frame.values()))) for frame in frames if frame)

    def updated(self, changed: Array, news: "Raw") -> "Raw":
        """The same with everything about the people `changed` as the news have it."""
        index = Index(changed)
        kept = ~index.has(self.people["id"])
        homes = {} if news.homes is None else news.homes
        at_home = Index(distinct(homes["home"][index.has(homes["person"])])) if homes else index
        theirs = Index(news.people["id"]).find(changed)  # news also hold those around them
        only = np.sort(theirs[theirs >= 0])
        people = _joined(_some(self.people, kept), _some(news.people, only))
        texts = {
            name: coded.where(kept).and_then(news.texts[name].where(only))
            for name, coded in self.texts.items()
        }
        return replace(
            self,
            people=people,
            texts=texts,
            homes=_replaced(self.homes, news.homes, index, "person"),
            guardians=_replaced(self.guardians, news.guardians, index, "child", "guardian"),
            relations=_replaced(self.relations, news.relations, index, "person", "other"),
            stated=_restated(self.stated, news.stated, index),
            stated_at_home=_restated(self.stated_at_home, news.stated_at_home, at_home),
        )


def _some(frame: Frame, which: Array) -> Frame:
    return {name: column[which] for name, column in frame.items()}


def _joined(one: Frame, other: Frame) -> Frame:
    return {name: np.concatenate([column, other[name]]) for name, column in one.items()}


def _replaced(old: Frame | None, new: Frame | None, about: Index, *whose: str) -> Frame | None:
    if old is None or new is None:
        return old
    concerns: Callable[[Frame], Array] = lambda frame: np.logical_or.reduce(  # noqa: E731
        [about.has(frame[name]) for name in whose]
    )
    return _joined(_some(old, ~concerns(old)), _some(new, concerns(new)))


def _restated(
    old: Mapping[str, Stated], new: Mapping[str, Stated], about: Index
) -> dict[str, Stated]:
    return {name: _stated_anew(old.get(name), new.get(name), about) for name in {**old, **new}}


def _stated_anew(old: Stated | None, new: Stated | None, about: Index) -> Stated:
    if old is None or new is None:
        only = new or old
        assert only is not None  # noqa: S101 - one of the two was there
        concerned = about.has(only.rows["about"])
        return replace(only, rows=_some(only.rows, concerned if old is None else ~concerned))
    if old.type is not new.type:
        raise TypeError("a stated fact has changed its type: everything is read anew")
    kept = _some(old.rows, ~about.has(old.rows["about"]))
    came = _some(new.rows, about.has(new.rows["about"]))
    words = old.words
    if old.type is FactType.TEXT:
        coded = Coded(kept["value"], old.words).and_then(Coded(came["value"], new.words))
        came, words = {**came, "value": coded.codes[len(kept["value"]) :]}, coded.words
    return Stated(old.type, _joined(kept, came), words)
