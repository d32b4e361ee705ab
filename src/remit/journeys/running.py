"""Work on all parts of an index at once."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from remit.kernels.journeys.columns import Part


def each_part[Result](work: Callable[[Part], Result], parts: Iterable[Part]) -> list[Result]:
    """Results in no particular order; kernels let go of the interpreter, so that threads are enough."""
    ordered = sorted(parts, key=lambda part: len(part.seconds), reverse=True)
    return list(_threads(os.getpid()).map(work, ordered))


def each_in_order[Result](work: Callable[[Part], Result], parts: Iterable[Part]) -> list[Result]:
    """Results in the order of the parts."""
    return list(_threads(os.getpid()).map(work, parts))


@lru_cache(maxsize=1)
def _threads(_process: int) -> ThreadPoolExecutor:
    """A forked process gets its own."""
    return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="journeys")
