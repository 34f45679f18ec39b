"""Search in memory: built once per published version and language, asked in microseconds.

People type as they speak: "dagis", "bygglov altan", "forskola", "hemtj". So each word is looked for
by its stem; by what people mean by it (synonyms of the package); as the beginning or the end of the
catalogue's own words; by its parts, if it is a compound of them; and, where it is in no title or
keyword, as a slip of the finger. What is surest weighs most. Words of the other languages are found
too, so a page without Finnish is found in Swedish, and by Finnish words for it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import tantivy
from tantivy import Occur, Query

from allting.catalogue.fit import FITS, PERHAPS, Fits, Holding, Word
from allting.catalogue.meanings import Meaning, Meanings, Phrases
from allting.catalogue.near import Form, Near
from allting.catalogue.speech import Speech, speech
from allting.catalogue.steps import Synonym

OWN = {"title": 8.0, "keywords": 7.0}
CHIEF = tuple(OWN)
TEXT = {"asked": 2.5, "summary": 2.5, "body": 1.0}
WHOLE = {"name": 5.0, "phrase": 4.0}
"""What is typed is a whole title, or a whole keyword."""
ELSEWHERE = 0.5
TIE = 0.2
MODIFIER, HEAD = 0.5, 0.6  # of a compound
SYNONYM = 0.9
BESIDE = {"topic": 0.5, "audience": 0.5, "board": 0.5, "page": 0.6}
"""What leads on to other things stands after the thing itself."""
FAINT = 0.12  # what scores less than this share of the best is noise
ASKED, WHOLE_QUESTION = 1.5, 0.65
"""What is typed is all, or a part, of a question that others asked: it weighs, and fits."""
NO_QUESTION: tuple[str, frozenset[str]] = ("", frozenset())
LOOKED_AT, MOST_GUESSES = 3, 3
LONGEST_QUERY = 200
MOST_WORDS = 12
BETWEEN = "; "  # keywords


@dataclass(frozen=True, slots=True)
class Said:
    """A title and keywords in another language."""

    language: str
    title: str
    keywords: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found."""

    kind: str  # service, life-event, topic, audience, board, page
    id: str
    title: str
    keywords: str = ""
    summary: str = ""
    body: str = ""
    language: str = ""
    """Of the texts, where they are not in the language asked for."""
    asked: tuple[tuple[str, str], ...] = ()
    """Questions that others asked: id and words."""
    elsewhere: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found; hits come best first."""

    kind: str
    id: str
    score: float = field(compare=False)
    fit: float = field(default=1.0, compare=False)
    """The share of what was asked that it answers."""
    question: str = field(default="", compare=False)
    """The id of a question others asked, where that is what the words ask."""


def sure(hits: Sequence[Hit]) -> bool:
    """Whether hits are what was asked for; else they are what was perhaps meant."""
    return any(hit.fit >= FITS for hit in hits[:LOOKED_AT])


class Finder:
    """The entries of one language, ready to be asked."""

    def __init__(
        self, language: str, entries: Iterable[Entry], synonyms: Sequence[Synonym] = ()
    ) -> None:
        there = list(entries)
        self._language = language
        self._own = speech(language)
        self._others = sorted(
            {said.language for it in there for said in it.elsewhere}
            | {it.language for it in there if it.language} - {language}
        )
        self._meanings = Meanings(language, synonyms)
        self._forms: dict[tuple[str, str], Form] = {}
        self._known: set[str] = set()
        self._fits = Fits(language)
        self._questions: dict[str, list[tuple[str, frozenset[str]]]] = {}
        self._schema = _schema(self._others)
        self._index = tantivy.Index(self._schema)
        self._fill(there)
        for word in self._meanings.words:
            self._learn(self._own, word, 0.8)
        self._near = Near(self._forms.values())
        self._forms.clear()
        self._searcher = self._index.searcher()

    def ask(self, words: str, limit: int = 20) -> list[Hit]:
        """What `words` find, best first; a few guesses where nothing fits, told by `sure`."""
        words = words[:LONGEST_QUERY]
        typed = list(dict.fromkeys(self._own.telling(words)))[:MOST_WORDS]
        if not typed:
            return []
        asked = [self._word(it, last=it == typed[-1]) for it in typed]
        phrases = self._phrases(asked, words)
        found = self._searcher.search(self._query(asked, phrases), limit).hits
        refs = [(score, self._searcher.doc(address)["ref"][0]) for score, address in found]
        stems = frozenset(it.stem for it in asked)
        # who types the whole name of a thing means the thing, not a question that speaks of it
        asks = 0.0 if any(self._fits.is_name(ref, stems) for _, ref in refs) else ASKED
        hits = [self._hit(score, ref, asked, phrases, asks) for score, ref in refs]
        hits.sort(key=lambda it: -it.score)
        if sure(hits):
            return [hit for hit in hits if hit.score >= hits[0].score * FAINT]
        return [hit for hit in hits if hit.fit >= PERHAPS][:MOST_GUESSES]

    def spelled(self, words: str) -> str:
        """The words without slips of the finger, where that is how they find what they find."""
        there = [self._spelled(it) for it in self._own.words(words[:LONGEST_QUERY])]
        mended = " ".join(new or old for old, new in there)
        if not any(new for _, new in there):
            return ""
        hits, same = self.ask(words, 1), self.ask(mended, 1)
        return mended if sure(same) and hits == same else ""

    def _spelled(self, word: str) -> tuple[str, str]:
        """A word, and how it is spelled if nobody knows it as it is."""
        stem = self._own.stem(word)
        if stem in self._near.stems or stem in self._known or word in self._near:
            return word, ""
        begun = self._near.begun(word) or self._near.ended(stem) or self._near.parts(word)
        return word, "" if begun else self._near.spelled(word)

    def _hit(
        self, score: float, ref: str, asked: Sequence[Word], phrases: Phrases, weight: float
    ) -> Hit:
        kind, _, id = ref.partition("/")
        fit, score = self._fits.of(ref, asked, phrases), score * BESIDE.get(kind, 1.0)
        stems = {it.stem for it in asked}
        question, asks = self._question(ref, stems)
        if len(stems) > 1 and stems <= asks:
            fit, score = max(fit, WHOLE_QUESTION), score * (1 + weight * len(stems) / len(asks))
        return Hit(kind, id, score, fit, question)

    def _question(self, ref: str, stems: set[str]) -> tuple[str, frozenset[str]]:
        """The question that asks most of what was typed: two words of three, or all it asks."""
        least = -(-len(stems) * 2 // 3)
        asks = [(len(stems & words), id, words) for id, words in self._questions.get(ref, ())]
        fits = [it for it in asks if it[0] >= least and (it[0] >= 2 or it[2] <= stems)]
        return max(fits, key=lambda it: it[0])[1:] if fits else NO_QUESTION

    # ---- what there is

    def _fill(self, entries: Iterable[Entry]) -> None:
        writer = self._index.writer(heap_size=15_000_000, num_threads=1)
        for entry in entries:
            writer.add_document(self._document(entry))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def _document(self, entry: Entry) -> tantivy.Document:
        ref, language = f"{entry.kind}/{entry.id}", entry.language or self._language
        fields = self._chief(language, entry.title, entry.keywords)
        for said in entry.elsewhere:
            fields |= self._chief(said.language, said.title, said.keywords)
        voice = speech(language)
        if entry.asked:
            self._questions[ref] = [(id, frozenset(voice.sense(it))) for id, it in entry.asked]
        questions = " ".join(it for _, it in entry.asked)
        holding = Holding()
        for called in (entry.title, *entry.keywords.split(BETWEEN)):
            holding.is_called(voice.sense(called))
        for name, text in (("asked", questions), ("summary", entry.summary), ("body", entry.body)):
            stems = voice.stems(text)
            holding.text.update(stems)
            fields[name] = " ".join(stems)
        self._known.update(holding.text)
        for name, text in fields.items():
            field, _, spoken = name.partition("_")
            if field in CHIEF:
                holding.chief.update(f"{spoken}:{it}" if spoken else it for it in text.split())
        self._fits.add(ref, holding)
        return tantivy.Document(ref=ref, **fields)

    def _chief(self, language: str, title: str, keywords: str) -> dict[str, str]:
        voice, own = speech(language), language == self._language
        ending = "" if own else f"_{language}"
        phrases = [voice.sense(phrase) for phrase in keywords.split(BETWEEN)]
        for text, weight in ((title, 1.0), (keywords, 0.95)):
            for word in voice.telling(text):
                self._learn(voice, word, weight if own else weight * ELSEWHERE)
        # the little words of another language are words of this one: not, and, bara
        stems = voice.stems if own else voice.sense
        return {
            f"title{ending}": " ".join(stems(title)),
            f"keywords{ending}": " ".join(stems(keywords)),
            f"name{ending}": "_".join(voice.sense(title)),
            f"phrase{ending}": " ".join("_".join(phrase) for phrase in phrases if phrase),
        }

    def _learn(self, voice: Speech, word: str, weight: float) -> None:
        form = Form(word, voice.stem(word), weight)
        known = self._forms.setdefault((word, form.stem), form)
        if known.weight < weight:
            self._forms[word, form.stem] = form

    # ---- what is asked

    def _word(self, word: str, *, last: bool) -> Word:
        stem, ways = self._own.stem(word), self._ways(word, last=last)
        meanings = [
            (meant, sure) for it, sure in ways.items() for meant in self._meanings.of_word(it)
        ]
        abroad = frozenset(f"{it}:{speech(it).stem(word)}" for it in self._others)
        parts = () if stem in self._near.stems else self._near.parts(word, self._own.silent)
        return Word(word, stem, ways, abroad, tuple(meanings), tuple(parts))

    def _phrases(self, asked: Iterable[Word], words: str) -> Phrases:
        """What the words mean together."""
        said = dict.fromkeys(self._own.stems(words), 1.0)
        for word in asked:
            for stem, sure in word.ways.items():
                said[stem] = max(said.get(stem, 0), sure)
        return self._meanings.of_phrases(said)

    def _query(self, asked: Sequence[Word], phrases: Phrases) -> Query:
        each = [(Occur.Should, self._one(word)) for word in asked]
        whole = "_".join(word.stem for word in asked)
        each += [(Occur.Should, self._const(name, whole, much)) for name, much in WHOLE.items()]
        for meant, (sure, size, _) in phrases.items():
            each.append((Occur.Should, _boost(self._means(meant), sure * (0.5 + size / 2))))
        return Query.boolean_query(each)

    def _ways(self, word: str, *, last: bool) -> dict[str, float]:
        """The stems that a word may stand for, and how sure each is."""
        stem = self._own.stem(word)
        chief = stem in self._near.stems
        ways: dict[str, float] = {}
        if len(word) >= (2 if last else 4):
            sooner = 0.9 if last and word not in self._near else 0.5
            ways |= {it: sure * sooner for it, sure in self._near.begun(word).items()}
        for it, sure in self._near.ended(stem).items():
            ways[it] = max(ways.get(it, 0), sure * 0.7)
        if not chief:
            sooner = 0.5 if stem in self._known else 1.0
            for form in {word, stem}:
                near = self._near.meant(form) | dict.fromkeys(self._near.bare(form), 0.95)
                for it, sure in near.items():
                    ways[it] = max(ways.get(it, 0), sure * sooner)
        ways[stem] = 1.0
        return ways

    def _one(self, word: Word) -> Query:
        """The best of the ways in which one word may be meant."""
        stem = word.stem
        options = [Query.empty_query()]
        if stem in self._near.stems:
            options += [self._term(name, stem, OWN[name]) for name in CHIEF]
        if stem in self._known:
            options += [self._term(name, stem, weight) for name, weight in TEXT.items()]
        for language in self._others:
            there = speech(language).stem(word.typed)
            if there in self._near.stems:
                options += [
                    self._term(f"{it}_{language}", there, OWN[it] * ELSEWHERE) for it in CHIEF
                ]
        for it, sure in word.ways.items():
            if it != stem:
                options += [self._term(name, it, OWN[name] * sure) for name in CHIEF]
        options += [_boost(self._means(meant), sure) for meant, sure in word.meanings]
        if word.parts:
            options.append(self._together([it.stem for it in word.parts]))
        return Query.disjunction_max_query(options, TIE)

    def _together(self, parts: Sequence[str]) -> Query:
        """The parts of a compound; the last is what it is, the others say of which kind."""
        weights = [MODIFIER] * (len(parts) - 1) + [HEAD]
        return _any(
            _boost(self._part(part), much) for part, much in zip(parts, weights, strict=True)
        )

    def _part(self, stem: str) -> Query:
        options = [self._term(name, stem, OWN[name]) for name in CHIEF]
        options += [self._means(meant) for meant in self._meanings.of_word(stem)]
        return Query.disjunction_max_query(options, TIE)

    def _means(self, meant: Meaning) -> Query:
        """All the words that are meant, in the title or a keyword; best if they are all of it."""
        own = meant.language == self._language
        ending = "" if own else f"_{meant.language}"
        if not own and meant.language not in self._others:
            return Query.empty_query()
        each = [
            (
                Occur.Must,
                Query.disjunction_max_query(
                    [self._term(f"{name}{ending}", stem, OWN[name]) for name in CHIEF], TIE
                ),
            )
            for stem in meant.stems
        ]
        whole = "_".join(meant.stems)
        each += [
            (Occur.Should, self._const(f"{name}{ending}", whole, much))
            for name, much in WHOLE.items()
        ]
        return _boost(Query.boolean_query(each), SYNONYM / len(meant.stems) ** 0.7)

    def _term(self, name: str, stem: str, weight: float) -> Query:
        return _boost(Query.term_query(self._schema, name, stem), weight)

    def _const(self, name: str, text: str, score: float) -> Query:
        return Query.const_score_query(Query.term_query(self._schema, name, text), score)


def _boost(query: Query, weight: float) -> Query:
    return Query.boost_query(query, weight)


def _any(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _schema(others: Iterable[str]) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder().add_text_field("ref", stored=True, tokenizer_name="raw")
    endings = ["", *(f"_{language}" for language in others)]
    chief = [f"{name}{ending}" for ending in endings for name in (*CHIEF, *WHOLE)]
    for name in (*chief, *TEXT):
        # the text is analysed before it is handed over
        whole = name.startswith(tuple(WHOLE))
        builder.add_text_field(
            name, tokenizer_name="whitespace", index_option="basic" if whole else "freq"
        )
    return builder.build()


def words_of(markdown: str) -> str:
    r"""The words of a Markdown page, without addresses and marks.

    >>> words_of("## Så går det till\n\nRing [oss](https://a.example).")
    'Så går det till Ring oss.'
    """
    linked = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    return re.sub(r"[#*_`>|\n]+", " ", linked).strip()
