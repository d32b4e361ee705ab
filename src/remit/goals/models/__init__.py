from .goal import MANUAL, Goal, ManualReading
from .strategy import Source, Strategy

__all__ = [
    "MANUAL",
    "Goal",
    "ManualReading",
    "Source",
    "Strategy",
]  # fmt: skip
