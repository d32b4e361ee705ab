from .budget import Budget, BudgetEntry, BudgetLine, Release
from .campaign import Campaign
from .closing import Measure, Retrospective
from .deviation import Deviation
from .estimate import Estimate
from .goal import MANUAL, Goal, ManualReading, PlanObjective
from .plan import Plan
from .strategy import Source, Strategy

__all__ = [
    "MANUAL",
    "Budget", "BudgetEntry", "BudgetLine", "Campaign", "Deviation", "Estimate", "Goal", "ManualReading",
    "Measure", "Plan", "PlanObjective", "Release", "Retrospective", "Source", "Strategy",
]  # fmt: skip
