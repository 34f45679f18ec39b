"""References to law, in words and with an address to read it at."""

import re
from dataclasses import dataclass
from functools import partial

from allting.catalogue.api import act, law_address
from allting.packages.api import Edition, LawRef
from allting.ui.api import plain, translator

SECTION = re.compile(r"(\d+):(\d+ ?[a-z]?)")


@dataclass(frozen=True, slots=True)
class LawLink:
    """One reference: what to call it and where to read it."""

    text: str
    href: str


def law_links(
    edition: Edition, language: str, references: tuple[LawRef, ...]
) -> tuple[LawLink, ...]:
    """The references with the acts' own titles; references to the same act stand as they are."""
    return tuple(map(partial(_link, edition, language), references))


def _link(edition: Edition, language: str, reference: LawRef) -> LawLink:
    known = act(edition, reference)
    title = plain(known.title, language) if known else reference.act
    section = section_in_words(reference.section, language)
    return LawLink(
        f"{title} {section}".strip(),
        law_address(edition, reference),
    )


def section_in_words(section: str, language: str) -> str:
    """`8:14` as a Swede says it, or in English.

    >>> section_in_words("8:14", "sv"), section_in_words("§ 3", "sv")
    ('8 kap. 14 §', '§ 3')
    """
    found = SECTION.fullmatch(section)
    if not found:
        return section
    _ = translator(language)
    return _("chapter {chapter}, section {section}", chapter=found[1], section=found[2])
