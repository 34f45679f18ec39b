"""What people say and what they mean: the package's synonyms, ready to be asked."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from allting.catalogue.speech import speech
from allting.catalogue.steps import Synonym


@dataclass(frozen=True, slots=True)
class Meaning:
    """The stems of what is meant, and the language they are of."""

    language: str
    stems: tuple[str, ...]


Phrases = dict[Meaning, tuple[float, int, frozenset[str]]]
"""What words mean together: how sure that is, of how many words, and which."""


class Meanings:
    """The synonyms of one language."""

    def __init__(self, language: str, synonyms: Iterable[Synonym] = ()) -> None:
        self.words: list[str] = []
        self._single: dict[str, list[Meaning]] = defaultdict(list)
        self._phrases: dict[str, list[tuple[frozenset[str], Meaning]]] = defaultdict(list)
        voice = speech(language)
        for synonym in synonyms:
            meant = meaning_of(synonym.means, language)
            for says in synonym.says.get(language, ()):
                stems = frozenset(voice.stems(says))
                self.words += voice.telling(says)
                if len(stems) == 1:
                    self._single[min(stems)].append(meant)
                elif stems:
                    self._phrases[max(stems, key=len)].append((stems, meant))

    def of_word(self, stem: str) -> Iterable[Meaning]:
        """What one word means."""
        return self._single.get(stem, ())

    def of_phrases(self, said: Mapping[str, float]) -> Phrases:
        """What words mean together, each as the surest of its phrases."""
        found: Phrases = {}
        for stem in said:
            for phrase, meant in self._phrases.get(stem, ()):
                if phrase <= said.keys():
                    sure = min(said[it] for it in phrase)
                    if meant not in found or found[meant][:2] < (sure, len(phrase)):
                        found[meant] = (sure, len(phrase), phrase)
        return found


def meaning_of(means: Mapping[str, str], language: str) -> Meaning:
    """In the language itself, or else in the first that is there."""
    chosen = language if language in means else next(iter(means))
    return Meaning(chosen, speech(chosen).sense(means[chosen]))
