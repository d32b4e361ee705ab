"""What serves a goal: the rooms above that keep such things say so, and what is served keeps its place."""

from collections.abc import Callable, Collection

type Find = Callable[[Collection[int]], set[int]]

_finders: list[Find] = []


def register(find: Find) -> None:
    """Called once by the AppConfig of a room above; ``find``: of these goals, by number, those it serves."""
    if find not in _finders:
        _finders.append(find)


def served_among(goals: Collection[int]) -> set[int]:
    """Of these goals, by number, those that something serves."""
    return {goal for find in _finders for goal in find(goals)}
