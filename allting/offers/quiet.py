"""Counts that give nobody away: small ones are withheld, and so that they cannot be reckoned out.

Pure. A count of one to four people may be known by name to those who live there; and where others
know how many there are, a count that is one too few tells of someone protected.
"""

from collections.abc import Mapping

FEWEST = 5
Count = int | None
"""A count; None where it is withheld."""


def quiet(count: int) -> Count:
    """A count by itself.

    >>> quiet(0), quiet(4), quiet(5)
    (None, None, 5)
    """
    return count if count >= FEWEST else None


def quiet_row(counts: Mapping[str, int], *, each: bool = True) -> tuple[dict[str, Count], Count]:
    """The counts of places (districts) and their sum, so that none withheld follows from the rest.

    Where one place alone is withheld, or those that are hold so few between them that each can be
    told, the next smallest is too: else the sum would tell them. `each`: in each there is somebody.

    >>> quiet_row({"999 01": 12, "999 02": 3, "999 03": 7})
    ({'999 01': 12, '999 02': None, '999 03': None}, 22)
    >>> quiet_row({"999 01": 12, "999 02": 1, "999 03": 1})
    ({'999 01': None, '999 02': None, '999 03': None}, 14)
    >>> quiet_row({"999 01": 3})
    ({'999 01': None}, None)
    """
    told: dict[str, Count] = {place: quiet(count) for place, count in counts.items()}
    hidden = [place for place, count in told.items() if count is None]
    seen = sorted((count, place) for place, count in told.items() if count is not None)
    few = each and sum(counts[place] for place in hidden) < FEWEST
    if seen and (len(hidden) == 1 or (hidden and few)):
        told[seen[0][1]] = None
    return told, quiet(sum(counts.values()))


def about(count: int) -> Count:
    """A count of what was done once: to the nearest ten, so that one fewer in the list that is
    shown now tells of nobody who has come to be protected since.

    >>> about(4), about(107), about(96)
    (None, 110, 100)
    """
    return (count + 5) // 10 * 10 if count >= FEWEST else None
