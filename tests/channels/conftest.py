"""The shared fixtures."""

from tests.rooms import lake_folder, organisation

__all__ = ["lake_folder", "organisation"]
