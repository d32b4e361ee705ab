"""Work on all parts of an index at once: by threads here, or by the executors of a cluster."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from remit.journeys.event_index.opened import Afar, Index
from remit.kernels.journeys.columns import Part


def each_part[Result](work: Callable[[Part], Result], index: Index) -> list[Result]:
    """Results from the largest part to the smallest, the same order wherever they are made.

    Kernels let go of the interpreter, so that threads are enough.
    """
    if index.afar is not None:
        sized = _each_afar(lambda part: (len(part.seconds), work(part)), index.afar)
        return [found for _size, found in sorted(sized, key=lambda one: one[0], reverse=True)]
    ordered = sorted(index.parts, key=lambda part: len(part.seconds), reverse=True)
    return list(_threads(os.getpid()).map(work, ordered))


def each_in_order[Result](work: Callable[[Part], Result], index: Index) -> list[Result]:
    """Results in the order of the parts."""
    if index.afar is not None:
        return _each_afar(work, index.afar)
    return list(_threads(os.getpid()).map(work, index.parts))


def _each_afar[Result](work: Callable[[Part], Result], afar: Afar) -> list[Result]:
    from .on_spark import each_afar  # late: only where a cluster is set

    return each_afar(work, afar)


@lru_cache(maxsize=1)
def _threads(_process: int) -> ThreadPoolExecutor:
    """A forked process gets its own."""
    return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="journeys")
