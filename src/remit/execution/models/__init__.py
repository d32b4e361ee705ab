from .conflict import Conflict, ConflictOption
from .cooperation import Cooperation, CooperationFile, FeasibilityAnswer
from .material import Material, MaterialNeed
from .report import Report
from .risk import FallbackTask, Risk, RiskReview
from .task import CheckItem, Dependency, Slip, Task, TaskFile
from .template import PlanTemplate

__all__ = [
    "CheckItem",
    "Conflict",
    "ConflictOption",
    "Cooperation",
    "CooperationFile",
    "Dependency",
    "FallbackTask",
    "FeasibilityAnswer",
    "Material",
    "MaterialNeed",
    "PlanTemplate",
    "Report",
    "Risk",
    "RiskReview",
    "Slip",
    "Task",
    "TaskFile",
]  # fmt: skip
