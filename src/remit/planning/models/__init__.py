from .budget import Budget, BudgetEntry, BudgetLine, Release
from .campaign import Campaign
from .closing import Measure, Retrospective
from .deviation import Deviation
from .estimate import Estimate
from .plan import Plan
from .risk import FallbackTask, Risk, RiskReview
from .task import CheckItem, Dependency, Slip, Task, TaskFile

__all__ = [
    "Budget", "BudgetEntry", "BudgetLine", "Campaign", "CheckItem", "Dependency", "Deviation", "Estimate",
    "FallbackTask", "Measure", "Plan", "Release", "Retrospective", "Risk", "RiskReview", "Slip", "Task",
    "TaskFile",
]  # fmt: skip
