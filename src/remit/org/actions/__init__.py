"""Writing the organisation: units, positions, people, assignments, tokens, views of lists."""

from .assignment import assign, end_assignment
from .founding import found
from .list_view import remove_list_view, save_list_view
from .log_in import note_log_in, note_log_in_failed, note_safety_changed
from .newcomer import bring_in
from .person import add_person, change_person, close_account, open_account
from .position import add_position, add_shipped_positions, change_position
from .scope import system_scope
from .token import make_token, revoke_token, use_token
from .unit import add_unit, change_unit, move_unit
from .zone import set_zone

__all__ = [
    "add_person",
    "add_position",
    "add_shipped_positions",
    "add_unit",
    "assign",
    "bring_in",
    "change_person",
    "change_position",
    "change_unit",
    "close_account",
    "end_assignment",
    "found",
    "make_token",
    "move_unit",
    "note_log_in",
    "note_log_in_failed",
    "note_safety_changed",
    "open_account",
    "remove_list_view",
    "revoke_token",
    "save_list_view",
    "set_zone",
    "system_scope",
    "use_token",
]
