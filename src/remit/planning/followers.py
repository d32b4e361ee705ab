"""What follows a plan: rooms above keep work for it, and say what comes of that work with the plan.

What is registered here holds at once, in the transaction of the plan's own action. A room above that is taken
away takes its follower along, and plans are copied, cancelled and closed without it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol

from remit.org.models import Person

from .models import Plan


class Copy(Protocol):
    """Lay what follows ``source`` into ``target`` too, ``moved`` later."""

    def __call__(self, *, source: Plan, target: Plan, moved: timedelta, by: Person, at: datetime) -> None: ...


class End(Protocol):
    """End what follows a plan that is cancelled, or closed."""

    def __call__(self, *, plan: Plan, at: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Follower:
    """``close`` ends what may be left when it is closed. ``hindrance``: a sentence why the plan cannot be
    closed yet, or none. ``cost``: what that work is planned to cost, in the currency of the plan.
    """

    name: str
    copy: Copy
    cancel: End
    close: End
    hindrance: Callable[[Plan], str | None]
    cost: Callable[[Plan], Decimal]


_followers: dict[str, Follower] = {}


def register(follower: Follower) -> None:
    """Called once by the AppConfig of the room above."""
    _followers[follower.name] = follower


def followers() -> tuple[Follower, ...]:
    """In the order in which they were registered."""
    return tuple(_followers.values())


def hindrance_to_close(plan: Plan) -> str | None:
    """Why what follows the plan does not let it be closed; none when nothing stands in the way."""
    return next((said for each in followers() if (said := each.hindrance(plan))), None)
