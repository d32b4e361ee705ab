"""Reads of figures and of what is asked of them."""

from .definitions import catalogue, defined, versions_of
from .figures import ask, scope_in, values_of

__all__ = ["ask", "catalogue", "defined", "scope_in", "values_of", "versions_of"]
