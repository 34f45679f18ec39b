"""Search in memory: built once per published version and language, asked in microseconds.

People type as they speak: "dagis", "bygglov altan", "forskola". So each word is looked for by its
stem without diacritics, as part of a compound (karta in nybyggnadskarta), by the compounds' parts
that it holds itself (förskole- in förskoleplats), with a letter wrong, and last by its trigrams.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import tantivy
from tantivy import Filter, Occur, Query, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

STEMMERS = {"sv": "swedish", "en": "english", "fi": "finnish", "de": "german", "fr": "french"}
WEIGHTS = {"title": 8.0, "keywords": 7.0, "summary": 2.5, "body": 1.0}
FIELDS = (*WEIGHTS, "parts", "grams")
PART = 4  # a shorter piece of a compound says nothing
FAINT = 0.15  # what scores less than this share of the best is noise
LONGEST_QUERY = 200
MOST_WORDS = 12
# words that people wrap around what they look for
ALSO_SILENT = {
    "sv": ["vill", "ansöka", "ansök", "söka", "hur", "kommun", "kommunen", "gör", "behöver"],
    "en": ["want", "apply", "application", "how", "municipality", "need", "get"],
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found."""

    kind: str  # service, life-event
    id: str
    title: str
    keywords: str = ""
    summary: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found; hits come best first."""

    kind: str
    id: str
    score: float = field(compare=False)


class Finder:
    """The entries of one language, ready to be asked."""

    def __init__(self, language: str, entries: Iterable[Entry]) -> None:
        self._stems = _analyzer(language)
        self._words = _analyzer(language, silent=False)
        self._schema = _schema()
        self._index = tantivy.Index(self._schema)
        self._stem_vocabulary: set[str] = set()
        self._fill(entries)
        self._searcher = self._index.searcher()

    def ask(self, words: str, limit: int = 20) -> list[Hit]:
        """What `words` find, best first."""
        query = self._query(words[:LONGEST_QUERY])
        if query is None:
            return []
        found = self._searcher.search(query, limit).hits
        least = found[0][0] * FAINT if found else 0
        return [self._hit(score, address) for score, address in found if score >= least]

    def _hit(self, score: float, address: tantivy.DocAddress) -> Hit:
        kind, _, id = self._searcher.doc(address)["ref"][0].partition("/")
        return Hit(kind, id, score)

    def _fill(self, entries: Iterable[Entry]) -> None:
        writer = self._index.writer(heap_size=15_000_000, num_threads=1)
        for entry in entries:
            writer.add_document(self._document(entry))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def _document(self, entry: Entry) -> tantivy.Document:
        texts = {name: getattr(entry, name) for name in WEIGHTS}
        stems = {name: self._words.analyze(text) for name, text in texts.items()}
        chief = {*stems["title"], *stems["keywords"]}
        self._stem_vocabulary |= {stem for stem in chief if len(stem) >= PART}
        return tantivy.Document(
            ref=f"{entry.kind}/{entry.id}",
            **{name: " ".join(found) for name, found in stems.items()},
            parts=" ".join(part for stem in sorted(chief) for part in _edges(stem)),
            grams=" ".join(gram for stem in sorted(chief) for gram in _grams(stem)),
        )

    def _query(self, words: str) -> Query | None:
        stems = self._stems.analyze(words) or self._words.analyze(words)
        each = [(Occur.Should, self._one(stem)) for stem in dict.fromkeys(stems[:MOST_WORDS])]
        return Query.boolean_query(each) if each else None

    def _one(self, stem: str) -> Query:
        """The best of the ways in which one word may be meant."""
        ways = [self._term(name, stem, weight) for name, weight in WEIGHTS.items()]
        if len(stem) >= 3:
            ways.append(self._term("parts", stem, 4.0))
        ways += [self._term("title", part, 3.0) for part in self._known_parts(stem)]
        ways += [self._term("keywords", part, 3.0) for part in self._known_parts(stem)]
        if len(stem) >= 5:
            ways += [self._misspelt(name, stem) for name in ("title", "keywords")]
            ways.append(self._alike(stem))
        return Query.disjunction_max_query(ways, 0.2)

    def _term(self, name: str, stem: str, weight: float) -> Query:
        return Query.boost_query(Query.term_query(self._schema, name, stem), weight)

    def _misspelt(self, name: str, stem: str) -> Query:
        # a fuzzy hit scores 1 whatever the word's rarity, so its weight is a whole one
        distance = 1 if len(stem) < 8 else 2
        return Query.boost_query(Query.fuzzy_term_query(self._schema, name, stem, distance), 2.5)

    def _alike(self, stem: str) -> Query:
        grams = [Query.term_query(self._schema, "grams", gram) for gram in _grams(stem)]
        alike = Query.boolean_query(
            [(Occur.Should, gram) for gram in grams],
            minimum_number_should_match=max(2, round(len(grams) * 0.7)),
        )
        return Query.const_score_query(alike, 1.5)

    def _known_parts(self, stem: str) -> list[str]:
        """The longest known beginning and end: `barnomsorgsavgift` is about avgift, not gift."""
        pieces = list(_edges(stem))
        first, last = reversed(pieces[::2]), reversed(pieces[1::2])
        known = (
            next((p for p in side if p in self._stem_vocabulary), None) for side in (first, last)
        )
        return [part for part in known if part]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder().add_text_field("ref", stored=True, tokenizer_name="raw")
    for name in FIELDS:
        # the text is analysed before it is handed over
        option = "basic" if name in ("parts", "grams") else "freq"
        builder.add_text_field(name, tokenizer_name="whitespace", index_option=option)
    return builder.build()


def _analyzer(language: str, *, silent: bool = True) -> TextAnalyzer:
    """Words as they are compared: small letters, stemmed, without diacritics."""
    name = STEMMERS.get(language)
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    builder = builder.filter(Filter.lowercase()).filter(Filter.remove_long(60))
    if silent and name:
        builder = builder.filter(Filter.stopword(name))
        builder = builder.filter(Filter.custom_stopword(ALSO_SILENT.get(language, [])))
    if name:
        builder = builder.filter(Filter.stemmer(name))
    return builder.filter(Filter.ascii_fold()).build()


def _edges(stem: str) -> Iterator[str]:
    """Beginnings and ends of a word: where the parts of a compound stand.

    >>> list(_edges("altan")), list(_edges("lov"))
    (['alta', 'ltan'], [])
    """
    for size in range(PART, len(stem)):
        yield stem[:size]
        yield stem[-size:]


def _grams(stem: str) -> list[str]:
    """Trigrams, the word's ends marked.

    >>> _grams("lov")
    ['_lo', 'lov', 'ov_']
    """
    marked = f"_{stem}_"
    return [marked[at : at + 3] for at in range(len(marked) - 2)]


def words_of(markdown: str) -> str:
    r"""The words of a Markdown page, without addresses and marks.

    >>> words_of("## Så går det till\n\nRing [oss](https://a.example).")
    'Så går det till Ring oss.'
    """
    linked = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    return re.sub(r"[#*_`>|\n]+", " ", linked).strip()
