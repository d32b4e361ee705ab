"""Which actions react to which event. ``config`` says it once, at start-up."""

from collections.abc import Callable, Mapping

from django.utils.module_loading import import_string

_reactions: dict[str, tuple[str, ...]] = {}


def register(reactions: Mapping[str, tuple[str, ...]]) -> None:
    """Replace the mapping of event name to dotted paths of actions."""
    _reactions.clear()
    _reactions.update({name: tuple(paths) for name, paths in reactions.items()})


def registered() -> dict[str, tuple[str, ...]]:
    """Dotted paths of actions by event name."""
    return dict(_reactions)


def reactions_to(name: str) -> tuple[str, ...]:
    """Dotted paths of the actions that react to an event of this name."""
    return _reactions.get(name, ())


def action_at(path: str) -> Callable[..., object]:
    """The action at a dotted path; raise ImportError when there is none."""
    action: Callable[..., object] = import_string(path)
    return action
