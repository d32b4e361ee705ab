"""An answer, ready to be read: one currency at a time, labels in the language of the page.

Nothing is computed here that the engine has not answered, but shares of a listed total.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.metrics.engine.answer import Answer, AnswerColumn

from .asked import TIMES
from .words import bucket_words, weekday_names

CURRENCY = "currency"


def say(text: Any) -> str:
    """A Text in the language of the page."""
    return str(text.say(get_language() or "zh-hant"))


@dataclass(frozen=True)
class Reading:
    """Rows of an answer that share a currency. ``currency`` is empty when no amount is among them."""

    answer: Answer
    rows: tuple[tuple[Any, ...], ...]
    currency: str
    by: tuple[str, ...]

    @cached_property
    def _index(self) -> dict[str, int]:
        return {column.name: index for index, column in enumerate(self.answer.columns)}

    @cached_property
    def metrics(self) -> tuple[AnswerColumn, ...]:
        return tuple(column for column in self.answer.columns if column.kind == "metric")

    def column(self, name: str) -> AnswerColumn:
        return self.answer.columns[self._index[name]]

    def values(self, name: str) -> list[Any]:
        """The raw values of a column, one a row."""
        index = self._index[name]
        return [row[index] for row in self.rows]

    def has(self, name: str) -> bool:
        return name in self._index

    def currency_of(self, column: AnswerColumn) -> str:
        """The currency of a column of amounts; empty for anything else."""
        return (column.currency or self.currency) if column.unit == "money" else ""

    def figure(self, column: AnswerColumn) -> Any:
        """The figure of a reading with one row; None when there is none."""
        return self.values(column.name)[0] if self.rows else None

    def related(self, column: AnswerColumn, kind: str) -> AnswerColumn | None:
        """The ``before`` or ``change`` column of a metric."""
        return next((c for c in self.answer.columns if c.kind == kind and c.of == column.name), None)

    def labels(self, dimension: str) -> list[str]:
        """The labels of a dimension, one a row: names where there are names, else codes."""
        named = next(
            (c.name for c in self.answer.columns if c.kind == "label" and c.of == dimension), dimension
        )
        codes, names = self.values(dimension), self.values(named)
        return [
            label_of(code if name is None else name, dimension)
            for code, name in zip(codes, names, strict=True)
        ]

    @property
    def is_empty(self) -> bool:
        """Whether no metric has any figure."""
        return all(value is None for column in self.metrics for value in self.values(column.name))


def label_of(value: Any, dimension: str) -> str:
    """One value of a dimension in words."""
    if value is None:
        return _("unknown")
    if dimension in TIMES:
        return bucket_words(value, dimension)
    if dimension == "weekday":
        return weekday_names()[int(value) - 1]
    if dimension == "hour":
        return f"{int(value):02d}:00"
    return str(value)


def whole(answer: Answer, by: Sequence[str]) -> Reading | None:
    """All rows as one reading, for what is no amount; None where currencies repeat the groups or are one."""
    names = [column.name for column in answer.columns]
    if CURRENCY not in names or CURRENCY in by or not by:
        return None
    places = [names.index(name) for name in by]
    keys = [tuple(row[place] for place in places) for row in answer.rows]
    if len({row[names.index(CURRENCY)] for row in answer.rows}) < 2 or len(set(keys)) < len(keys):
        return None
    return Reading(answer, tuple(answer.rows), "", tuple(by))


def first_rows(rows: Sequence[tuple[Any, ...]], most: int, money: int | None) -> list[tuple[Any, ...]]:
    """The first rows; given the column of the currency, as many of each: amounts compare with their own."""
    if money is None:
        return list(rows[:most])
    kinds = list(dict.fromkeys(row[money] for row in rows))
    return [row for kind in kinds for row in [r for r in rows if r[money] == kind][: -(-most // len(kinds))]]


def readings(answer: Answer, by: Sequence[str]) -> list[Reading]:
    """The answer split by currency, the biggest part first; at least one reading, maybe without rows."""
    names = [column.name for column in answer.columns]
    rows = [tuple(row) for row in answer.rows]
    if CURRENCY not in names or CURRENCY in by:
        return [Reading(answer, tuple(rows), "", tuple(by))]
    index = names.index(CURRENCY)
    currencies = list(dict.fromkeys(row[index] for row in rows))
    if not currencies:
        return [Reading(answer, (), "", tuple(by))]
    return [
        Reading(answer, tuple(row for row in rows if row[index] == currency), str(currency or ""), tuple(by))
        for currency in currencies
    ]
