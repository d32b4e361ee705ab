"""Where the outlets of units come from: a room above org knows, and registers itself at start-up."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet

Source = Callable[[AbstractSet[int]], set[int]]

_sources: list[Source] = []


def register_outlets(source: Source) -> None:
    """Take ``source`` (ids of units → ids of their outlets, no subtree) as the answer from now on."""
    _sources[:] = [source]


def outlet_ids_of(unit_ids: AbstractSet[int]) -> set[int]:
    """Ids of the outlets that hang directly on these units; none where no room knows outlets."""
    return set(_sources[0](unit_ids)) if _sources and unit_ids else set()
