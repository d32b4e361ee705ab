"""What comes back: columns, rows, and everything one needs in order to trust them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from remit.core.period import Period
from remit.core.text import Text

Value = str | int | float | Decimal | date | None


@dataclass(frozen=True, slots=True)
class AnswerColumn:
    """One column of an answer.

    ``kind``: ``dimension``, ``label`` (the name that goes with the code in column ``of``), ``metric``,
    ``before`` or ``change`` (of the metric ``of``). ``type``: ``text``, ``integer``, ``decimal``, ``date``.
    ``unit``: money, count, percent, ratio, days, or empty for dimensions. ``currency``: set when every
    amount of the column is in that one currency; otherwise the row's ``currency`` column says.
    """

    name: str
    kind: str
    type: str
    title: Text
    unit: str = ""
    currency: str = ""
    of: str = ""
    digits: int = 0


@dataclass(frozen=True, slots=True)
class Freshness:
    """How far a table's data reach, in the scope asked."""

    table: str
    first: date | None
    last: date | None
    version: int


@dataclass(frozen=True, slots=True)
class Answer:
    """``rows`` are tuples in the order of ``columns``; an unknown figure is None, never zero.

    ``sql``: the statements that were run (one a scan). ``period``: the resolved days asked about (None:
    all). ``before``: the period compared with. ``notes``: what a reader has to know; ``silent``: those
    that name a company whose data lie outside the period, so that its part is missing from the figures.
    """

    columns: tuple[AnswerColumn, ...]
    rows: list[tuple[Value, ...]]
    sql: tuple[str, ...] = ()
    freshness: tuple[Freshness, ...] = ()
    period: Period | None = None
    before: Period | None = None
    notes: tuple[Text, ...] = field(default=())
    silent: tuple[Text, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def dicts(self) -> Iterator[dict[str, Value]]:
        """Rows by column name."""
        names = self.names
        return (dict(zip(names, row, strict=True)) for row in self.rows)

    def value(self, name: str) -> Any:
        """The figure of the only row; None when there is no row. Raise ValueError when there are several."""
        if not self.rows:
            return None
        (row,) = self.rows
        return row[self.names.index(name)]

    @property
    def last_day(self) -> date | None:
        """The freshest business day of all tables read ("as of")."""
        days = [entry.last for entry in self.freshness if entry.last]
        return max(days, default=None)
