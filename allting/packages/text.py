"""Texts for people, in the package's languages."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from allting.packages.problems import did_you_mean
from allting.packages.trouble import fault, said
from allting.ui.api import worded

LANGUAGES = "languages"  # in the validation context: the package's languages, the first is first
KNOWN = "known_languages"  # those, and the languages of the packages it builds on


class Text(Mapping[str, str]):
    """A text per language; the package's first language is always there and comes first."""

    __slots__ = ("_by_language",)

    def __init__(self, by_language: Mapping[str, str]) -> None:
        self._by_language = dict(by_language)

    def __getitem__(self, language: str) -> str:
        return self._by_language[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_language)

    def __len__(self) -> int:
        return len(self._by_language)

    def __hash__(self) -> int:
        return hash(tuple(self._by_language.items()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mapping) and self._by_language == dict(other)

    def __repr__(self) -> str:
        return f"Text({self._by_language!r})"

    def pick(self, language: str) -> tuple[str, str]:
        """The text for `language`, or the first language's: (its language, the text).

        >>> Text({"sv": "Hej", "en": "Hello"}).pick("en")
        ('en', 'Hello')
        >>> Text({"sv": "Hej"}).pick("en")
        ('sv', 'Hej')
        """
        if language in self._by_language:
            return language, self._by_language[language]
        return next(iter(self._by_language.items()))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(
            _validate,
            serialization=core_schema.plain_serializer_function_ser_schema(dict),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        one = {"type": "string", "minLength": 1}
        per_language = {
            "type": "object",
            "propertyNames": {"pattern": "^[a-z]{2,3}$"},
            "additionalProperties": one,
            "minProperties": 1,
        }
        return {"anyOf": [one, per_language]}


def _validate(value: Any, info: core_schema.ValidationInfo) -> Text:
    context = info.context or {}
    languages: tuple[str, ...] = tuple(context.get(LANGUAGES, ("sv", "en")))
    known: tuple[str, ...] = tuple(context.get(KNOWN, languages))
    if isinstance(value, Text):
        return value
    if isinstance(value, str):
        value = {languages[0]: value}
    if not isinstance(value, dict):
        raise _not_a_text(value, languages)
    for language, words in value.items():
        _check_one(language, words, known)
    if languages[0] not in value:
        raise fault(
            worded("the text in the package's first language, '{it}', is missing", it=languages[0]),
            expected=worded("a text for each of {these}", these=", ".join(languages)),
            mend=worded("add '{it}: …'", it=languages[0]),
        )
    return Text({language: value[language] for language in languages if language in value})


def _check_one(language: str, words: Any, known: tuple[str, ...]) -> None:
    if language not in known:
        raise fault(
            worded("'{language}' is not one of the package's languages", language=language),
            expected=worded("a text per language: {these}", these=", ".join(known)),
            mend=did_you_mean(language, known)
            or worded(
                "take it away, or add '{language}' to languages in package.yaml", language=language
            ),
            inner=language,
        )
    if not isinstance(words, str):
        raise _not_a_text(words, known, language)
    if not words.strip():
        raise fault(
            worded("the text for '{language}' is empty", language=language),
            expected=worded("words for people to read"),
            mend=worded("write the text, or take the key away"),
            inner=language,
        )


def _not_a_text(value: Any, languages: tuple[str, ...], inner: str | None = None) -> Exception:
    shape = ", ".join(f"{language}: …" for language in languages)
    number = isinstance(value, int | float)
    return fault(
        worded("{value} is not a text", value=said(value)),
        expected=worded("a text")
        if inner
        else worded("a text, or a text per language: {{{shape}}}", shape=shape),
        mend=worded('put it in quotes: "{value}"', value=said(value)) if number else None,
        inner=inner,
    )
