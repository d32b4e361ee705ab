from .absence import Absence, Delegation
from .assignment import Assignment
from .autonomy import AutonomyLimit
from .list_view import ListView
from .person import Person
from .position import Position
from .project import Project, ProjectDecision, ProjectMember
from .rate import Rate
from .secondment import Secondment
from .token import Token
from .unit import Unit, UnitZone
from .working_calendar import CalendarDay, CalendarYear, UnitHolidays

__all__ = [
    "Absence",
    "Assignment",
    "AutonomyLimit",
    "CalendarDay",
    "CalendarYear",
    "Delegation",
    "ListView",
    "Person",
    "Position",
    "Project",
    "ProjectDecision",
    "ProjectMember",
    "Rate",
    "Secondment",
    "Token",
    "Unit",
    "UnitHolidays",
    "UnitZone",
]
