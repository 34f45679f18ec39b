"""The door of conditions: declare facts, bind an expression, ask it of one person or everyone."""

from allting.conditions.everyone import columns
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
from allting.conditions.rules import Bound, Computed, Outcome, answer, bind, compute, decide

__all__ = [
    "Bound",
    "Computed",
    "ConditionFault",
    "Fact",
    "FactType",
    "Outcome",
    "Part",
    "Problem",
    "Vocabulary",
    "answer",
    "bind",
    "columns",
    "compute",
    "decide",
    "declared",
    "facts",
    "provider",
    "vocabulary",
]
