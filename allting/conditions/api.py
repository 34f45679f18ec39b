"""The door of conditions: declare facts, bind an expression, ask it of one person or everyone."""

from allting.conditions.amounts import UNIT, units
from allting.conditions.crowd import Array, Crowd, Reader, Searchable, Shape, Slice
from allting.conditions.everyone import columns, crowd_of, holds, table
from allting.conditions.facts import (
    Fact,
    FactType,
    Vocabulary,
    declared,
    facts,
    provider,
    vocabulary,
)
from allting.conditions.faults import ConditionFault, Problem
from allting.conditions.one import Part
from allting.conditions.rules import (
    Bound,
    Computed,
    Outcome,
    answer,
    bind,
    compute,
    decide,
    part_told,
)

__all__ = [
    "UNIT",
    "Array",
    "Bound",
    "Computed",
    "ConditionFault",
    "Crowd",
    "Fact",
    "FactType",
    "Outcome",
    "Part",
    "Problem",
    "Reader",
    "Searchable",
    "Shape",
    "Slice",
    "Vocabulary",
    "answer",
    "bind",
    "columns",
    "compute",
    "crowd_of",
    "decide",
    "declared",
    "facts",
    "holds",
    "part_told",
    "provider",
    "table",
    "units",
    "vocabulary",
]
