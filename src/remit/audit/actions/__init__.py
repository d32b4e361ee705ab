"""Writing the record."""

from .event import record
from .personal import erase

__all__ = ["erase", "record"]
