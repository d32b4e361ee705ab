"""Cohorts: customers by the month of their first purchase, and how many came back in each month after.

A cell counts only companies whose data hold that whole month, as the metric ``Retention`` does; where none
does, the cell is unknown, not zero.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from remit.core.period import Period, add_months
from remit.core.scope import Scope

from .pinned import Pinned, visible
from .render import literal
from .rollups import BASKETS
from .values import scope_sql

FACT = "order_lines"


@dataclass(frozen=True, slots=True)
class Cell:
    """``returned`` of ``people`` bought in the month."""

    returned: int
    people: int

    @property
    def share(self) -> float:
        return self.returned / self.people


@dataclass(frozen=True, slots=True)
class Cohort:
    """``cells[n]`` is about the calendar month ``n + 1`` after ``month``; None: that month is not over."""

    month: date
    people: int
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Cohorts:
    """Rows by month of first purchase, the oldest first. ``first``, ``last``: how far the data reach."""

    rows: tuple[Cohort, ...]
    sql: str
    first: date | None
    last: date | None

    def average(self, later: int) -> Cell | None:
        """All cohorts together in the month ``later`` (from 1) after their first purchase."""
        known = [row.cells[later - 1] for row in self.rows if len(row.cells) >= later]
        cells = [cell for cell in known if cell is not None]
        if not cells:
            return None
        return Cell(sum(cell.returned for cell in cells), sum(cell.people for cell in cells))


def cohorts(
    pinned: Pinned, scope: Scope, within: Scope | None = None, period: Period | None = None, months: int = 12
) -> Cohorts:
    """Cohorts whose first month lies in the period (all: every month), followed for ``months`` months."""
    seen = visible(pinned.extents(FACT), scope, within)
    if not seen:
        return Cohorts((), "", None, None)
    ends: dict[int, date] = {}
    for one in seen:
        ends[one.unit_id] = max(one.last, ends.get(one.unit_id, one.last))
    sql = _statement(scope, within, period)
    name = BASKETS.name if pinned.is_current(BASKETS) else FACT
    found = pinned.fetch(sql.replace("FROM lines", f"FROM ({pinned.source(name)})"))
    first, last = min(one.first for one in seen), max(ends.values())
    return Cohorts(_rows(found, ends, months), sql.replace("FROM lines", f'FROM "{name}"'), first, last)


def _statement(scope: Scope, within: Scope | None, period: Period | None) -> str:
    """(cohort, company, months later, people), month 0 being the first one."""
    wanted = f"WHERE cohort BETWEEN {literal(period.first)} AND {literal(period.last)}" if period else ""
    return (
        "WITH months AS (SELECT DISTINCT unit_id, customer_id, "  # noqa: S608  # literals are escaped
        "CAST(date_trunc('month', sold_on) AS DATE) AS month FROM lines\n"
        f"WHERE customer_id IS NOT NULL AND {scope_sql(FACT, scope)} AND {scope_sql(FACT, within)}),\n"
        "firsts AS (SELECT customer_id, min(month) AS cohort, min(unit_id) AS company\n"
        "FROM months GROUP BY 1)\n"
        "SELECT cohort, company, date_diff('month', cohort, month) AS later, "
        "count(DISTINCT customer_id) AS people\n"
        f"FROM months JOIN firsts USING (customer_id) {wanted} GROUP BY ALL ORDER BY ALL"
    )


def _rows(found: list[tuple[date, int, int, int]], ends: dict[int, date], months: int) -> tuple[Cohort, ...]:
    people: dict[date, dict[int, dict[int, int]]] = {}
    for month, company, later, count in found:
        people.setdefault(month, {}).setdefault(company, {})[later] = count
    rows = []
    for month, companies in sorted(people.items()):
        cells = [_cell(month, companies, ends, later) for later in range(1, months + 1)]
        size = sum(counts.get(0, 0) for counts in companies.values())
        rows.append(Cohort(month, size, tuple(cells)))
    return tuple(rows)


def _cell(
    month: date, companies: dict[int, dict[int, int]], ends: dict[int, date], later: int
) -> Cell | None:
    over = add_months(month, later + 1) - timedelta(days=1)
    whole = [counts for company, counts in companies.items() if ends[company] >= over]
    if not whole:
        return None
    return Cell(sum(one.get(later, 0) for one in whole), sum(one.get(0, 0) for one in whole))
