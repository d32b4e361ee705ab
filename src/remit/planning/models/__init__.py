from .audience import AudienceList, ListedCustomer
from .budget import Budget, BudgetEntry, BudgetLine, Release
from .campaign import Campaign
from .closing import Measure, Retrospective
from .creator import Creator, CreatorContract, Engagement
from .deviation import Deviation
from .effect import EffectEstimate
from .estimate import Estimate
from .objective import PlanObjective
from .plan import Plan
from .release_rule import ReleaseRule, RuleFiring
from .score import Score

__all__ = [
    "AudienceList",
    "Budget",
    "BudgetEntry",
    "BudgetLine",
    "Campaign",
    "Creator",
    "CreatorContract",
    "Deviation",
    "EffectEstimate",
    "Engagement",
    "Estimate",
    "ListedCustomer",
    "Measure",
    "Plan",
    "PlanObjective",
    "Release",
    "ReleaseRule",
    "Retrospective",
    "RuleFiring",
    "Score",
]  # fmt: skip
