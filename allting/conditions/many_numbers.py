"""Exact numbers in columns: what `amounts` does for one number, for 64-bit whole billionths.

Every function takes arrays and gives the result with a mask of those that lie within the limits.
Sums wrap in 64 bits and are then seen to have wrapped; products and quotients are reckoned from
their magnitudes in parts that fit.
"""

from collections.abc import Callable

import numpy as np

from allting.conditions import amounts
from allting.conditions.amounts import HIGHEST, UNIT
from allting.conditions.crowd import Array

Result = tuple[Array, Array]
_U, _UNIT = np.uint64, np.uint64(UNIT)
_HALF = np.uint64(UNIT // 2)
_BEYOND = 1.2e19  # above every limit, below 2**64: until there nothing has wrapped
_DIVISOR = 1.8e16  # a rest of a larger divisor times a thousand does not fit
_LOST = -(2**63)  # the one value of 64 bits that is outside the limits


def add(a: Array, b: Array) -> Result:
    found = a + b
    return found, (((a ^ found) & (b ^ found)) >= 0) & (found != _LOST)


def subtract(a: Array, b: Array) -> Result:
    found = a - b
    return found, (((a ^ b) & (a ^ found)) >= 0) & (found != _LOST)


def multiply(a: Array, b: Array) -> Result:
    x, y = _size(a), _size(b)
    x_whole, x_part = np.divmod(x, _UNIT)
    y_whole, y_part = np.divmod(y, _UNIT)
    found = x_whole * y_whole * _UNIT + x_whole * y_part + x_part * y_whole
    found += (x_part * y_part + _HALF) // _UNIT
    near = x.astype(float) * y.astype(float) / UNIT
    return _signed(found, near, (a < 0) != (b < 0))


def divide(a: Array, b: Array) -> Result:
    x, y = _size(a), _size(b)
    zero = y == 0
    y = np.where(zero, _U(1), y)
    found, rest = np.divmod(x, y)
    near = x.astype(float) / y.astype(float) * UNIT
    for _ in range(3):  # nine decimals, three at a time
        digits, rest = np.divmod(rest * _U(1000), y)
        found = found * _U(1000) + digits
    found += rest * _U(2) >= y
    values, fits = _signed(found, near, (a < 0) != (b < 0))
    fits = fits & ~zero
    large = (y > _U(_DIVISOR)) & ~zero
    return _by_hand(amounts.divide, large, a, b, values, fits) if large.any() else (values, fits)


def round_to(a: Array, digits: int) -> Result:
    """As `amounts.round_to`: to decimals of 0 to 9, or to tens, hundreds… when negative."""
    step = _U(10 ** (9 - digits))
    found = (_size(a) + step // _U(2)) // step * step
    return _signed(found, np.zeros(1), a < 0)


def floor(a: Array) -> Result:
    found = a - a % UNIT
    return found, (found <= a) & (found != _LOST)


def ceiling(a: Array) -> Result:
    found = a + -a % UNIT
    return found, found >= a


def _size(number: Array) -> Array:
    return np.abs(number).astype(_U)


def _signed(size: Array, near: Array, negative: Array) -> Result:
    fits = (near < _BEYOND) & (size <= _U(HIGHEST))
    values = size.astype(np.int64)
    return np.where(negative, -values, values), fits


def _by_hand(
    exactly: Callable[[int, int], int | None], some: Array, a: Array, b: Array, *result: Array
) -> Result:
    """The few that do not fit, one by one."""
    values, fits = result
    a, b, some = np.broadcast_arrays(a, b, some)
    for place in np.flatnonzero(some):
        found = exactly(int(a[place]), int(b[place]))
        fits[place] = found is not None
        values[place] = found or 0
    return values, fits
