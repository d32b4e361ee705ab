"""Many texts: every core screens a part of them, in the order in which they came."""

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence

from .engine import Screen
from .rule import Screened

PART = 500  # texts that go to a process at once
MANY = 4 * PART  # fewer are screened before other processes have begun

_work: list[Callable[[str], object]] = []  # of a process that was forked to screen


def screened[T](
    screen: Screen, texts: Sequence[str], industry: str, written: Callable[[Screened], T]
) -> Iterator[T]:
    """What ``written`` makes of the answer to each text."""

    def work(text: str) -> T:
        return written(screen.screen(text, industry))

    cores = os.cpu_count() or 1
    if len(texts) < MANY or cores == 1 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work, texts)
        return
    gc.freeze()  # else looking for garbage would copy the memory that the processes share
    parts = [texts[at : at + PART] for at in range(0, len(texts), PART)]
    # Forked processes have the rules already; to send them would take longer than to screen.
    with multiprocessing.get_context("fork").Pool(min(cores, len(parts)), _work.append, (work,)) as pool:
        for answers in pool.imap(_part, parts):
            yield from answers  # type: ignore[misc]  # of the type that ``written`` makes
    gc.unfreeze()


def _part(texts: Sequence[str]) -> list[object]:
    return [_work[-1](text) for text in texts]
