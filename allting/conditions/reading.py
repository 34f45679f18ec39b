"""From text to a syntax tree, with sqlglot held on a short lead.

Before the parser sees anything, length, characters and every single token are checked against
what the language has; words that are SQL elsewhere (`select`, `copy`, `over`) are plain names
here, so the parser has no statement, query, cast or window left to build. What it does build is
checked once more, node by node, in `binding`.
"""

import re
import unicodedata
from collections.abc import Iterable

from sqlglot import exp, parser
from sqlglot.errors import ParseError, TokenError
from sqlglot.tokenizer_core import Token, TokenType
from sqlglot.tokens import Tokenizer

from allting.conditions.faults import ConditionFault, Problem

LONGEST = 2_000
LONGEST_TEXT = 200
DEEPEST_BRACKETS = 16
MOST_TOKENS = 1_000

KEYWORDS = {
    "AND": TokenType.AND,
    "OR": TokenType.OR,
    "NOT": TokenType.NOT,
    "IN": TokenType.IN,
    "IS": TokenType.IS,
    "NULL": TokenType.NULL,
    "BETWEEN": TokenType.BETWEEN,
    "CASE": TokenType.CASE,
    "WHEN": TokenType.WHEN,
    "THEN": TokenType.THEN,
    "ELSE": TokenType.ELSE,
    "END": TokenType.END,
    "TRUE": TokenType.TRUE,
    "FALSE": TokenType.FALSE,
    "DATE": TokenType.DATE,
}
SIGNS = {
    "(": TokenType.L_PAREN,
    ")": TokenType.R_PAREN,
    ",": TokenType.COMMA,
    ".": TokenType.DOT,
    "+": TokenType.PLUS,
    "-": TokenType.DASH,
    "*": TokenType.STAR,
    "/": TokenType.SLASH,
    "=": TokenType.EQ,
    "<": TokenType.LT,
    ">": TokenType.GT,
    "<=": TokenType.LTE,
    ">=": TokenType.GTE,
    "<>": TokenType.NEQ,
    "!=": TokenType.NEQ,
}
ALLOWED = {*KEYWORDS.values(), *SIGNS.values(), TokenType.VAR, TokenType.NUMBER, TokenType.STRING}
JOINING = {KEYWORDS[word] for word in ("AND", "OR", "IN", "IS", "BETWEEN")} | {
    SIGNS[sign] for sign in ("=", "<", ">", "<=", ">=", "<>", "/")
}
OPENING = (TokenType.L_PAREN, TokenType.COMMA)
DOUBLED = ("--", "/*", "==", "||", "::")
WORDS = set(KEYWORDS.values())

FOREIGN = {
    "select": "a condition asks nothing of tables: name a fact instead",
    "exists": "a condition asks nothing of tables: name a fact instead",
    "like": "there are no patterns: compare with = or in (…)",
    "ilike": "there are no patterns: compare with = or in (…)",
    "similar": "there are no patterns: compare with = or in (…)",
    "regexp": "there are no patterns: compare with = or in (…)",
    "interval": "write add_days(day, n), add_months(day, n) or add_years(day, n)",
    "cast": "values are not converted: each fact has its type",
    "over": "a condition sees one person at a time",
    "current_date": "the day for which it is asked is as_of",
    "current_timestamp": "the day for which it is asked is as_of",
    "extract": "write year(day), month(day) or day(day)",
    "xor": "write a <> b",
    "mod": "there is no remainder: write floor(a / b) * b and subtract",
    "div": "write floor(a / b)",
    "isnull": "write … is null",
    "notnull": "write … is not null",
    "unknown": "write … is null",
}
STRANGE = {
    '"': "text stands in single quotes: 'like this'",
    "`": "names stand as they are, without quotes",
    "==": "equality is written with a single =",
    "--": "comments belong in the YAML, after a #",
    "/*": "comments belong in the YAML, after a #",
    "||": "texts are not joined in a condition",
    "::": "values are not converted: each fact has its type",
    "%": "there is no remainder: write floor(a / b) * b and subtract",
    "!": "write not",
    "[": "there are no lists to look inside",
    "{": "parameters are written parameters.name",
    "?": "facts are written by name",
    ":": "facts are written by name",
    "@": "settings are out of reach; a municipality's values are written parameters.name",
    "$": "facts are written by name",
    ";": "a condition is a single expression",
    "&": "write and",
    "|": "write or",
    "^": "multiply the value with itself instead",
}


class _Tokenizer(Tokenizer):
    """Our words and signs; everything else is a plain name or is refused."""

    KEYWORDS = {**KEYWORDS, "<=": TokenType.LTE, ">=": TokenType.GTE} | dict.fromkeys(
        ("<>", "!="), TokenType.NEQ
    )
    COMMENTS = []
    QUOTES = ["'"]
    IDENTIFIERS = ['"']
    COMMANDS = set()


class _Parser(parser.Parser):
    """Every call stays a plain call under the name it was written with."""

    FUNCTIONS = {}
    NO_PAREN_FUNCTIONS = {}
    FUNCTION_PARSERS = {}
    NO_PAREN_FUNCTION_PARSERS = {"CASE": lambda self: _placed(self._prev, self._parse_case())}
    PRIMARY_PARSERS = parser.Parser.PRIMARY_PARSERS | {
        TokenType.NULL: lambda self, token: _placed(token, exp.Null()),
        TokenType.TRUE: lambda self, token: _placed(token, exp.Boolean(this=True)),
        TokenType.FALSE: lambda self, token: _placed(token, exp.Boolean(this=False)),
    }


def _placed(token: Token, node: exp.Expr | None) -> exp.Expr | None:
    """A node that remembers where it stands, for the sake of whoever has to mend it."""
    return node.update_positions(token) if node is not None else None


def read(source: str) -> exp.Expr:
    """The syntax tree of a condition's text, or a ConditionFault."""
    _check_text(source)
    tokens = _tokens(source)
    problems = list(_token_problems(source, tokens))
    if not problems:
        problems = list(_bracket_problems(source, tokens))
    if problems:
        raise ConditionFault(problems)
    return _tree(source, tokens)


def _check_text(source: str) -> None:
    if not isinstance(source, str):
        raise ConditionFault([Problem(0, "a condition is text", "an expression in quotes")])
    if len(source) > LONGEST:
        what = f"the condition is {len(source):,} characters long"
        mend = "split it into several conditions"
        raise ConditionFault([Problem(LONGEST, what, f"at most {LONGEST:,}", mend)])
    if not source.strip():
        raise ConditionFault([Problem(0, "the condition is empty", "an expression")])
    for offset, sign in enumerate(source):
        # Invisible and direction-changing characters let a text read otherwise than it runs.
        if sign not in "\n\t\r" and unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn"):
            what = f"invisible character U+{ord(sign):04X}"
            raise ConditionFault([Problem(offset, what, None, "take it away")])


def _tokens(source: str) -> list[Token]:
    outside = re.sub(r"'[^']*'", lambda text: " " * len(text[0]), source)
    if "#" in outside:
        mend = "comments belong in the YAML, outside the condition"
        problem = Problem(outside.index("#"), "# has no meaning here", None, mend)
        raise ConditionFault([problem])
    if "'" in outside:
        problem = Problem(outside.index("'"), "a text that is never closed", "a closing '")
        raise ConditionFault([problem])
    try:
        return _Tokenizer().tokenize(source)
    except (TokenError, RecursionError):
        offset = max(outside.find('"'), 0)
        mend = "text stands in single quotes: 'like this'"
        problem = Problem(offset, "the condition cannot be read", None, mend)
        raise ConditionFault([problem]) from None


def _token_problems(source: str, tokens: list[Token]) -> Iterable[Problem]:
    if len(tokens) > MOST_TOKENS:
        what = f"the condition has {len(tokens):,} words and signs"
        yield Problem(tokens[MOST_TOKENS].start, what, f"at most {MOST_TOKENS:,}")
        return
    for before, token in zip([None, *tokens], tokens, strict=False):
        if before and source[before.start : token.end + 1] in DOUBLED:
            continue  # told of at its first sign
        pair = source[token.start : token.start + 2]
        if pair in DOUBLED and token.token_type is not TokenType.STRING:
            yield Problem(token.start, f"{pair} has no meaning here", None, STRANGE[pair])
        elif problem := _token_problem(token, before):
            yield problem
        elif before and before.token_type is TokenType.DOT and token.token_type in WORDS:
            token.token_type = TokenType.VAR  # answers.end is a name, whatever `end` is elsewhere
        elif token.token_type in JOINING and (before is None or before.token_type in OPENING):
            yield Problem(token.start, f"nothing stands before {token.text}", "a value")
    if tokens and tokens[-1].token_type in JOINING | {TokenType.NOT}:
        yield Problem(tokens[-1].start, f"nothing follows {tokens[-1].text}", "a value")


def _token_problem(token: Token, before: Token | None) -> Problem | None:
    kind, text, offset = token.token_type, token.text, token.start
    if kind is TokenType.STRING and len(text) > LONGEST_TEXT:
        return Problem(offset, f"a text of {len(text):,} characters", f"at most {LONGEST_TEXT}")
    if kind is TokenType.IDENTIFIER:
        return Problem(
            offset,
            f'"{text}" stands in double quotes',
            "a text in single quotes",
            f"write '{text}'",
        )
    if kind is TokenType.NUMBER:
        return _number_problem(token)
    if kind not in ALLOWED or text == "!":
        return Problem(offset, f"{text} has no meaning here", None, STRANGE.get(text[:1]))
    after_dot = before is not None and before.token_type is TokenType.DOT
    if kind is TokenType.VAR and not after_dot and text.lower() in FOREIGN:
        what = f"{text.lower()} is not part of the language"
        return Problem(offset, what, None, FOREIGN[text.lower()])
    return None


def _number_problem(token: Token) -> Problem | None:
    whole, _, decimals = token.text.partition(".")
    plain = (
        whole.isascii()
        and whole.isdigit()
        and ("." not in token.text or (decimals.isascii() and decimals.isdigit()))
    )
    if not plain:
        return Problem(token.start, f"{token.text} is not a plain number", "digits, such as 1250.5")
    if len(whole.lstrip("0")) > 9 or len(decimals) > 9:
        return Problem(
            token.start,
            f"{token.text} is too large or too fine",
            "at most nine digits before the point and nine after",
        )
    return None


def _bracket_problems(source: str, tokens: list[Token]) -> Iterable[Problem]:
    opened: list[Token] = []
    opening = {TokenType.L_PAREN, TokenType.CASE}
    for token in tokens:
        if token.token_type in opening:
            opened.append(token)
            if len(opened) > DEEPEST_BRACKETS:
                yield Problem(
                    token.start,
                    "brackets within brackets, too deep",
                    f"at most {DEEPEST_BRACKETS} levels",
                    "split it into several conditions",
                )
                return
        elif token.token_type in (TokenType.R_PAREN, TokenType.END):
            wanted = TokenType.L_PAREN if token.token_type is TokenType.R_PAREN else TokenType.CASE
            if not opened or opened.pop().token_type is not wanted:
                yield Problem(token.start, f"{token.text} closes nothing", None, "take it away")
                return
    for token in opened:
        end = ")" if token.token_type is TokenType.L_PAREN else "end"
        yield Problem(token.start, f"{token.text} is never closed", end)


def _tree(source: str, tokens: list[Token]) -> exp.Expr:
    try:
        trees = _Parser(error_message_context=LONGEST).parse_into(exp.Condition, tokens, source)
    except ParseError as fault:
        raise ConditionFault([_parse_problem(fault)]) from None
    except RecursionError:
        problem = Problem(0, "nested too deeply", None, "split it into several conditions")
        raise ConditionFault([problem]) from None
    if len(trees) != 1 or trees[0] is None:
        raise ConditionFault([Problem(0, "the condition cannot be read", "one expression")])
    return trees[0]


def _parse_problem(fault: ParseError) -> Problem:
    detail = fault.errors[0] if fault.errors else {}
    word = str(detail.get("highlight") or "") or "the end"
    operator = "an operator (and, or, =, <, +, …) between two values, or the end"
    return Problem(len(str(detail.get("start_context") or "")), f"{word} is unexpected", operator)
