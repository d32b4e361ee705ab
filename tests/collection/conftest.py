"""A company with write keys, for tests of what comes by them."""

from tests.collection.desk import desk
from tests.rooms import lake_folder, organisation

__all__ = ["desk", "lake_folder", "organisation"]
