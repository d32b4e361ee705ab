"""The only writers of this room."""

from .publication import publish

__all__ = ["publish"]
