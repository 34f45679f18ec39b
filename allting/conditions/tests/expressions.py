"""Random typed conditions and people, each condition in our words and in DuckDB's.

DuckDB is the judge: it parses the text by itself and reckons with its own decimals and dates.
Where our meaning differs from plain SQL on purpose (an unknown branch of a case is unknown, the
least of something unknown is unknown, numbers have nine decimals and limits), the judge is given
macros that say so in SQL.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from allting.conditions.api import FactType, Vocabulary

B, N, T, D = FactType.BOOLEAN, FactType.NUMBER, FactType.TEXT, FactType.DATE
NAMES = {
    B: ("p", "q", "answers.p"),
    N: ("n", "m", "answers.n"),
    T: ("t", "u", "answers.t", "here"),
    D: ("d", "e", "answers.d", "as_of"),
}
FACTS = {name: kind for kind, names in NAMES.items() for name in names if name[-2:] != "of"}
FACTS = {name: kind for name, kind in FACTS.items() if name != "here"}
WORDS = Vocabulary.of(
    parameters__municipality_code=T, **{name.replace(".", "__"): FACTS[name] for name in FACTS}
)

MACROS = """
create macro lim(x) as case when x between -9223372036.854775807 and 9223372036.854775807
  then cast(x as decimal(38, 9)) end;
create macro mul(a, b) as lim(cast(cast(a as decimal(38, 9)) * cast(b as decimal(38, 9))
  as decimal(38, 9)));
create macro nano(x) as cast(cast(x as decimal(38, 9)) * 1000000000 as hugeint);
create macro quotient(n, d) as case when d <> 0 then
  ((2 * abs(n) + abs(d)) // (2 * abs(d))) * sign(n) * sign(d) end;
create macro div(a, b) as try(lim(cast(quotient(nano(a) * 1000000000, nano(b))
  as decimal(38, 0)) * 0.000000001));
create macro months_between(a, b) as (year(b) - year(a)) * 12 + month(b) - month(a)
  - case when day(b) < day(a) and b <> last_day(b) then 1 else 0 end;
create macro years_between(a, b) as cast(floor(months_between(a, b) / 12.0) as bigint);
create macro days_between(a, b) as b - a;
create macro age_on(d, today) as years_between(d, today);
create macro age_months_on(d, today) as months_between(d, today);
create macro known_day(d) as case when d between date '0001-01-01' and date '9999-12-31'
  then d end;
create macro add_days(d, n) as case when n = trunc(n) and abs(n) < 4000000
  then known_day(try(d + cast(n as integer))) end;
create macro add_months(d, n) as case when n = trunc(n) and abs(n) < 200000
  then known_day(try(cast(d + to_months(cast(n as integer)) as date))) end;
create macro add_years(d, n) as case when n = trunc(n) and abs(n) < 20000
  then add_months(d, 12 * n) end;
create macro whole_in(n, low, high) as n = trunc(n) and n between low and high;
create macro a_date(y, m, d) as
  case when whole_in(y, 1, 9999) and whole_in(m, 1, 12) and whole_in(d, 1, 31)
  then try(make_date(cast(y as integer), cast(m as integer), cast(d as integer))) end;
create macro smallest(a, b) as case when a is not null and b is not null then
  case when a < b then a else b end end;
create macro largest(a, b) as case when a is not null and b is not null then
  case when a > b then a else b end end;
"""


@dataclass(frozen=True)
class Text:
    """An expression as we write it and as the judge does; `hold` is how tightly it binds."""

    ours: str
    judge: str
    hold: int = 9

    def held(self, by: int) -> "Text":
        if self.hold >= by:
            return self
        return Text(f"({self.ours})", f"({self.judge})")


def _literal(kind: FactType) -> st.SearchStrategy[Text]:
    match kind:
        case FactType.BOOLEAN:
            return st.sampled_from(["true", "false"]).map(lambda word: Text(word, word))
        case FactType.TEXT:
            return texts.map(_quoted).map(lambda word: Text(word, word))
        case FactType.DATE:
            return days.map(lambda day: Text(f"date '{day}'", f"date '{day}'"))
    small = st.integers(0, 40).map(Decimal)
    return st.one_of(small, st.decimals(0, 999_999_999, places=3)).map(
        lambda number: Text(f"{number:f}", f"cast({number:f} as decimal(38, 9))")
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


days = st.one_of(
    st.dates(),
    st.dates(date(2023, 1, 1), date(2028, 12, 31)),
    st.sampled_from(
        [
            *(date(2024, 2, 29), date(2025, 2, 28), date(2000, 2, 29), date(1900, 2, 28)),
            *(date(2026, 1, 31), date(2026, 12, 31), date.min, date.max),
        ]
    ),
)
texts = st.sampled_from(["", "a", "b", "ab", "2599", "å", "Å", "o'clock", "𝔞", "z"])
numbers = st.one_of(
    st.integers(-40, 40).map(Decimal),
    st.decimals(-100_000, 100_000, places=2),
    st.decimals(-9_223_372_036, 9_223_372_036, places=9),
    st.sampled_from([Decimal(0), Decimal("0.5"), Decimal("-0.5"), Decimal("0.000000001")]),
)
values = {B: st.booleans(), N: numbers, T: texts, D: days}
known_people: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {name: values[kind] for name, kind in FACTS.items()}
)
people: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {name: st.none() | values[kind] for name, kind in FACTS.items()}
)


def _name(kind: FactType) -> st.SearchStrategy[Text]:
    return st.sampled_from(NAMES[kind]).map(lambda name: Text(name, name))


def expressions(kind: FactType, depth: int) -> st.SearchStrategy[Text]:
    """A random expression of a type, at most `depth` levels deep."""
    leaf = st.one_of(_name(kind), _name(kind), _literal(kind))
    if depth == 0:
        return leaf
    inner = _inner[kind](depth - 1)
    deeper = (inner, inner, inner, _any_type(kind, depth - 1))
    return st.one_of(*deeper) if depth > 1 else st.one_of(leaf, *deeper)


@st.composite
def _any_type(draw: st.DrawFn, kind: FactType, depth: int) -> Text:
    form = draw(st.sampled_from(["case", "coalesce", "least", "greatest"]))
    a, b = draw(expressions(kind, depth)), draw(expressions(kind, depth))
    if form in ("least", "greatest") and kind in (N, D):
        judge = "smallest" if form == "least" else "largest"
        return Text(f"{form}({a.ours}, {b.ours})", f"{judge}({a.judge}, {b.judge})")
    if form == "coalesce":
        return Text(f"coalesce({a.ours}, {b.ours})", f"coalesce({a.judge}, {b.judge})")
    when = draw(expressions(B, depth))
    return Text(
        f"case when {when.ours} then {a.ours} else {b.ours} end",
        f"case when {when.judge} then {a.judge} when not ({when.judge}) then {b.judge} end",
    )


@st.composite
def _boolean(draw: st.DrawFn, depth: int) -> Text:
    form = draw(st.sampled_from(["and", "or", "not", "compare", "compare", "between", "in", "is"]))
    if form in ("and", "or"):
        hold = 2 if form == "and" else 1
        a, b = (draw(expressions(B, depth)).held(hold + extra) for extra in (0, 1))
        return Text(f"{a.ours} {form} {b.ours}", f"{a.judge} {form} {b.judge}", hold)
    if form == "not":
        part = draw(expressions(B, depth)).held(3)
        return Text(f"not {part.ours}", f"not {part.judge}", 3)
    kind = draw(st.sampled_from([N, N, T, D] if form == "between" else [B, N, T, D]))
    some = expressions(kind, depth).map(lambda text: text.held(6))
    a, b, c = draw(some), draw(some), draw(some)
    if form == "compare":
        signs = ["=", "<>"] if kind is B else ["=", "<>", "<", "<=", ">", ">="]
        sign = draw(st.sampled_from(signs))
        return Text(f"{a.ours} {sign} {b.ours}", f"{a.judge} {sign} {b.judge}", 4)
    if form == "between":
        no = draw(st.sampled_from(["", "not "]))
        return Text(
            f"{a.ours} {no}between {b.ours} and {c.ours}",
            f"{a.judge} {no}between {b.judge} and {c.judge}",
            4,
        )
    if form == "in":
        no = draw(st.sampled_from(["", "not "]))
        return Text(
            f"{a.ours} {no}in ({b.ours}, {c.ours})", f"{a.judge} {no}in ({b.judge}, {c.judge})", 4
        )
    no = draw(st.sampled_from(["", "not "]))
    return Text(f"{a.ours} is {no}null", f"{a.judge} is {no}null", 4)


@st.composite
def _number(draw: st.DrawFn, depth: int) -> Text:
    form = draw(st.sampled_from(["+", "-", "*", "/", "minus", "round", "one", "span", "part"]))
    if form in ("+", "-"):
        a, b = draw(expressions(N, depth)).held(6), draw(expressions(N, depth)).held(7)
        return Text(f"{a.ours} {form} {b.ours}", f"lim({a.judge} {form} {b.judge})", 6)
    if form in ("*", "/"):
        a, b = draw(expressions(N, depth)).held(7), draw(expressions(N, depth)).held(8)
        name = "mul" if form == "*" else "div"
        return Text(f"{a.ours} {form} {b.ours}", f"{name}({a.judge}, {b.judge})", 7)
    if form == "span":
        return draw(_span(depth))
    if form == "part":
        name, day = draw(st.sampled_from(["year", "month", "day"])), draw(expressions(D, depth))
        return Text(f"{name}({day.ours})", f"{name}({day.judge})")
    a = draw(expressions(N, depth)).held(9)
    if form == "minus":
        return Text(f"(-{a.ours})", f"lim(-{a.judge})")
    if form == "round":
        digits = draw(st.integers(-3, 9))
        return Text(f"round({a.ours}, {digits})", f"lim(round({a.judge}, {digits}))")
    name = draw(st.sampled_from(["abs", "floor", "ceil", "round"]))
    return Text(f"{name}({a.ours})", f"lim({name}({a.judge}))")


@st.composite
def _span(draw: st.DrawFn, depth: int) -> Text:
    a, b = draw(expressions(D, depth)), draw(expressions(D, depth))
    if draw(st.booleans()):
        name = draw(st.sampled_from(["age", "age_months"]))
        return Text(f"{name}({a.ours})", f"{name}_on({a.judge}, as_of)")
    name = draw(st.sampled_from(["years_between", "months_between", "days_between"]))
    return Text(f"{name}({a.ours}, {b.ours})", f"{name}({a.judge}, {b.judge})")


@st.composite
def _date(draw: st.DrawFn, depth: int) -> Text:
    if draw(st.integers(0, 3)) == 0:
        parts = [draw(expressions(N, depth)) for _ in range(3)]
        ours, judge = (", ".join(getattr(part, side) for part in parts) for side in SIDES)
        return Text(f"make_date({ours})", f"a_date({judge})")
    name = draw(st.sampled_from(["add_days", "add_months", "add_years"]))
    day, count = draw(expressions(D, depth)), draw(expressions(N, depth))
    return Text(f"{name}({day.ours}, {count.ours})", f"{name}({day.judge}, {count.judge})")


@st.composite
def _text(draw: st.DrawFn, depth: int) -> Text:
    return draw(_any_type(T, depth))


SIDES = ("ours", "judge")
_inner = {B: _boolean, N: _number, T: _text, D: _date}
