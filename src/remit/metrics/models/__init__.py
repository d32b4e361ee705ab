from .alert import Alert, AlertFiring
from .board import Board, Tile
from .custom_metric import CustomMetric
from .saved_question import SavedQuestion
from .target import Target

__all__ = ["Alert", "AlertFiring", "Board", "CustomMetric", "SavedQuestion", "Target", "Tile"]
