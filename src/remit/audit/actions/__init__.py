"""Writing the record."""

from .event import record, record_all
from .personal import erase

__all__ = ["erase", "record", "record_all"]
