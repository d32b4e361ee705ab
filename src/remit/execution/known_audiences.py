"""Whose customers of a campaign are known before it reaches anybody: rooms above say it.

A room above that is taken away takes its source along, and audiences are compared by contacts alone.
"""

from collections.abc import Callable, Collection, Iterable, Iterator

from remit.planning.models import Campaign

type Known = Iterable[tuple[int, Iterable[str]]]
type Source = Callable[[Collection[Campaign]], Known]

_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Called once by the AppConfig of the room above. ``source``: codes of the customers by campaign; whoever
    has none is left out.
    """
    _sources[name] = source


def planned_for(campaigns: Collection[Campaign]) -> Iterator[tuple[int, Iterable[str]]]:
    """(campaign, codes of the customers whom it is to reach), as far as somebody knows."""
    for source in _sources.values():
        yield from source(campaigns)
