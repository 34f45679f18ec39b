"""A form written out again: the words a page shows after "because"."""

from allting.conditions import form
from allting.conditions.amounts import plain
from allting.conditions.facts import HERE, FactType

Form = form.Form
LOOSE = (
    form.Every,
    form.Either,
    form.Not,
    form.Compare,
    form.Between,
    form.Among,
    form.Missing,
    form.Reckon,
)


def written(node: Form) -> str:
    """The expression in its plainest spelling; binding it again gives the same form."""
    match node:
        case form.Literal(kind, value):
            return _literal(kind, value)
        case form.Named(_, name):
            return "here" if name == HERE else name
        case form.AsOf():
            return "as_of"
        case form.Every(parts):
            return " and ".join(_joined(part) for part in parts)
        case form.Either(parts):
            return " or ".join(_joined(part) for part in parts)
        case form.Call(_, name, arguments):
            return _call(name, arguments)
        case form.FirstKnown(_, options):
            return _call("coalesce", options)
        case form.Case(_, branches, otherwise):
            whens = " ".join(f"when {written(a)} then {written(b)}" for a, b in branches)
            return f"case {whens} else {written(otherwise)} end"
        case _:
            return _operated(node)


def _operated(node: Form) -> str:
    """What is written with an operator."""
    match node:
        case form.Not(form.Missing(value)):
            return f"{_held(value)} is not null"
        case form.Not(form.Among(value, options)):
            return f"{_held(value)} not {_call('in ', options)}"
        case form.Not(part):
            return f"not {_held(part)}"
        case form.Compare(sign, left, right) | form.Reckon(sign, left, right):
            return f"{_held(left)} {sign} {_held(right)}"
        case form.Between(value, low, high):
            return f"{_held(value)} between {_held(low)} and {_held(high)}"
        case form.Among(value, options):
            return f"{_held(value)} {_call('in ', options)}"
        case form.Missing(value):
            return f"{_held(value)} is null"
        case form.Negative(value):
            return f"-{_held(value)}"
    raise TypeError(f"no words for {type(node).__name__}")


def _held(node: Form) -> str:
    text = written(node)
    return f"({text})" if isinstance(node, LOOSE) or text.startswith("-") else text


def _joined(node: Form) -> str:
    return f"({written(node)})" if isinstance(node, (form.Every, form.Either)) else written(node)


def _call(name: str, parts: tuple[Form, ...]) -> str:
    return f"{name}({', '.join(written(part) for part in parts)})"


def _literal(kind: FactType, value: form.Value) -> str:
    match kind:
        case FactType.BOOLEAN:
            return "true" if value else "false"
        case FactType.NUMBER:
            return f"{plain(int(value)):f}"  # type: ignore[arg-type]
        case FactType.DATE:
            return f"date '{value}'"
        case FactType.TEXT:
            return "'" + str(value).replace("'", "''") + "'"
