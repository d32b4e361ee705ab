from .dispatch import Dispatch
from .letter import Letter
from .notice import Notice
from .preference import Preference
from .robot import RobotAllowance, TeamRobot

__all__ = ["Dispatch", "Letter", "Notice", "Preference", "RobotAllowance", "TeamRobot"]
