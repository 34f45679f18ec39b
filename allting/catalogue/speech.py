"""Words as they are compared: small letters, without their endings, per language."""

import re
import unicodedata
from functools import lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

STEMMERS = {"sv": "swedish", "en": "english", "fi": "finnish", "de": "german", "fr": "french"}
LONGEST_WORD = 60
# words that people wrap around what they look for; those of grammar are known to the library
ALSO_SILENT = {
    "sv": "vill ansöka ansök ansökan söka söker sök hur kommun kommunen kommunens "
    "kommunal kommunala gör göra behöver få får fått kan kunna ska skall bör måste finns finnas "
    "hjälp ge ger går hos mer mycket lång "
    "tid tar när vem vad var varför vilka vilken igen nu snart bara också väl ju the",
    "en": "want apply application applying how municipality need needs get getting can could do "
    "does where when which who long take takes much many there please help am my in",
    "fi": "haluan hakea haen hakemus miten kunta kunnan tarvitsen missä mistä milloin kuinka voin "
    "voinko saan saanko paljon mikä kuka pitää minun apua voiko",
}
# the library's stemmer takes most endings off Swedish words, but not this: förskolan, barnmorskan
DEFINITE = {"sv": re.compile(r"(?<=\w{4}a)n$(?<!plan)(?<!man)(?<!organ)")}

BARE = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})


class Speech:
    """How one language is read."""

    def __init__(self, language: str) -> None:
        name = STEMMERS.get(language)
        self._words = _analyzer(name, "")
        self._telling = _analyzer(name, ALSO_SILENT.get(language, ""), silent=True)
        self._stemmer = _stemmer(name)
        self._definite = DEFINITE.get(language)
        self.silent = tuple(fold(word) for word in ALSO_SILENT.get(language, "").split())
        """Words that people wrap around what they look for, without diacritics."""

    def words(self, text: str) -> list[str]:
        """Every word of a text."""
        return self._words.analyze(text)

    def telling(self, text: str) -> list[str]:
        """The words that say what it is about; all of them where none does."""
        return self._telling.analyze(text) or self._words.analyze(text)

    def stem(self, word: str) -> str:
        """The word without its ending."""
        if self._definite:
            word = self._definite.sub("", word)
        found = self._stemmer.analyze(word)
        return found[0] if found else word

    def stems(self, text: str) -> list[str]:
        """Every word of a text without its ending."""
        return [self.stem(word) for word in self.words(text)]

    def sense(self, text: str) -> tuple[str, ...]:
        """What a phrase comes to: the stems of the words that tell."""
        return tuple(self.stem(word) for word in self.telling(text))


def fold(word: str) -> str:
    """The word without diacritics, as it is typed where the keyboard has none.

    >>> fold("förskola"), fold("smørrebrød")
    ('forskola', 'smorrebrod')
    """
    if word.isascii():
        return word
    bare = unicodedata.normalize("NFKD", word.translate(BARE))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


@lru_cache(maxsize=16)
def speech(language: str) -> Speech:
    """The reader of a language; one without a stemmer keeps its endings."""
    return Speech(language)


def _analyzer(name: str | None, also: str, *, silent: bool = False) -> TextAnalyzer:
    builder = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase())
    builder = builder.filter(Filter.remove_long(LONGEST_WORD))
    if silent and name:
        builder = builder.filter(Filter.stopword(name))
    if also:
        builder = builder.filter(Filter.custom_stopword(also.split()))
    return builder.build()


def _stemmer(name: str | None) -> TextAnalyzer:
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    return (builder.filter(Filter.stemmer(name)) if name else builder).build()
