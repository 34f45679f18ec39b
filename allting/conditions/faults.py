"""What is wrong with a condition: every mistake at once, each with where, what and how to mend."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. `offset` counts characters from the start of the condition."""

    offset: int
    what: str
    expected: str | None = None
    suggestion: str | None = None

    def __str__(self) -> str:
        parts = [f"at {self.offset}: {self.what}"]
        if self.expected:
            parts.append(f"expected {self.expected}")
        if self.suggestion:
            parts.append(self.suggestion)
        return "; ".join(parts)


class ConditionFault(ValueError):
    """A condition that cannot be used; `problems` in the order of the text."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=lambda each: (each.offset, each.what)))
        super().__init__("\n".join(map(str, self.problems)))


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """The nearest known words, as a question.

    >>> did_you_mean("brith_date", ["birth_date", "postcode"])
    'did you mean birth_date?'
    >>> did_you_mean("income_month", ["household.income_month", "postcode"])
    'did you mean household.income_month?'
    """
    words = list(known)
    last = word.rsplit(".", 1)[-1].lower()
    found = [each for each in words if each.rsplit(".", 1)[-1] == last]
    found += get_close_matches(word.lower(), words, n=3, cutoff=0.65)
    unique = list(dict.fromkeys(found))[:3]
    return f"did you mean {' or '.join(unique)}?" if unique else None
