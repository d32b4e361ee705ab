"""What the tests of pages share."""

from tests.web.figures_house import house
from tests.web.imports_desk import analyst, desk, left_out

__all__ = ["analyst", "desk", "house", "left_out"]
