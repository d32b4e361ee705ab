"""Reads of the lake's rows in the database, and the lake itself."""

from .lake import the_lake

__all__ = ["the_lake"]
