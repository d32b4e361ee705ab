"""Facts that many parts of one page ask for, read once while it is drawn."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

_READ: ContextVar[dict[Any, Any] | None] = ContextVar("read", default=None)


@contextmanager
def one_reading() -> Iterator[None]:
    """While it lasts, nothing that is asked through ``once_a_reading`` changes."""
    token = _READ.set({})
    try:
        yield
    finally:
        _READ.reset(token)


def once_a_reading[**P, R](ask: Callable[P, R]) -> Callable[P, R]:
    """Ask once for the same arguments (hashable) within ``one_reading``; outside of it, each time.

    Every caller gets the same object, so that ``R`` must be one that nobody changes.
    """

    @wraps(ask)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        known = _READ.get()
        if known is None:
            return ask(*args, **kwargs)
        key = (ask, args, tuple(sorted(kwargs.items())))
        if key not in known:
            known[key] = ask(*args, **kwargs)
        answer: R = known[key]
        return answer

    return asked
