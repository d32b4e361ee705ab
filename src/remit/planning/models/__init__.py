from .budget import Budget, BudgetEntry, BudgetLine, Release
from .campaign import Campaign
from .closing import Measure, Retrospective
from .deviation import Deviation
from .effect import EffectEstimate
from .estimate import Estimate
from .plan import Plan
from .risk import FallbackTask, Risk, RiskReview
from .score import Score
from .task import CheckItem, Dependency, Slip, Task, TaskFile

__all__ = [
    "Budget", "BudgetEntry", "BudgetLine", "Campaign", "CheckItem", "Dependency", "Deviation",
    "EffectEstimate", "Estimate", "FallbackTask", "Measure", "Plan", "Release", "Retrospective", "Risk",
    "RiskReview", "Score", "Slip", "Task", "TaskFile",
]  # fmt: skip
