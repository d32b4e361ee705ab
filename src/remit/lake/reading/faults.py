"""What an error of DuckDB means for the person who brought the file."""

import duckdb

from .refusal import Unreadable
from .source import Source


def explained(error: duckdb.Error, source: Source) -> Exception:
    """A fault of the disk is the disk's; what is left is a file that breaks off while it is read."""
    text = str(error)
    if isinstance(error, duckdb.OutOfMemoryException):
        return OSError(f"Not enough memory or disk for this import: {text.splitlines()[0]}")
    if isinstance(error, duckdb.IOException) or "No space left" in text or "File too large" in text:
        if source.kind == "parquet" and str(source.path) in text:
            return Unreadable(
                f"檔案「{source.path.name}」讀到一半中斷：內容不完整或已損壞。",
                f"The file {source.path.name} breaks off while it is read: it is cut off or damaged.",
            )
        return OSError(text.splitlines()[0])
    if source.kind == "parquet":
        return Unreadable(
            f"檔案「{source.path.name}」的內容已損壞。", f"The content of {source.path.name} is damaged."
        )
    return error
