"""The door of journeys."""

from allting.journeys.asking import Change, changes, to_ask
from allting.journeys.choosing import Asked, Choice
from allting.journeys.compiling import Compiled, Question, compiled
from allting.journeys.graph import GoalNode, Graph, Held, Need, Node, Price, Underway
from allting.journeys.parts import Clash, Costs, Plan, State, Step, Why
from allting.journeys.rules import plan
from allting.journeys.timing import Cause

__all__ = [
    "Asked",
    "Cause",
    "Change",
    "Choice",
    "Clash",
    "Compiled",
    "Costs",
    "GoalNode",
    "Graph",
    "Held",
    "Need",
    "Node",
    "Plan",
    "Price",
    "Question",
    "State",
    "Step",
    "Underway",
    "Why",
    "changes",
    "compiled",
    "plan",
    "to_ask",
]
