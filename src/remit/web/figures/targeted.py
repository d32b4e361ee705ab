"""The targets that stand beside figures of a question."""

from collections.abc import Mapping
from typing import Any

from .asked import Asked
from .sight import Sight


def targets_of(asked: Asked, sight: Sight) -> Mapping[tuple[str, str], Any]:
    """Targets by metric and currency."""
    return {}
