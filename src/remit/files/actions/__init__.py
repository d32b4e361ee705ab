"""Writing files."""

from .expiry import expire_files
from .storing import store_file

__all__ = ["expire_files", "store_file"]
