"""A plan's tasks as bars over days, with what waits for what. Geometry only; the template draws it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from remit.execution.models import Task
from remit.execution.queries.schedule import Schedule
from remit.org.working_days import WorkingCalendar

NAMES, ROW, HEAD, FOOT = 236, 34, 40, 10  # pixels
BAR, ROUND = 18, 4
WIDE, DAY_MOST, DAY_LEAST = 900, 30, 3
NAME_UNITS = 30  # a Chinese sign counts two


@dataclass(frozen=True, slots=True)
class Bar:
    """A task's bar."""

    task: Task
    name: str
    x: int
    y: int
    width: int
    middle: int
    is_critical: bool
    is_late: bool
    slack: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A line with a day under it, or a stripe of days off."""

    x: int
    day: date
    width: int = 0


@dataclass(frozen=True, slots=True)
class Gantt:
    """All in pixels. ``arrows``: path data; ``today_x``: None outside the days that are drawn."""

    width: int
    height: int
    bars: list[Bar]
    arrows: list[str]
    ticks: list[Tick]
    off: list[Tick]
    today_x: int | None


def gantt_of(schedule: Schedule, shown: Sequence[Task], on: date, times: WorkingCalendar) -> Gantt | None:
    """The bars of ``shown``; None when there is nothing to draw."""
    if not shown:
        return None
    first = min(task.starts_on for task in shown) - timedelta(days=2)
    last = max(task.ends_on for task in shown) + timedelta(days=3)
    days = (last - first).days + 1
    step = max(DAY_LEAST, min(DAY_MOST, WIDE // days))
    place = {task.pk: row for row, task in enumerate(shown)}

    def x_of(day: date) -> int:
        return NAMES + (day - first).days * step

    bars = [_bar(task, row, schedule, x_of, step, on) for row, task in enumerate(shown)]
    arrows = [
        _arrow(bars[place[before]], bars[place[after]])
        for before, after in schedule.edges
        if before in place and after in place
    ]
    every = [first + timedelta(days=number) for number in range(days)]
    return Gantt(
        width=NAMES + days * step + FOOT,
        height=HEAD + len(shown) * ROW + FOOT,
        bars=bars,
        arrows=arrows,
        ticks=[Tick(x_of(day), day) for day in _ticks(every, step)],
        off=[Tick(x_of(day), day, step) for day in every if step >= 6 and not times.is_working(day)],
        today_x=x_of(on) + step // 2 if first <= on <= last else None,
    )


def _bar(task: Task, row: int, schedule: Schedule, x_of, step: int, on: date) -> Bar:  # type: ignore[no-untyped-def]  # a closure of days
    top = HEAD + row * ROW
    return Bar(
        task=task,
        name=shortened(task.title),
        x=x_of(task.starts_on),
        y=top + (ROW - BAR) // 2,
        width=max(((task.ends_on - task.starts_on).days + 1) * step - 1, 4),
        middle=top + ROW // 2,
        is_critical=schedule.is_critical(task),
        is_late=task.is_open and task.ends_on < on,
        slack=max(schedule.slack.get(task.pk, 0), 0),
    )


def _arrow(before: Bar, after: Bar) -> str:
    """From the end of one bar to the beginning of the other, around corners."""
    x, y, to_x, to_y = before.x + before.width, before.middle, after.x, after.middle
    if to_x >= x + 8:
        return f"M{x} {y}H{x + 4}V{to_y}H{to_x - 1}"
    if to_x > x - 4 and to_y > y:  # it begins the day after: down from under the bar
        return f"M{x - 6} {y + BAR // 2}V{to_y}H{to_x - 1}"
    between = y + (ROW // 2 if to_y > y else -(ROW // 2))
    return f"M{x} {y}H{x + 4}V{between}H{to_x - 6}V{to_y}H{to_x - 1}"


def _ticks(days: Iterable[date], step: int) -> list[date]:
    """Mondays; the first of months where weeks are too narrow."""
    if step * 7 >= 44:
        return [day for day in days if day.weekday() == 0]
    return [day for day in days if day.day == 1]


def shortened(title: str) -> str:
    """As much of a title as fits beside the bars; a Chinese sign is twice as wide as a letter."""
    units, kept = 0, ""
    for sign in title:
        units += 2 if ord(sign) > 0x2E7F else 1
        if units > NAME_UNITS:
            return kept.rstrip() + "…"
        kept += sign
    return kept
