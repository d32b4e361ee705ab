from .budget import Budget, BudgetEntry, BudgetLine, Release
from .campaign import Campaign
from .closing import Measure, Retrospective
from .deviation import Deviation
from .effect import EffectEstimate
from .estimate import Estimate
from .plan import Plan
from .score import Score

__all__ = [
    "Budget", "BudgetEntry", "BudgetLine", "Campaign", "Deviation", "EffectEstimate", "Estimate", "Measure",
    "Plan", "Release", "Retrospective", "Score",
]  # fmt: skip
