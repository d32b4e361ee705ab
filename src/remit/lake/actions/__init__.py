"""The only writers of this room."""

from .care import compact_tables, pin, unpin, vacuum_tables
from .claim import AlreadyRunning, TakenOver
from .mapping_template import save_mapping
from .publication import publish
from .replay import NothingCorrected, replay_quarantine
from .row import ImportIsBusy, NoSuchColumn, RowIsSettled, correct_row, drop_rows
from .running import run_import
from .starting import KeepsNoBooks, Started, start_import
from .undo import CannotUndo, undo_import

__all__ = [
    "AlreadyRunning",
    "CannotUndo",
    "ImportIsBusy",
    "KeepsNoBooks",
    "NoSuchColumn",
    "NothingCorrected",
    "RowIsSettled",
    "Started",
    "TakenOver",
    "compact_tables",
    "correct_row",
    "drop_rows",
    "pin",
    "publish",
    "replay_quarantine",
    "run_import",
    "save_mapping",
    "start_import",
    "undo_import",
    "unpin",
    "vacuum_tables",
]
