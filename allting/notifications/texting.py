"""Text messages: numbers as the networks write them, and how long a text is when it is sent."""

from dataclasses import dataclass

import phonenumbers

HOME = "SE"
# GSM 03.38, its default alphabet; those of the second line take two places
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWICE = frozenset("\f^{}\\[~]|€")


@dataclass(frozen=True, slots=True)
class TextLength:
    """How a text is sent: `units` are characters as the network counts, `segments` what is paid."""

    alphabet: str
    units: int
    segments: int


def text_length(text: str) -> TextLength:
    """How long a text message is. One letter outside the alphabet of GSM more than halves the room.

    >>> text_length("Hej! Välkommen på onsdag, åäö går bra.").alphabet
    'GSM-7'
    >>> text_length("a" * 161).segments
    2
    >>> text_length("Plats på Smultronstället ‑ svara JA")
    TextLength(alphabet='UCS-2', units=35, segments=1)
    >>> text_length("😀" * 36).segments
    2
    """
    letters = set(text)
    if letters <= _GSM | _GSM_TWICE:
        units = len(text) + sum(text.count(letter) for letter in _GSM_TWICE)
        return TextLength(
            "GSM-7", units, _segments([1 + (c in _GSM_TWICE) for c in text], 160, 153)
        )
    wide = [1 + (ord(letter) > 0xFFFF) for letter in text]
    return TextLength("UCS-2", sum(wide), _segments(wide, 70, 67))


def _segments(widths: list[int], alone: int, joined: int) -> int:
    """How many parts: a character is never parted, so a part may end one place early."""
    if sum(widths) <= alone:
        return 1
    parts, used = 1, 0
    for width in widths:
        if used + width > joined:
            parts, used = parts + 1, 0
        used += width
    return parts


def e164(number: str) -> str | None:
    """The number as networks write it, or None for one that nobody can have.

    >>> e164("070-174 06 05")
    '+46701740605'
    >>> e164("0046 70 174 06 05"), e164("+358 40 123 4567"), e164("12")
    ('+46701740605', '+358401234567', None)
    """
    try:
        found = phonenumbers.parse(number, HOME)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(found):
        return None
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)
