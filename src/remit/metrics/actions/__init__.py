"""Writing definitions, targets, alerts, boards and saved questions."""

from .alert import look_at, look_at_alerts, retire_alert, set_alert
from .board import (
    add_tile,
    arrange_tiles,
    change_board,
    change_tile,
    make_board,
    remove_board,
    remove_tile,
)
from .custom_metric import define_metric, retire_metric
from .saved_question import remove_question, save_question
from .target import remove_target, set_target

__all__ = [
    "add_tile",
    "arrange_tiles",
    "change_board",
    "change_tile",
    "define_metric",
    "look_at",
    "look_at_alerts",
    "make_board",
    "remove_board",
    "remove_question",
    "remove_target",
    "remove_tile",
    "retire_alert",
    "retire_metric",
    "save_question",
    "set_alert",
    "set_target",
]
