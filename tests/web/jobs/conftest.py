"""The shared fixtures."""

from tests.web.shell.conftest import cast, log_in_as, person

__all__ = ["cast", "log_in_as", "person"]
