"""Hours of a week that somebody has, and what takes them. Pure.

A task's hours lie evenly on its working days. A project takes at least the share of the week that was agreed;
where the person's tasks for it take more, those count.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from remit.org.working_days import WorkingCalendar

WEEK = timedelta(days=7)
NOMINAL_DAYS = 5  # a week's hours are agreed for five working days


@dataclass(frozen=True, slots=True)
class Work:
    """A task's hours between two days; ``project``: that of its plan, none without."""

    first: date
    last: date
    hours: float
    project: int | None = None


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """Hours of one week of one person."""

    monday: date
    has: float
    duties: float
    projects: float
    tasks: float

    @property
    def taken(self) -> float:
        return self.duties + self.projects + self.tasks

    @property
    def free(self) -> float:
        """What is left; never below nothing."""
        return max(self.has - self.taken, 0.0)

    @property
    def share(self) -> float | None:
        """Taken of had; None in a week without hours of which nothing is taken."""
        if self.has > 0:
            return self.taken / self.has
        return None if self.taken == 0 else float("inf")

    @property
    def is_over(self) -> bool:
        return self.taken > self.has + 0.05


def hours_in(work: Work, monday: date, calendar: WorkingCalendar) -> float:
    """The part of a task's hours that lies in a week; all of it on its days where none is a working day."""
    days = list(calendar.between(work.first, work.last))
    if not days:
        days = [work.first + timedelta(days=number) for number in range((work.last - work.first).days + 1)]
    inside = sum(monday <= day < monday + WEEK for day in days)
    return work.hours * inside / len(days)


def week_load(
    monday: date,
    *,
    hours_per_week: float,
    present: int,
    duties: float,
    shares: dict[int, int],
    works: Iterable[Work],
    calendar: WorkingCalendar,
) -> WeekLoad:
    """``present``: working days on which the person is there. ``shares``: agreed percent, by project.

    Duties and projects shrink with the days that the person is there.
    """
    part = present / NOMINAL_DAYS
    has = hours_per_week * part
    of_project: dict[int, float] = {
        project: hours_per_week * share / 100 * part for project, share in shares.items()
    }
    asked: dict[int, float] = {}
    tasks = 0.0
    for work in works:
        hours = hours_in(work, monday, calendar)
        if work.project in of_project:
            asked[work.project] = asked.get(work.project, 0.0) + hours
        else:
            tasks += hours
    projects = sum(max(agreed, asked.get(project, 0.0)) for project, agreed in of_project.items())
    return WeekLoad(monday, has, duties * part, projects, tasks)
