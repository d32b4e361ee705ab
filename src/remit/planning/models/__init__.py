from .budget import Budget, BudgetEntry, BudgetLine, Release
from .campaign import Campaign
from .closing import Measure, Retrospective
from .conflict import Conflict, ConflictOption
from .cooperation import Cooperation, CooperationFile, FeasibilityAnswer
from .creator import Creator, CreatorContract, Engagement
from .deviation import Deviation
from .effect import EffectEstimate
from .estimate import Estimate
from .goal import MANUAL, Goal, ManualReading, PlanObjective
from .material import Material, MaterialNeed
from .plan import Plan
from .release_rule import ReleaseRule, RuleFiring
from .report import Report
from .risk import FallbackTask, Risk, RiskReview
from .score import Score
from .strategy import Source, Strategy
from .task import CheckItem, Dependency, Slip, Task, TaskFile
from .template import PlanTemplate

__all__ = [
    "MANUAL",
    "Budget",
    "BudgetEntry",
    "BudgetLine",
    "Campaign",
    "CheckItem",
    "Conflict",
    "ConflictOption",
    "Cooperation",
    "CooperationFile",
    "Creator",
    "CreatorContract",
    "Dependency",
    "Deviation",
    "EffectEstimate",
    "Engagement",
    "Estimate",
    "FallbackTask",
    "FeasibilityAnswer",
    "Goal",
    "ManualReading",
    "Material",
    "MaterialNeed",
    "Measure",
    "Plan",
    "PlanObjective",
    "PlanTemplate",
    "Release",
    "ReleaseRule",
    "Report",
    "Retrospective",
    "Risk",
    "RiskReview",
    "RuleFiring",
    "Score",
    "Slip",
    "Source",
    "Strategy",
    "Task",
    "TaskFile",
]  # fmt: skip
