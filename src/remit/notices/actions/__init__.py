"""Telling people."""

from .letter import send_due
from .notice import notify, read, send_test
from .preference import set_preference
from .robot import allow_robots, set_team_robot

__all__ = ["allow_robots", "notify", "read", "send_due", "send_test", "set_preference", "set_team_robot"]
