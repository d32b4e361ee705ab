"""What the tests of pages share."""

from tests.web.figures_house import house

__all__ = ["house"]
