"""The kinds of questions that a form may hold."""

from allting.forms.kinds.base import About, Answer, Choice, Kind, Mistake, Posted, Value
from allting.forms.kinds.choices import Consent, One, Several, Wishes, YesNo
from allting.forms.kinds.files import File
from allting.forms.kinds.numbers import Date, Money, Number
from allting.forms.kinds.texts import Address, Email, Phone, Text

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Text("text"),
        Text("long-text", lines=True),
        Email("email"),
        Phone("phone"),
        Date("date"),
        Number("number"),
        Money("money"),
        YesNo("yes-no"),
        One("choice"),
        Several("choices"),
        One("child"),
        One("unit"),
        Wishes("wishes"),
        Address("address"),
        File("file"),
        Consent("consent"),
    )
}

__all__ = ["KINDS", "About", "Answer", "Choice", "Kind", "Mistake", "Posted", "Value"]
