"""The answer of each value, kept as stretches or a table, is found again for whoever has it."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from allting.conditions.crowd import Array, Shape
from allting.conditions.facts import FactType
from allting.conditions.ranges import MOST, Ranges

LOW, UNKNOWN = 5, 99
answers = st.lists(st.booleans(), min_size=2, max_size=14).map(np.array)


@given(answers, st.sampled_from([np.int8, np.int32, np.int64]))
def test_each_value_has_its_answer_again(expected: Array, kind: type) -> None:
    """The last answer is that of who is unknown."""
    width = len(expected) - 1
    shape = Shape(FactType.NUMBER, LOW, LOW + width - 1, unknown=UNKNOWN)
    ranges = Ranges.of(expected, "score", shape)
    column: Array = np.array([*range(LOW, LOW + width), UNKNOWN], dtype=kind)
    assert (ranges.inside(column) == expected).all()
    assert [ranges.has(value) for value in column.tolist()] == expected.tolist()
    assert (ranges.table is None) == (len(ranges.stretches) <= MOST)
