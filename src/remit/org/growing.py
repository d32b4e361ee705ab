"""How far somebody has grown: levels that count, gaps, months, steps of a ladder. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

SOURCES = ("evidence", "manager", "self")  # the first that spoke counts
LEVELS = range(1, 6)
DAYS_PER_MONTH = 30


@dataclass(frozen=True, slots=True)
class Standing:
    """What was said last of one skill of one person, by source."""

    said: Mapping[str, int] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """Whose word counts: evidence before the manager's, the manager's before one's own."""
        return next((source for source in SOURCES if source in self.said), "")

    @property
    def level(self) -> int | None:
        """The level that counts; none when nobody said anything."""
        return self.said.get(self.source)


UNSAID = Standing()


@dataclass(frozen=True, slots=True)
class Gap:
    """What is asked of somebody (0: nothing), and where they stand."""

    asked: int
    standing: Standing = UNSAID

    @property
    def missing(self) -> int:
        """Levels that are missing; 0 also while nobody has said where they stand."""
        level = self.standing.level
        return max(0, self.asked - level) if level is not None else 0

    @property
    def is_open(self) -> bool:
        """Something is asked and nobody has said where they stand."""
        return self.asked > 0 and self.standing.level is None


def months_held(spans: Iterable[tuple[date, date | None]], on: date) -> int:
    """Whole months of the days in any of the spans (both ends included) up to a day; overlaps count once.

    Each unbroken stretch gives its calendar months; days left over are added up, 30 to a month.
    """
    months = days = 0
    for first, last in _merged((first, min(last or on, on)) for first, last in spans if first <= on):
        more, left = _months(first, last + timedelta(days=1))
        months += more
        days += left
    return months + days // DAYS_PER_MONTH


def _merged(spans: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    found: list[tuple[date, date]] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1] + timedelta(days=1):
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _months(first: date, after: date) -> tuple[int, int]:
    """Calendar months from a day to before another, and the days left over."""
    months = (after.year - first.year) * 12 + after.month - first.month
    if after.day < first.day:
        months -= 1
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    start = date(year, month + 1, 1) + timedelta(days=first.day - 1)
    return months, max(0, (after - start).days)


@dataclass(frozen=True, slots=True)
class Asked:
    """A criterion of a rung: ``skill`` at ``level``, ``months`` below, or a statement that is confirmed."""

    id: int
    skill: int | None = None
    level: int = 0
    months: int = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """A criterion held against a person: ``have`` of ``want`` levels or months (statement: 1)."""

    asked: Asked
    have: int
    want: int

    @property
    def is_met(self) -> bool:
        return self.have >= self.want


def answered(
    criteria: Iterable[Asked], *, standings: Mapping[int, Standing], months: int, confirmed: frozenset[int]
) -> tuple[Answered, ...]:
    """Each criterion met or missing, with its figures; a skill of which nobody said anything is at 0."""
    found = []
    for asked in criteria:
        if asked.skill is not None:
            have, want = standings.get(asked.skill, UNSAID).level or 0, asked.level
        elif asked.months:
            have, want = months, asked.months
        else:
            have, want = int(asked.id in confirmed), 1
        found.append(Answered(asked, have, want))
    return tuple(found)
