"""The shared fixtures."""

from tests.rooms import browse, lake_folder, organisation

__all__ = ["browse", "lake_folder", "organisation"]
