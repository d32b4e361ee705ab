from .assignment import Assignment
from .list_view import ListView
from .person import Person
from .position import Position
from .rate import Rate
from .token import Token
from .unit import Unit, UnitZone

__all__ = ["Assignment", "ListView", "Person", "Position", "Rate", "Token", "Unit", "UnitZone"]
