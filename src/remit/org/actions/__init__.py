"""Writing the organisation: units, positions, people and how they grow, tokens, views of lists."""

from .assignment import assign, end_assignment
from .confirmation import confirm, withdraw_confirmation
from .founding import found
from .ladder import add_criterion, add_ladder, add_rung, remove_criterion, remove_rung
from .list_view import remove_list_view, save_list_view
from .log_in import note_log_in, note_log_in_failed, note_safety_changed
from .mentoring import begin_mentoring, end_mentoring
from .newcomer import bring_in
from .newcomer_plan import check_in, make_newcomer_plan, reopen_step, tick_step
from .person import add_person, change_person, close_account, open_account
from .position import add_position, add_shipped_positions, change_position
from .scope import system_scope
from .shipping import ship
from .skill import add_skill, ask_skill, change_skill
from .skill_level import assess
from .successor import name_successor, remove_successor
from .template_step import add_template_step, change_template_step, remove_template_step
from .token import make_token, revoke_token, use_token
from .unit import add_unit, change_unit, move_unit
from .zone import set_zone

__all__ = [
    "add_criterion",
    "add_ladder",
    "add_person",
    "add_position",
    "add_rung",
    "add_shipped_positions",
    "add_skill",
    "add_template_step",
    "add_unit",
    "ask_skill",
    "assess",
    "assign",
    "begin_mentoring",
    "bring_in",
    "change_person",
    "change_position",
    "change_skill",
    "change_template_step",
    "change_unit",
    "check_in",
    "close_account",
    "confirm",
    "end_assignment",
    "end_mentoring",
    "found",
    "make_newcomer_plan",
    "make_token",
    "move_unit",
    "name_successor",
    "note_log_in",
    "note_log_in_failed",
    "note_safety_changed",
    "open_account",
    "remove_criterion",
    "remove_list_view",
    "remove_rung",
    "remove_successor",
    "remove_template_step",
    "reopen_step",
    "revoke_token",
    "save_list_view",
    "set_zone",
    "ship",
    "system_scope",
    "tick_step",
    "use_token",
    "withdraw_confirmation",
]
