"""Checks of the words of an offer: that they are there, are short, and tell nobody too much."""

from collections.abc import Collection

from allting.offers import placeholders
from allting.offers.parts import LETTER, MOST_IN_A_TEXT
from allting.offers.sheet import Place, Sheet
from allting.offers.vocabulary import SHY, register_words
from allting.packages.api import did_you_mean, one_of
from allting.ui.api import worded


def check_texts(sheet: Sheet) -> None:
    """Report placeholders that cannot be filled in, long text messages, and letters not there."""
    words = register_words(sheet.definition, sheet.service).facts
    _reason(sheet, words)
    for language, text in sheet.situation.sms.items():
        _sms(sheet, language, text)
    _letter(sheet, words)


def _reason(sheet: Sheet, facts: Collection[str]) -> None:
    own = placeholders.of_the_offer(sheet.situation)
    for language, text in sheet.situation.because.items():
        place: Place = ("because", language)
        for offset, used in placeholders.used_in(text):
            if used in SHY:
                sheet.wrong_at(
                    place,
                    offset,
                    worded("'{{{used}}}' would stand where a link alone leads", used=used),
                    worded("facts that may be read over somebody's shoulder"),
                    worded("say it in the letter, which is read by whoever has signed in"),
                )
            elif used not in (*own, *facts):
                what = worded("'{{{used}}}' cannot be filled in here", used=used)
                sheet.wrong_at(place, offset, what, _known(own), did_you_mean(used, [*own, *facts]))


def _known(own: list[str]) -> str:
    these = ", ".join(own)
    return worded("{these}, or a fact such as birth_date; `allting facts` lists them", these=these)


def _sms(sheet: Sheet, language: str, text: str) -> None:
    place: Place = ("sms", language)
    known = placeholders.in_a_text(sheet.situation)
    if len(text) > MOST_IN_A_TEXT:
        sheet.wrong(
            place,
            worded("the text message has {n} characters", n=len(text)),
            worded("at most {n}", n=MOST_IN_A_TEXT),
            worded("say the rest in the letter"),
        )
    for offset, used in placeholders.used_in(text):
        if used not in known:
            sheet.wrong_at(
                place,
                offset,
                worded(
                    "'{{{used}}}' cannot stand in a text message, which anyone near may read",
                    used=used,
                ),
                one_of(f"{{{name}}}" for name in known),
                did_you_mean(used, known),
            )
    if placeholders.LINK not in dict.fromkeys(used for _, used in placeholders.used_in(text)):
        sheet.wrong(
            place,
            worded("the text message leads nowhere"),
            worded("the placeholder {link}"),
            worded("end it with {link}"),
        )


def _letter(sheet: Sheet, facts: Collection[str]) -> None:
    definition, name = sheet.definition, sheet.situation.id
    own = placeholders.in_a_letter(sheet.situation)
    if name not in definition.names(LETTER, sheet.service):
        first = definition.languages[0]
        sheet.wrong(
            (),
            worded("there is no letter for '{name}'", name=name),
            worded(
                "services/{service}/offers/{name}.{first}.md",
                service=sheet.service,
                name=name,
                first=first,
            ),
        )
        return
    for language in definition.languages:
        source = definition.markdown(LETTER, sheet.service, name, language)
        if source is None or source.language != language:
            continue  # told among the pages that lack a language
        at = definition.at_page(LETTER, sheet.service, name, language, 0)
        if not source.lstrip().startswith("# "):
            expected = worded("a first line that begins with '# '")
            sheet.report.error(at, worded("the letter has no subject"), expected)
        for offset, used in placeholders.used_in(source):
            if used not in (*own, *facts):
                sheet.report.error(
                    definition.at_page(LETTER, sheet.service, name, language, offset),
                    worded("'{{{used}}}' cannot be filled in in this letter", used=used),
                    _known(own),
                    did_you_mean(used, [*own, *facts]),
                )
