"""A month as squares of days, for every calendar of the product."""

from calendar import Calendar
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from remit.core.period import add_months
from remit.org.working_days import WorkingCalendar

from .figures.words import month_words

SHOWN_A_DAY = 6
YEARS = range(1990, 2200)


@dataclass(frozen=True, slots=True)
class Square[T]:
    """One day of the month's page."""

    day: date
    rows: list[T]
    more: int
    is_off: bool
    is_other: bool
    is_today: bool


@dataclass(frozen=True, slots=True)
class Month:
    """``days``: whole weeks; ``previous`` and ``following`` as ``2026-11``, for addresses."""

    first: date
    days: list[date]

    @classmethod
    def asked(cls, text: str, on: date) -> "Month":
        """The month of ``2026-11``; for anything else, and for years that no work has, the one of ``on``."""
        try:
            first = date.fromisoformat(f"{text}-01")
        except ValueError:
            first = on.replace(day=1)
        if first.year not in YEARS:
            first = on.replace(day=1)
        return cls(first, list(Calendar().itermonthdates(first.year, first.month)))

    @property
    def words(self) -> str:
        return month_words(self.first)

    @property
    def previous(self) -> str:
        return f"{add_months(self.first, -1):%Y-%m}"

    @property
    def following(self) -> str:
        return f"{add_months(self.first, 1):%Y-%m}"

    @property
    def weekdays(self) -> list[date]:
        return self.days[:7]

    def squares[T](
        self, rows: Iterable[T], day_of: Callable[[T], date], on: date, times: WorkingCalendar
    ) -> list[Square[T]]:
        """The rows on their days, at most SHOWN_A_DAY each."""
        by_day: dict[date, list[T]] = {}
        for row in rows:
            by_day.setdefault(day_of(row), []).append(row)
        return [
            Square(
                day, by_day.get(day, [])[:SHOWN_A_DAY], max(0, len(by_day.get(day, [])) - SHOWN_A_DAY),
                not times.is_working(day), day.month != self.first.month, day == on,
            )
            for day in self.days
        ]  # fmt: skip
