from .outlet import Outlet
from .placing import BEGINNING, Placing

__all__ = ["BEGINNING", "Outlet", "Placing"]
