"""Which chart tells a reading best: lines over time, bars over categories, a heat map over two of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from django.utils.translation import gettext as _

from remit.metrics.engine.answer import AnswerColumn

from ..charts import Chart, Series
from .asked import CLOCKS, TIMES
from .reading import Reading, say

MOST_LINES = 8
MOST_BARS = 20
MOST_HEAT_ROWS = 40


def chart(
    reading: Reading, column: AnswerColumn, wanted: str = "", target: Any = None, compare: str = ""
) -> Chart:
    """The chart of one metric; ``wanted`` (line, bar, heat) holds where the dimensions allow it."""
    by = reading.by
    time = next((name for name in by if name in TIMES), "")
    if len(by) == 1:
        if time and wanted != "bar":
            return _line(reading, column, time, target, compare)
        return _bars(reading, column, by[0], target)
    if time and wanted != "heat":
        return _lines(reading, column, time, next(name for name in by if name != time))
    across = time or next((name for name in by if name in CLOCKS), by[1])
    return _heat(reading, column, next(name for name in by if name != across), across)


def number(value: Any) -> Any:
    """A value as the script takes it."""
    return float(value) if isinstance(value, Decimal) else value


def _series(reading: Reading, column: AnswerColumn, name: str, values: Sequence[Any], **more: Any) -> Series:
    return Series(
        name, [number(v) for v in values], unit=column.unit, currency=reading.currency_of(column), **more
    )


def _with_before(reading: Reading, column: AnswerColumn, order: Sequence[int]) -> list[Series]:
    """The figures, and those compared with where there are any, as a muted second series."""
    values = reading.values(column.name)
    series = [_series(reading, column, title(column), [values[i] for i in order])]
    before = reading.related(column, "before")
    earlier = reading.values(before.name) if before else []
    if before and any(value is not None for value in earlier):
        series.append(
            _series(reading, column, title(before), [earlier[i] for i in order], dashed=True, muted=True)
        )
    return series


def title(column: AnswerColumn) -> str:
    """The title of a column in the language of the page."""
    return say(column.title)


def _line(reading: Reading, column: AnswerColumn, time: str, target: Any, compare: str) -> Chart:
    order = _order(reading.values(time))
    labels = reading.labels(time)
    values = reading.values(column.name)
    alone = [_series(reading, column, title(column), [values[i] for i in order])]
    # Over time, "the period before" of each point is its left neighbour: it would be the same line, shifted.
    return Chart(
        "line",
        [labels[i] for i in order],
        _with_before(reading, column, order) if compare == "last_year" else alone,
        label_title=title(reading.column(time)),
        target=number(target),
        target_name=_("target") if target is not None else "",
    )


def _bars(reading: Reading, column: AnswerColumn, place: str, target: Any) -> Chart:
    natural = place in CLOCKS or place in TIMES
    labels, values = reading.labels(place), reading.values(column.name)
    order = _order(reading.values(place)) if natural else _biggest(values)[:MOST_BARS]
    return Chart(
        "column" if natural else "bar",
        [labels[i] for i in order],
        _with_before(reading, column, order),
        label_title=title(reading.column(place)),
        target=number(target),
        target_name=_("target") if target is not None else "",
    )


def _lines(reading: Reading, column: AnswerColumn, time: str, place: str) -> Chart:
    grid = Grid.of(reading, column, place, time)
    kept = _biggest([grid.weight(row) for row in grid.rows])[:MOST_LINES]
    return Chart(
        "line",
        [grid.column_labels[value] for value in grid.columns],
        [
            _series(reading, column, grid.row_labels[grid.rows[i]], grid.line(grid.rows[i], grid.columns))
            for i in kept
        ],
        label_title=title(reading.column(time)),
    )


def _heat(reading: Reading, column: AnswerColumn, down: str, across: str) -> Chart:
    grid = Grid.of(reading, column, down, across)
    rows, columns = grid.rows, grid.columns
    if down not in CLOCKS:
        rows = [rows[i] for i in _biggest([grid.weight(row) for row in rows])[:MOST_HEAT_ROWS]]
    if across not in CLOCKS and across not in TIMES:
        weights = [sum(abs(grid.cells.get((row, each)) or 0) for row in rows) for each in columns]
        columns = [columns[i] for i in _biggest(weights)[:MOST_HEAT_ROWS]]
    return Chart(
        "heat",
        [grid.column_labels[value] for value in columns],
        (
            Series(
                title(column),
                [[number(value) for value in grid.line(row, columns)] for row in rows],
                unit=column.unit,
                currency=reading.currency_of(column),
            ),
        ),
        label_title=title(reading.column(across)),
        rows=[grid.row_labels[value] for value in rows],
        row_title=title(reading.column(down)),
    )


@dataclass(frozen=True, slots=True)
class Grid:
    """A metric over two dimensions: ``cells`` by (row, column), both in natural order."""

    cells: dict[tuple[Any, Any], Any]
    rows: list[Any]
    columns: list[Any]
    row_labels: dict[Any, str]
    column_labels: dict[Any, str]

    @classmethod
    def of(cls, reading: Reading, column: AnswerColumn, down: str, across: str) -> Self:
        rows, columns = reading.values(down), reading.values(across)
        return cls(
            cells=dict(zip(zip(rows, columns, strict=True), reading.values(column.name), strict=True)),
            rows=[rows[i] for i in _order(rows)],
            columns=[columns[i] for i in _order(columns)],
            row_labels=dict(zip(rows, reading.labels(down), strict=True)),
            column_labels=dict(zip(columns, reading.labels(across), strict=True)),
        )

    def line(self, row: Any, columns: Sequence[Any]) -> list[Any]:
        """The cells of one row; None where there is no data."""
        return [self.cells.get((row, column)) for column in columns]

    def weight(self, row: Any) -> Any:
        """How much a row matters when not all can be drawn."""
        return sum(abs(value) for value in self.line(row, self.columns) if value is not None)


def _order(values: Sequence[Any]) -> list[int]:
    """Indexes of the first of each value, ascending, unknown last."""
    first: dict[Any, int] = {}
    for index, value in enumerate(values):
        first.setdefault(value, index)
    known = sorted(value for value in first if value is not None)
    return [first[value] for value in known] + ([first[None]] if None in first else [])


def _biggest(values: Sequence[Any]) -> list[int]:
    """Indexes from the biggest value to the smallest, without those that have no figure."""
    return sorted((i for i, v in enumerate(values) if v is not None), key=lambda i: values[i], reverse=True)
