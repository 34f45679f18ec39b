"""Checks of this room: colours and translations."""

from allting.packages.definition import Definition
from allting.packages.parts import Text
from allting.packages.problems import At, Report, did_you_mean, one_of
from allting.ui.api import Pair, theme_pairs, worded


def readable_colours(definition: Definition, report: Report) -> None:
    """Every pair of colours that meets on a page can be told apart (WCAG 2.2, 1.4.3 and 1.4.11)."""
    theme = definition.package.theme
    poor: dict[str, list[Pair]] = {}
    for pair in theme_pairs({key: getattr(theme, key) for key in _GROUND_OF}):
        if not pair.ok:
            poor.setdefault(_set_by(pair, theme.model_fields_set), []).append(pair)
    for colour, pairs in poor.items():
        worst = min(pairs, key=lambda pair: pair.contrast / pair.wanted)
        more = f" (and {len(pairs) - 1} more like it)" if len(pairs) > 1 else ""
        report.error(
            At("package.yaml", ("theme", colour)),
            f"with '{colour}: {getattr(theme, colour)}' the pair '{worst.name}' by {worst.mode}, "
            f"{worst.front} on {worst.back}, has a contrast of {worst.contrast}:1{more}",
            expected=f"at least {worst.wanted:g}:1, so that everyone can read it",
            mend=_MEND[colour],
        )


_GROUND_OF = {
    "brand": ("brand", "brand-deep", "foot"),
    "accent": ("accent",),
    "surface": ("paper", "raised", "sunk", "brand-soft", "accent-soft"),
}
_MEND = {
    "brand": "a darker colour for 'brand'",
    "accent": "a lighter colour for 'accent', such as #f2b441",
    "surface": "a colour nearer to white for 'surface', such as #fbfaf7",
}


def _set_by(pair: Pair, stated: set[str]) -> str:
    """The colour of the theme that decides about a pair: its ground's, or its front's."""
    front, ground = pair.name.split(" on ")
    if front == "brand" and "brand" in stated:
        return "brand"
    return next((key for key, grounds in _GROUND_OF.items() if ground in grounds), "surface")


def translations(definition: Definition, report: Report) -> None:
    """Texts that lack one of the package's whole languages are listed."""
    for where, text in definition.every(Text):
        absent = [language for language in definition.whole_languages if language not in text]
        if absent:
            report.warning(
                where,
                worded(
                    "the text lacks {these}; people see it in '{next}' instead",
                    these=one_of(absent),
                    next=next(iter(text)),
                ),
                mend=worded(
                    "add {these}", these=", ".join(f"{language}: …" for language in absent)
                ),
            )


def page_languages(definition: Definition, report: Report) -> None:
    """Pages stand in the package's languages; those that lack one are listed."""
    for kind, id, name, found in definition.pages():
        for language in sorted(found - set(definition.known_languages)):
            report.error(
                definition.at_page(kind, id, name, language),
                worded("'{language}' is not one of the package's languages", language=language),
                expected=worded(
                    "one of {these} in the file's name", these=one_of(definition.languages)
                ),
                mend=did_you_mean(language, definition.languages)
                or worded(
                    "rename the file, or add '{language}' to languages in package.yaml",
                    language=language,
                ),
            )
        absent = [language for language in definition.whole_languages if language not in found]
        missing = [definition.at_page(kind, id, name, one).file for one in absent]
        there = [language for language in definition.languages if language in found]
        if absent and there:
            report.warning(
                definition.at_page(kind, id, name, there[0]),
                worded(
                    "the page lacks {these}; people see it in '{it}' instead",
                    these=one_of(absent),
                    it=there[0],
                ),
                mend=worded("write {these}", these=one_of(missing, joined_by="and")),
            )


ALL = (readable_colours, translations, page_languages)
