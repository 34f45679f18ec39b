"""Short references to law: `SkolL 8:14`, `SFS 2001:160 § 3`."""

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema

from allting.packages.spelt import spelt
from allting.packages.trouble import fault, said

_REFERENCE = re.compile(r"(SFS \d{4}:\d+|[A-ZÅÄÖ][A-Za-zÅÄÖåäö-]*)(?: ([§\d].*))?")
_SCHEMA = {"type": "string", "examples": ["SkolL 8:14", "SFS 2001:160 § 3"]}


@dataclass(frozen=True, slots=True)
class LawRef:
    """One reference: the act's short name or number, and the section."""

    act: str
    section: str = ""

    def __str__(self) -> str:
        return f"{self.act} {self.section}".rstrip()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return spelt(LawRef, parse_law, _unreadable)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return dict(_SCHEMA)


def parse_law(source: str) -> LawRef:
    """Read one reference; raises the fault that says what is wrong.

    >>> parse_law("SkolL 8:14")
    LawRef(act='SkolL', section='8:14')
    >>> parse_law("SFS 2001:160 § 3").section
    '§ 3'
    """
    found = _REFERENCE.fullmatch(source.strip())
    if not found:
        raise fault(
            f"'{source}' is not a reference to law",
            expected="the act's short name and the section, as in 'SkolL 8:14', or "
            "its number, as in 'SFS 2001:160 § 3'",
            mend="put several references in a list: [SkolL 8:3, SkolL 8:5]",
        )
    return LawRef(found.group(1), (found.group(2) or "").strip())


def _unreadable(value: object) -> Exception:
    return fault(
        f"{said(value)} is not a reference to law",
        expected="a text such as 'SkolL 8:14', or a list of such texts",
    )


def _one_or_several(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return value if isinstance(value, tuple) else (value,)


Law = Annotated[
    tuple[LawRef, ...],
    BeforeValidator(_one_or_several),
    WithJsonSchema({"anyOf": [_SCHEMA, {"type": "array", "items": _SCHEMA}]}),
]
"""One reference to law or a list of them; always a tuple when read."""
