from .absence import Absence, Delegation
from .assignment import Assignment
from .autonomy import AutonomyLimit
from .ladder import Confirmation, Criterion, Ladder, Rung
from .list_view import ListView
from .mentoring import Mentoring
from .newcomer_plan import CheckIn, NewcomerPlan, NewcomerStep, TemplateStep
from .person import Person
from .position import Position
from .project import Project, ProjectDecision, ProjectMember
from .rate import Rate
from .secondment import Secondment
from .skill import PositionSkill, Skill, SkillLevel
from .successor import Successor
from .token import Token
from .unit import Unit, UnitZone
from .working_calendar import CalendarDay, CalendarYear, UnitHolidays

__all__ = [
    "Absence",
    "Assignment",
    "AutonomyLimit",
    "CalendarDay",
    "CalendarYear",
    "CheckIn",
    "Confirmation",
    "Criterion",
    "Delegation",
    "Ladder",
    "ListView",
    "Mentoring",
    "NewcomerPlan",
    "NewcomerStep",
    "Person",
    "Position",
    "PositionSkill",
    "Project",
    "ProjectDecision",
    "ProjectMember",
    "Rate",
    "Rung",
    "Secondment",
    "Skill",
    "SkillLevel",
    "Successor",
    "TemplateStep",
    "Token",
    "Unit",
    "UnitHolidays",
    "UnitZone",
]
