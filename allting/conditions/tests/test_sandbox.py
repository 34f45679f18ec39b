"""A package comes from strangers: its conditions reach nothing and stay within their limits."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlglot.tokens import Tokenizer

from allting.conditions import form
from allting.conditions.api import ConditionFault, FactType, Vocabulary, bind, compute, decide
from allting.conditions.binding import RULES

DAY = date(2026, 11, 1)
WORDS = Vocabulary.of(n="number", d="date", t="text", p="boolean", answers__x="number")

HOSTILE = [
    # files
    "read_csv('/etc/passwd') = 't'",
    "read_text('/etc/passwd') = 't'",
    "read_parquet('s3://bucket/x') = 't'",
    "read_blob('/etc/shadow') is null",
    "pg_read_file('/etc/passwd') = 't'",
    "load_extension('x.so')",
    "load_file('/etc/passwd') = 't'",
    "glob('/*') = 't'",
    "t in (select content from read_text('/etc/passwd'))",
    "exists (select 1 from 'people.parquet')",
    "copy (select 1) to '/tmp/x'",
    "p; copy people to '/tmp/x'",
    # tables
    "(select count(*) from register_person) > 0",
    "n in (select 1)",
    "n = any(select 1)",
    "t = (table register_person)",
    "t = (values ('a'))",
    "p; drop table register_person",
    "p union select true",
    "p where true",
    "exists(from people)",
    "with x as (select 1) select true",
    "register_person.name = 't'",
    "sqlite_master.sql = 't'",
    "information_schema.tables = 't'",
    "main.register_person.name = 't'",
    "a.b.c.d = 't'",
    # environment, settings, catalogue, functions with effects
    "getenv('ALLTING_SECRET') = 't'",
    "current_setting('data_directory') = 't'",
    "set_config('x', 'y', false) = 't'",
    "pragma_version() = 't'",
    "p; pragma database_list",
    "@@version = 't'",
    "$1 = 't'",
    ":name = 't'",
    "? = 't'",
    "{{ settings.SECRET_KEY }} = 't'",
    "{% include 'x' %}",
    "version() = 't'",
    "current_user = 't'",
    "session_user = 't'",
    "'register_person'::regclass = 't'",
    "cast('register_person' as regclass) = 't'",
    "try_cast(t as int) = 1",
    "t::int = 1",
    "nextval('x') = 1",
    "pg_sleep(10) is null",
    "sleep(10) = 0",
    "dblink('host=evil', 'select 1') is null",
    "query('select 1') is null",
    "getvariable('x') = 't'",
    "now() > d",
    "current_timestamp > d",
    "random() > 0.5",
    "uuid() = 't'",
    "attach('x') = 't'",
    "p; attach 'evil.db'",
    "p; install httpfs",
    "p; load httpfs",
    "eval('1') = 1",
    "__import__('os') is null",
    "t.__class__ = 't'",
    "answers.x.__class__ = 't'",
    # anything that could be slow, or grow
    "t like '%a%a%a%a%a%a%'",
    "t ~ '(a+)+$'",
    "t similar to 'a'",
    "t regexp 'a'",
    "regexp_matches(t, '(a+)+$')",
    "repeat('x', 1000000000) = t",
    "lpad(t, 1000000000, 'x') = t",
    "concat(t, t) = t",
    "t || t = t",
    "range(1000000000) is null",
    "generate_series(1, 1000000000) is null",
    "unnest(array[1]) = 1",
    "[x for x in range(9)] is null",
    "list_transform([1], x -> x) is null",
    "power(9, 999999999) > 1",
    "9 ** 999999999 > 1",
    "9 ^ 999999999 > 1",
    "factorial(170) > 1",
    "n << 64 > 1",
    "sum(n) over () > 1",
    "row_number() over (order by n) > 1",
    "count(*) > 1",
    "max(n) > 1",
    "* = 1",
    "answers.* = 1",
    "n[1] = 1",
    "t[1:2] = 'a'",
    "{'a': 1} is null",
    "n collate nocase = 1",
    "d at time zone 'UTC' > d",
    "n is distinct from 1",
    "n <=> 1",
    "d > timestamp '2026-01-01'",
    "d > '2026-01-01'::date::text::date",
    "date t > d",
    "interval '1' day is null",
    "x'41' = t",
    "b'01' = t",
    "n'a' = t",
    "e'\\x41' = t",
    "$$a$$ = t",
    "n as m",
    "n m",
    "(n, 1) = (1, 1)",
    "lambda: 1",
    "n := 1",
    "p /*! and true */",
    "{# comment #} p",
    "p -- and true",
    "p \\g",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_refused(text: str) -> None:
    with pytest.raises(ConditionFault) as caught:
        bind(text, WORDS)
    assert caught.value.problems
    for problem in caught.value.problems:
        assert 0 <= problem.offset <= len(text)
        assert problem.what


watched: list[str] | None = None


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if watched is not None and not event.startswith(("object.", "sys._getframe", "code.")):
        watched.append(f"{event} {arguments}")


@contextmanager
def nothing_outside() -> Iterator[None]:
    """Python tells of every file, import, socket, process and compilation while this is open."""
    global watched
    seen: list[str] = []
    watched = seen
    try:
        yield
    finally:
        watched = None
    assert seen == []


def test_reading_and_running_touch_nothing_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    sys.addaudithook(_watch)
    sound = "n * 2 > 1 and coalesce(t, 'x') in ('a', 't') and add_months(d, 1) > as_of or p"
    bind(sound, WORDS)  # what Python loads at first use is loaded
    monkeypatch.setattr(os.environ.__class__, "__getitem__", _forbidden)
    with nothing_outside():
        bound = bind(sound, WORDS)
        decide(bound, {"n": 1, "t": "a", "d": DAY}, as_of=DAY)
        for text in HOSTILE:
            with pytest.raises(ConditionFault):
                bind(text, WORDS)


def _forbidden(self: object, key: str) -> str:
    raise AssertionError(f"the environment was asked for {key}")


def test_the_watch_sees_a_file() -> None:
    sys.addaudithook(_watch)
    with pytest.raises(AssertionError, match="passwd"), nothing_outside(), open("/etc/passwd"):  # noqa: PTH123
        pass


def test_the_form_has_no_way_out() -> None:
    """What can be expressed is this list: a longer one is a decision, not an accident."""
    kinds = {kind.__name__ for kind in form.Form.__args__}
    assert kinds == {
        *("Literal", "Named", "AsOf", "Not", "Every", "Either", "Compare", "Between", "Among"),
        *("Missing", "Reckon", "Negative", "Call", "FirstKnown", "Case"),
    }
    assert {kind.__name__ for kind in RULES} == {
        *("Column", "Literal", "Boolean", "Null", "Not", "Neg", "And", "Or", "Between", "In"),
        *("Is", "Case", "Cast", "Anonymous", "EQ", "NEQ", "LT", "LTE", "GT", "GTE"),
        *("Add", "Sub", "Mul", "Div"),
    }


BOMBS = {
    "brackets": "(" * 900 + "p" + ")" * 900,
    "open brackets": "(" * 2000,
    "not": "not " * 499 + "p",
    "minus": "- " * 900 + "1 = 1",
    "helpers": "abs(" * 400 + "n" + ")" * 400 + " = 1",
    "cases": "case when p then " * 80 + "1" + " else 2 end" * 80 + " = 1",
    "case in case": "case when " * 100 + "p" + " then p else p end" * 50,
    "between": "n between " * 150 + "1" + " and 2" * 80,
    "sum": "n" + " + n" * 600 + " > 1",
    "product": "n" + " * 999999999" * 140 + " > 1",
    "list": f"n in ({', '.join(['1'] * 600)})",
    "ands": "p" + " and p" * 300,
    "dots": "a" + ".a" * 900 + " = 1",
    "long": "p and " * 400 + "p",
    "text": f"t = '{'x' * 1900}'",
    "quotes": "t = " + "''" * 900,
    "number": "n > " + "9" * 1900,
    "decimals": "n > 0." + "9" * 1900,
    "million": "p or " * 1_000_000 + "p",
    "spaces": " " * 1999 + "(",
    "equals": "p" + " = p" * 450,
    "commas": "coalesce(" + "," * 1900 + ")",
    "stars": "n" + " *" * 900,
    "ins": "n in (" * 300 + "1" + ")" * 300,
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_at_once(name: str) -> None:
    began = process_time()
    with pytest.raises(ConditionFault):
        bind(BOMBS[name], WORDS)
    assert process_time() - began < 5  # some milliseconds; the rest is a busy machine


def test_the_largest_numbers_run_at_once_and_stay_small() -> None:
    product = " * ".join(["999999999"] * 30)
    bound = bind(product, WORDS, expects=FactType.NUMBER)
    began = process_time()
    assert compute(bound, {}, as_of=DAY).value is None
    huge = bind("n * n * n > 1", WORDS)
    for value in (10**4000, Decimal("9" * 4000), Decimal("1E+999999999"), Decimal("1E-999999999")):
        assert decide(huge, {"n": value}, as_of=DAY).answer in ("unknown", "no")
    assert process_time() - began < 5


DEEPEST = [
    "abs(" * 16 + "n" + ")" * 16 + " = 1",
    "(" * 16 + "p" + ")" * 16,
    "coalesce(p, " * 15 + "not not not not p" + ")" * 15,
    "case when p then " * 15 + "p" + " else p end" * 15,
    "n" + " + 1" * 29 + " > 1",
]


@pytest.mark.parametrize("text", DEEPEST)
def test_the_deepest_that_is_allowed_fits_on_a_deep_stack(text: str) -> None:
    """A web server and its middleware already stand on the stack when a condition is read."""

    def under(depth: int) -> str:
        if depth:
            return under(depth - 1)
        return decide(bind(text, WORDS), {"p": True, "n": 1}, as_of=DAY).answer

    assert under(200) == "yes"


def test_too_little_stack_is_told_as_a_fault_not_a_crash() -> None:
    def under(depth: int) -> None:
        if depth:
            under(depth - 1)
        else:
            bind(DEEPEST[0], WORDS)

    faults = 0
    for depth in range(500, sys.getrecursionlimit(), 20):
        try:
            under(depth)
        except ConditionFault as fault:
            assert "too deeply" in fault.problems[0].what
            faults += 1
        except RecursionError:  # the stack ended before the condition was reached
            break
    assert faults


scraps = st.sampled_from(
    [
        *(word.lower() for word in Tokenizer.KEYWORDS),
        *("n", "d", "t", "p", "answers", "x", "as_of", "here", "1", "0.5", "'a'", '"a"', "null"),
        *("(", ")", ",", ".", "+", "-", "*", "/", "=", "<", "<>", "''", "'", "\n", "--", "age("),
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(scraps, max_size=40).map(" ".join) | st.text(max_size=60))
@example("n in")
@example("case")
@example("date")
@example("date 'x'")
@example(". . .")
@example("p is not")
@example("not")
@example("n between 1")
@example("()")
@example("coalesce()")
@example("date ''")
@example("''")
@example("p\x00")
@example("\ud800")
def test_any_text_is_bound_or_refused(text: str) -> None:
    """Nothing but a ConditionFault comes out, whatever goes in."""
    try:
        bound = bind(text, WORDS)
    except ConditionFault as fault:
        assert fault.problems
        return
    decide(bound, {"n": 1, "p": None, "answers.x": 2}, as_of=DAY)
