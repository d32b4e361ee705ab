"""Tasks in time: circles, the critical path, and what shifts when something slips. Pure.

A dependency is (before, after): ``after`` begins on a later day than the last of ``before``. Times linear in
tasks and dependencies; the critical path is that of Kelley and Walker (1959), with the dates that people gave
in place of the earliest ones.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from remit.org.working_days import WorkingCalendar

ONE_DAY = timedelta(days=1)
type Edge = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a task, both included."""

    first: date
    last: date


def circle(edges: Iterable[Edge]) -> list[int]:
    """A circle of tasks that wait for each other, in order; empty when there is none."""
    following = _following(edges)
    state: dict[int, int] = {}
    for root in following:
        if root in state:
            continue
        path: list[int] = []
        stack = [(root, iter(following.get(root, ())))]
        state[root] = 1
        path.append(root)
        while stack:
            task, rest = stack[-1]
            step = next(rest, None)
            if step is None:
                state[task] = 2
                path.pop()
                stack.pop()
            elif state.get(step) == 1:
                return path[path.index(step) :]
            elif step not in state:
                state[step] = 1
                path.append(step)
                stack.append((step, iter(following.get(step, ()))))
    return []


def in_order(tasks: Iterable[int], edges: Iterable[Edge]) -> list[int]:
    """Each task after all that it waits for. Raise ValueError where tasks wait for each other."""
    known = list(dict.fromkeys(tasks))
    here = set(known)
    inner = [(before, after) for before, after in edges if before in here and after in here]
    following = _following(inner)
    waits = dict.fromkeys(known, 0)
    for _before, after in inner:
        waits[after] += 1
    ready = deque(task for task in known if not waits[task])
    found: list[int] = []
    while ready:
        task = ready.popleft()
        found.append(task)
        for after in following.get(task, ()):
            waits[after] -= 1
            if not waits[after]:
                ready.append(after)
    if len(found) < len(known):
        raise ValueError("Tasks wait for each other.")
    return found


def slack_days(spans: Mapping[int, Span], edges: Iterable[Edge]) -> dict[int, int]:
    """How many days each task can end later without anything else moving the last day of all.

    Below nothing, a task overlaps what waits for it. Those with nothing or less are the critical path.
    """
    if not spans:
        return {}
    inner = [(before, after) for before, after in edges if before in spans and after in spans]
    following = _following(inner)
    horizon = max(span.last for span in spans.values())
    latest: dict[int, date] = {}
    for task in reversed(in_order(spans, inner)):
        starts = [
            latest[after] - (spans[after].last - spans[after].first) for after in following.get(task, ())
        ]
        latest[task] = min([start - ONE_DAY for start in starts], default=horizon)
    return {task: (latest[task] - spans[task].last).days for task in spans}


def shifts(
    spans: Mapping[int, Span],
    edges: Iterable[Edge],
    moved: int,
    *,
    calendar: WorkingCalendar,
    stays: Callable[[int], bool] = lambda _task: False,
) -> dict[int, Span]:
    """New days of what waits for ``moved``, directly and through others, where it now begins too early.

    A task begins on the working day after the last of what it waits for, and keeps its count of working days.
    It never gets earlier. ``stays``: tasks that cannot move, such as those that are done.
    """
    inner = [(before, after) for before, after in edges if before in spans and after in spans]
    behind = _reached(moved, _following(inner))
    waits: dict[int, list[int]] = {}
    for before, after in inner:
        waits.setdefault(after, []).append(before)
    now = dict(spans)
    for task in in_order(spans, inner):
        if task not in behind or stays(task):
            continue
        # Only what moved pushes: an overlap that somebody planned elsewhere is theirs.
        pushing = [before for before in waits[task] if before == moved or now[before] != spans[before]]
        if not pushing:
            continue
        first = max(now[before].last for before in pushing) + ONE_DAY
        if first > now[task].first:
            now[task] = _from(first, spans[task], calendar)
    return {task: span for task, span in now.items() if span != spans[task]}


def _from(first: date, span: Span, calendar: WorkingCalendar) -> Span:
    begins = calendar.at_or_after(first)
    days = sum(1 for _day in calendar.between(span.first, span.last))
    return Span(begins, calendar.shifted(begins, max(days - 1, 0)))


def _reached(task: int, following: Mapping[int, list[int]]) -> set[int]:
    found: set[int] = set()
    waiting = deque(following.get(task, ()))
    while waiting:
        one = waiting.popleft()
        if one not in found:
            found.add(one)
            waiting.extend(following.get(one, ()))
    return found


def _following(edges: Iterable[Edge]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for before, after in edges:
        found.setdefault(before, []).append(after)
    return found
