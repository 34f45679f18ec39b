"""Words like a word: those it begins, those it stands in, its own parts, and those one meant.

All are looked for among the words of the catalogue, so what is found there always leads somewhere.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from allting.catalogue.speech import fold

PART = 3  # a shorter piece of a compound says nothing
END = 4
TELLING = 5  # the least that says something beside what nobody knows
MOST = 6
MOST_LOOKED_AT = 150
MOST_COMPARED = 12
LEAST_ALIKE = 0.3
LONGEST_PART = 24
LINKS = "seoua"  # förskol-e-plats, gat-u-lampa, omsorg-s-avgift

Likeness = dict[str, float]
"""Stems, and how sure it is that they are meant: at most 1."""


@dataclass(frozen=True, slots=True)
class Form:
    """A word of the catalogue as it is written, its stem, and what it weighs: at most 1."""

    word: str
    stem: str
    weight: float


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a compound: its stem, its share of the letters, and whether it comes last."""

    stem: str
    share: float
    is_head: bool


class Near:
    """The words of a catalogue, by how they are written without diacritics."""

    def __init__(self, forms: Iterable[Form]) -> None:
        found: dict[str, dict[str, Form]] = defaultdict(dict)
        self.stems = set()
        for form in forms:
            self.stems.add(form.stem)
            for written in (form.word, form.stem):
                same = found[fold(written)]
                if form.stem not in same or same[form.stem].weight < form.weight:
                    same[form.stem] = Form(written, form.stem, form.weight)
        self._forms = {key: tuple(same.values()) for key, same in found.items()}
        self._sorted = sorted(self._forms)
        self._backwards = sorted(key[::-1] for key in self._forms)
        self._grams = _gram_table(self._sorted)
        self._sizes = np.array([len(key) for key in self._sorted], dtype=np.int32)

    def __contains__(self, word: str) -> bool:
        return fold(word) in self._forms

    def bare(self, word: str) -> list[str]:
        """The stems of words that differ from it in diacritics alone."""
        return [form.stem for form in self._forms.get(fold(word), ())]

    def begun(self, word: str) -> Likeness:
        """What a word may be the beginning of, as when it is not yet typed to its end."""
        return self._best(word, _run(self._sorted, fold(word)))

    def ended(self, word: str) -> Likeness:
        """Compounds that end with the word: `nybyggnadskarta` for `karta`."""
        if len(word) < END:
            return {}
        return self._best(word, (key[::-1] for key in _run(self._backwards, fold(word)[::-1])))

    def parts(self, word: str, silent: Iterable[str] = ()) -> list[Part]:
        """A compound's parts, where known words cover it or its ends; a silent end says nothing."""
        if len(word) < 2 * PART + 1:
            return []
        word = fold(word)
        ends = (len(it) for it in silent if len(it) >= TELLING and word.endswith(it))
        size = len(word) - max(ends, default=0) or 1
        chosen = ((key, max(self._forms[key], key=_weight)) for key in self._split(word))
        return [
            Part(form.stem, min(1.0, len(key) / size), is_head=word.endswith(key))
            for key, form in chosen
        ]

    def meant(self, word: str) -> Likeness:
        """Words that differ by a slip or two: a letter wrong, lacking, too many or misplaced."""
        word = fold(word)
        most = allowed(len(word))
        if not most:
            return {}
        found: Likeness = {}
        for key in self._alike(word):
            slips = distance(word, key, most)
            if slips > most:
                continue
            sure = 1 - 0.18 * slips - (0.1 if key[0] != word[0] else 0)
            for form in self._forms[key]:
                likely = sure * (0.9 + form.weight / 10)
                found[form.stem] = max(found.get(form.stem, 0), likely)
        best = max(found.values(), default=0)
        return {stem: sure for stem, sure in found.items() if sure >= best - 0.2}

    def spelled(self, word: str) -> str:
        """The word that is most likely meant by one with a slip or two; nothing, if none is."""
        word, most = fold(word), allowed(len(fold(word)))
        slips = [(distance(word, key, most), key) for key in self._alike(word) if most]
        near = [
            (slip, -form.weight, form.word)
            for slip, key in slips
            if slip <= most
            for form in self._forms[key]
        ]
        return min(near)[2] if near else ""

    def _best(self, word: str, keys: Iterable[str]) -> Likeness:
        """The likeliest. Who types a diacritic means it; who types none may lack the key."""
        found: Likeness = {}
        exact = not word.isascii()
        for key in keys:
            for form in self._forms[key]:
                if exact and word not in form.word:
                    continue
                sure = (0.7 + 0.3 * len(word) / len(key)) * form.weight
                found[form.stem] = max(found.get(form.stem, 0), sure)
        chosen = sorted(found.items(), key=lambda it: (-it[1], it[0]))[:MOST]
        return dict(chosen)

    def _split(self, word: str) -> list[str]:
        """The fewest known pieces, the longest first; a piece that nobody knows costs three."""
        best: list[tuple[int, list[str]]] = [(0, [])]
        for end in range(1, len(word) + 1):
            cost, pieces = best[end - 1]
            options = [(cost + 3, pieces)]
            for start in range(max(0, end - LONGEST_PART), end - PART + 1):
                key = self._piece(word[start:end], last=end == len(word))
                if key and end - start < len(word):
                    before, others = best[start]
                    options.append((before + 2, [*others, key]))
            best.append(min(options, key=lambda it: it[0]))
        cost, pieces = best[-1]
        if cost > 2 * len(pieces):
            pieces = [piece for piece in pieces if len(piece) >= TELLING]
        return pieces

    def _piece(self, piece: str, *, last: bool) -> str | None:
        if piece in self._forms:
            return piece
        if last or len(piece) == PART or piece[-1] not in LINKS:
            return None
        return piece[:-1] if piece[:-1] in self._forms else None

    def _alike(self, word: str) -> list[str]:
        """The words with most trigrams in common."""
        lists = [self._grams[gram] for gram in set(grams(word)) if gram in self._grams]
        if not lists:
            return []
        common = np.bincount(np.concatenate(lists), minlength=len(self._sorted))
        share = 2 * common / (self._sizes + len(word))
        near = np.flatnonzero(share >= LEAST_ALIKE)
        near = near[np.argsort(-share[near], kind="stable")][:MOST_COMPARED]
        return [self._sorted[at] for at in near]


def _weight(form: Form) -> float:
    return form.weight


def allowed(size: int) -> int:
    """How many slips a word of this length may have.

    >>> [allowed(size) for size in (4, 5, 7, 8, 13)]
    [0, 1, 1, 2, 3]
    """
    return 0 if size < 5 else 1 if size < 8 else 2 if size < 13 else 3


def distance(one: str, other: str, most: int) -> int:
    """Slips between two words, of which a swap of neighbours is one; more than `most` is not told.

    >>> distance("byggolv", "bygglov", 2), distance("altan", "altanen", 1)
    (1, 2)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    older: list[int] = []
    old = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        new = [i]
        for j, mate in enumerate(other, 1):
            cost = min(old[j] + 1, new[-1] + 1, old[j - 1] + (letter != mate))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == mate:
                cost = min(cost, older[j - 2] + 1)
            new.append(cost)
        if min(new) > most:
            return most + 1
        older, old = old, new
    return old[-1]


def grams(word: str) -> list[str]:
    """Trigrams, the word's ends marked.

    >>> grams("lov")
    ['_lo', 'lov', 'ov_']
    """
    marked = f"_{word}_"
    return [marked[at : at + 3] for at in range(len(marked) - 2)]


def _gram_table(forms: Iterable[str]) -> dict[str, npt.NDArray[np.int32]]:
    found: dict[str, list[int]] = defaultdict(list)
    for at, form in enumerate(forms):
        for gram in set(grams(form)):
            found[gram].append(at)
    return {gram: np.array(places, dtype=np.int32) for gram, places in found.items()}


def _run(forms: list[str], start: str) -> Iterable[str]:
    """The words that begin with `start` and are longer, as many as are worth looking at."""
    at = bisect_left(forms, start)
    for form in forms[at : at + MOST_LOOKED_AT]:
        if not form.startswith(start):
            return
        if len(form) > len(start):
            yield form
