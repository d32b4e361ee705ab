from .preferences import preference_of, wishes_of
from .robots import allowances_of, robot_names, robots_not_set_up, robots_open_to, team_robot_of
from .saying import Said, said, unread_count

__all__ = [
    "Said",
    "allowances_of",
    "preference_of",
    "robot_names",
    "robots_not_set_up",
    "robots_open_to",
    "said",
    "team_robot_of",
    "unread_count",
    "wishes_of",
]
