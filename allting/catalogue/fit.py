"""How well an entry fits what was typed: the share of what the words tell that it answers.

A rare word tells more than a common one, and a word that stands nowhere in the catalogue tells
most. An entry answers a word by having it, or what it may mean, in its title, its keywords or its
text; how sure that is, is the word's own sureness times where it stands. An order of hits says
which is best, however bad; this says whether the best is good.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from allting.catalogue.meanings import Meaning, Phrases
from allting.catalogue.near import Part

ELSEWHERE = 0.9  # in a title or keyword of another language
IN_TEXT = 0.45
MEANT = 0.95
PART, HEAD = 0.9, 0.55  # of a compound: all of its letters, or that what it is has a name here
WHOLE = 0.65
"""The least where a whole phrase is there: the package's own words for it are no guess."""
RAREST = 1
FITS = 0.45
"""Of this and more: what was asked for. Chosen on half a of what search is measured by."""
PERHAPS = 0.25
"""Of less than this: not even worth a guess."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word that was typed and what it may stand for, each with how sure it is."""

    typed: str
    stem: str
    ways: Mapping[str, float]
    """Stems of the catalogue, its own stem among them."""
    abroad: frozenset[str]
    """It as a stem of the other languages, as `fi:stem`."""
    meanings: tuple[tuple[Meaning, float], ...]
    parts: tuple[Part, ...] = ()
    """Of a compound."""


@dataclass(slots=True)
class Holding:
    """The stems of one entry."""

    chief: set[str] = field(default_factory=set)
    """Of title and keywords; those of another language as `fi:stem`."""
    text: set[str] = field(default_factory=set)
    phrases: list[frozenset[str]] = field(default_factory=list)
    """Titles and keywords of more words than one, as stems."""
    names: set[str] = field(default_factory=set)
    """Titles and keywords of one word."""

    def is_called(self, sense: Sequence[str]) -> None:
        """A title or a keyword, as stems."""
        if len(sense) > 1:
            self.phrases.append(frozenset(sense))
        else:
            self.names.update(sense)

    def has(self, stem: str) -> bool:
        """Whether it stands anywhere."""
        return stem in self.chief or stem in self.text


class Fits:
    """What every entry has, and how much each word tells."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._holds: dict[str, Holding] = {}
        self._among: Counter[str] = Counter()

    def add(self, ref: str, holding: Holding) -> None:
        """One entry."""
        self._holds[ref] = holding
        self._among.update(holding.chief | holding.text)

    def of(self, ref: str, words: Sequence[Word], phrases: Phrases) -> float:
        """From 0, answers nothing, to 1, answers all."""
        holding = self._holds[ref]
        said: set[str] = set()
        for meant, (_, _, stems) in phrases.items():
            if self._has(holding, meant):
                said |= stems
        told = [(self._telling(it), self._answers(holding, it, said)) for it in words]
        share = sum(much * sure for much, sure in told) / sum(much for much, _ in told)
        typed = {it.stem for it in words}
        whole = bool(said) or any(it <= typed for it in holding.phrases)
        return max(share, WHOLE) if whole else share

    def is_name(self, ref: str, stems: frozenset[str]) -> bool:
        """Whether these words are all of its title or of a keyword."""
        holding = self._holds[ref]
        return stems in holding.phrases or (len(stems) == 1 and stems <= holding.names)

    def _telling(self, word: Word) -> float:
        return log(1 + len(self._holds) / max(self._among[word.stem], RAREST))

    def _answers(self, holding: Holding, word: Word, said: set[str]) -> float:
        best = MEANT if word.stem in said else 0.0
        if word.stem in holding.text:
            best = max(best, IN_TEXT)
        if not word.abroad.isdisjoint(holding.chief):
            best = max(best, ELSEWHERE)
        for stem, sure in word.ways.items():
            if sure > best and stem in holding.chief:
                best = sure
        for meant, sure in word.meanings:
            if sure * MEANT > best and self._has(holding, meant):
                best = sure * MEANT
        return max(best, self._in_parts(holding, word.parts)) if word.parts else best

    def _in_parts(self, holding: Holding, parts: Sequence[Part]) -> float:
        named = any(it.is_head and it.stem in holding.names for it in parts)
        there = PART * sum(it.share for it in parts if holding.has(it.stem))
        return max(there, HEAD) if named else there

    def _has(self, holding: Holding, meant: Meaning) -> bool:
        ending = "" if meant.language == self._language else f"{meant.language}:"
        return all(f"{ending}{stem}" in holding.chief for stem in meant.stems)
