"""From what an OpenID provider says about someone to one identity. Pure.

The Swedish profile's claims: `https://id.oidc.se/claim/…`; a broker that names them otherwise is
met by a mapping in the configuration.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from personnummer import personnummer

UNNAMED = "–"  # a name that nobody has told us yet
OIDC_SE = "https://id.oidc.se/claim/"
LOA = "http://id.elegnamnden.se/loa/1.0/"

STANDARD_NAMES: Mapping[str, str] = {
    "personal": f"{OIDC_SE}personalIdentityNumber",
    "coordination": f"{OIDC_SE}coordinationNumber",
    "previous": f"{OIDC_SE}previousCoordinationNumber",
    "eidas": "https://id.swedenconnect.se/claim/prid",
    "name": "name",
    "given_name": "given_name",
    "family_name": "family_name",
}

ACCEPTED_ASSURANCE = (
    f"{LOA}loa3",
    f"{LOA}loa4",
    f"{LOA}eidas-nf-sub",
    f"{LOA}eidas-nf-high",
)


class UnknownNumber(ValueError):
    """What was written is no identity number; the text says what was expected."""


class ClaimsRefused(Exception):
    """The provider vouched, but not for an identity that we can accept; the text says why."""


@dataclass(frozen=True, slots=True)
class Identity:
    """One identity, as vouched for: `kind` is an Account.Kind value."""

    kind: str
    identifier: str
    name: str
    assurance: str
    previous: str | None = field(default=None)


def identity_from(
    claims: Mapping[str, object],
    *,
    names: Mapping[str, str] = STANDARD_NAMES,
    accepted: tuple[str, ...] = ACCEPTED_ASSURANCE,
) -> Identity:
    """The identity in validated claims.

    Raises ClaimsRefused where the assurance is not one of `accepted` (what was asked for as an
    essential claim must be checked when it comes back) or where no usable identifier is given.
    """
    assurance = str(claims.get("acr", ""))
    if assurance not in accepted:
        raise ClaimsRefused(
            f"the assurance level (acr) was '{assurance or 'not given'}'; "
            f"expected one of {', '.join(accepted)}"
        )
    kind, identifier = _identifier(claims, names)
    return Identity(
        kind=kind,
        identifier=identifier,
        name=_name(claims, names),
        assurance=assurance,
        previous=_text(claims, names["previous"]),
    )


def _identifier(claims: Mapping[str, object], names: Mapping[str, str]) -> tuple[str, str]:
    for kind in ("personal", "coordination"):
        number = _text(claims, names[kind])
        if number:
            return kind, _twelve_digits(number, kind)
    prid = _text(claims, names["eidas"])
    if prid:
        return "eidas", prid
    raise ClaimsRefused(
        "no personal identity number, coordination number or eIDAS identity was given; "
        f"expected one of the claims {names['personal']}, {names['coordination']}, {names['eidas']}"
    )


def identity_of(number: str) -> tuple[str, str]:
    """The kind and the twelve digits of an identity number as somebody writes it.

    Raises UnknownNumber.

    >>> identity_of("19900101-9802")
    ('personal', '199001019802')
    """
    day = number.replace("-", "").replace("+", "")[6:8]
    kind = "coordination" if day > "31" else "personal"  # its day is 60 too many
    try:
        return kind, _twelve_digits(number, kind)
    except ClaimsRefused as refused:
        raise UnknownNumber(str(refused)) from None


def _twelve_digits(number: str, kind: str) -> str:
    digits = number.replace("-", "").replace("+", "")
    # the library refuses some coordination numbers that the Tax Agency has given (month 00, day 60)
    known = personnummer.valid(digits) if kind == "personal" else digits.isdecimal()
    if len(digits) != 12 or not known:
        raise ClaimsRefused(f"the {kind} number given is not valid; expected twelve digits")
    return digits


def _name(claims: Mapping[str, object], names: Mapping[str, str]) -> str:
    parts = (_text(claims, names["given_name"]), _text(claims, names["family_name"]))
    return _text(claims, names["name"]) or " ".join(p for p in parts if p) or UNNAMED


def _text(claims: Mapping[str, object], name: str) -> str | None:
    value = claims.get(name)
    return value.strip() if isinstance(value, str) and value.strip() else None
