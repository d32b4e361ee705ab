from .budget import Budget, BudgetEntry, BudgetLine, Release
from .campaign import Campaign
from .closing import Measure, Retrospective
from .deviation import Deviation
from .estimate import Estimate
from .plan import Plan
from .report import Report

__all__ = [
    "Budget", "BudgetEntry", "BudgetLine", "Campaign", "Deviation", "Estimate", "Measure", "Plan", "Release",
    "Report", "Retrospective",
]  # fmt: skip
