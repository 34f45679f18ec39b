"""Exact numbers: whole billionths, fewer than 2**63 of them, in every evaluator.

A number has at most nine decimals and lies between -9,223,372,036.854775807 and
9,223,372,036.854775807. Sums and differences are exact; a product or quotient is rounded to the
ninth decimal, half away from zero (as kronor are). What falls outside, and division by zero, is
unknown. The same whole-number arithmetic runs for one person and, in `many_numbers`, for everyone,
which is why the two cannot drift apart.
"""

from decimal import ROUND_HALF_UP, Context, Decimal

UNIT = 10**9
LOWEST, HIGHEST = -(2**63 - 1), 2**63 - 1
_context = Context(prec=60, rounding=ROUND_HALF_UP)  # half up of the magnitude: away from zero


def within(units: int) -> int | None:
    """The number itself, or unknown when it lies outside the limits."""
    return units if LOWEST <= units <= HIGHEST else None


def units(value: int | float | Decimal) -> int | None:
    """A plain number as whole billionths; unknown when it lies outside.

    >>> units(3), units(Decimal("0.5")), units(0.1)
    (3000000000, 500000000, 100000000)
    >>> units(10**10) is None and units(float("nan")) is None
    True
    """
    if type(value) is int:
        return within(value * UNIT)
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not exact.is_finite():
        return None
    if not exact or exact.adjusted() < -12:
        return 0
    if exact.adjusted() > 12:
        return None
    return within(int(exact.scaleb(9, _context).to_integral_value(ROUND_HALF_UP, _context)))


def plain(number: int) -> Decimal:
    """Whole billionths as a decimal without needless zeros.

    >>> plain(1260000000000), plain(-1500000000)
    (Decimal('1260'), Decimal('-1.5'))
    """
    whole, rest = divmod(number, UNIT)
    if not rest:
        return Decimal(whole)
    return Decimal(number).scaleb(-9, _context).normalize(_context)


def rounded_quotient(numerator: int, denominator: int) -> int:
    """The nearest whole number, half away from zero; the denominator is not zero.

    >>> [rounded_quotient(n, 2) for n in (3, -3, 5, 4)]
    [2, -2, 3, 2]
    """
    size = abs(denominator)
    nearest = (2 * abs(numerator) + size) // (2 * size)
    return nearest if (numerator < 0) == (denominator < 0) else -nearest


def add(left: int, right: int) -> int | None:
    return within(left + right)


def subtract(left: int, right: int) -> int | None:
    return within(left - right)


def multiply(left: int, right: int) -> int | None:
    return within(rounded_quotient(left * right, UNIT))


def divide(left: int, right: int) -> int | None:
    return within(rounded_quotient(left * UNIT, right)) if right else None


def round_to(number: int, digits: int) -> int | None:
    """To `digits` decimals (of 0 to 9), or to tens, hundreds… when negative."""
    step = 10 ** (9 - digits)
    return within(rounded_quotient(number, step) * step)


def floor(number: int) -> int | None:
    return within(number - number % UNIT)


def ceiling(number: int) -> int | None:
    return within(number + -number % UNIT)


def whole(number: int) -> int | None:
    """A count of days, months or years; unknown when it is not a whole number."""
    count, rest = divmod(number, UNIT)
    return None if rest else count
