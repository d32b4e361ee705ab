"""The only writers of this room."""

from .move import move_outlet
from .outlet import ensure_outlets, load_outlets
from .publication import publish_outlets

__all__ = ["ensure_outlets", "load_outlets", "move_outlet", "publish_outlets"]
