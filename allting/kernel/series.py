"""Gapless numbers, as a public authority's register wants them (OSL 5:2)."""

from allting.kernel.database import write
from allting.kernel.rows import rows

_NEXT = """
    INSERT INTO kernel_numberseries (series, year, last) VALUES (%s, %s, 1)
    ON CONFLICT (series, year) DO UPDATE SET last = kernel_numberseries.last + 1
    RETURNING last
"""


def next_number(series: str, year: int) -> int:
    """The next number of `series` in `year`, from 1, without gaps.

    Call it inside the transaction that uses the number: a rollback gives the number back,
    and others wait until this one has committed.
    """
    with write():
        return int(rows(_NEXT, [series, year])[0][0])
