"""A question of a page and its answer: findings, charts, and the table behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.metrics.catalog.spec import Count, Metric, Sum
from remit.metrics.engine.answer import Answer, AnswerColumn
from remit.metrics.engine.question import Question
from remit.org.queries.demonstration import regions_are_invented
from remit.org.queries.positions import position_titles

from .. import numbers
from ..charts import Chart
from .asked import CLOCKS, MOST_ROWS, Asked
from .choices import dimension_title
from .drawing import chart
from .exporting import Sheet
from .findings import change_words, finding
from .reading import CURRENCY, Reading, first_rows, label_of, readings, say, whole
from .sight import Sight
from .words import bucket_words, compared_words, day_words, edges, span_words

MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class Block:
    """One metric in one currency, ready to be shown. ``target`` is the figure aimed at, if any.

    ``booked``: the currency of the rows behind a figure that is no amount, where the answer is split by it.
    """

    metric: Metric
    column: AnswerColumn
    currency: str
    finding: str
    value: Any
    before: Any
    change: Any
    compared: str
    chart: Chart | None
    target: Any = None
    booked: str = ""

    @property
    def change_words(self) -> str:
        """The change in words, with its sign."""
        return change_words(self.change, self.column.unit)

    @property
    def tone(self) -> str:
        """Whether the change is good news: ``good``, ``bad`` or ``flat``."""
        if not self.change or abs(self.change) < 0.0005 or self.metric.better == "neither":
            return "flat"
        return "good" if (self.change > 0) == (self.metric.better == "up") else "bad"

    @property
    def arrow(self) -> str:
        return (
            ""
            if self.change is None
            else "\u2192"
            if abs(self.change) < 0.0005
            else "\u2191"
            if self.change > 0
            else "\u2193"
        )

    @property
    def size(self) -> str:
        """How high the chart is drawn: many bars and heat maps need room."""
        if self.chart is None or self.chart.is_empty:
            return ""
        many = self.chart.kind == "bar" and len(self.chart.labels) > 9
        return "tall" if many or (self.chart.kind == "heat" and len(self.chart.rows) > 4) else ""

    @property
    def is_empty(self) -> bool:
        return self.value is None and (self.chart is None or self.chart.is_empty)

    @property
    def reached(self) -> Any:
        """The share of the target that is reached; None without a target or a figure."""
        return None if not self.target or self.value is None else float(self.value) / float(self.target)


def questions_of(asked: Asked, sight: Sight, limit: int | None = MOST_ROWS + 1) -> list[Question]:
    """The question itself and the same without its split, in the viewer's scope.

    Raise UnknownUnit, UnreadablePeriod.
    """
    within = sight.within(asked.unit)
    main = asked.question(sight.scope, within, order=_order(asked), limit=limit)
    if not asked.by:
        return [main]
    return [main, asked.question(sight.scope, within, by=())]


def _order(asked: Asked) -> tuple[str, ...]:
    natural = tuple(name for name in asked.by if name == asked.time or name in CLOCKS)
    return natural + tuple(f"-{name}" for name in asked.metrics[:1] if asked.by)


@dataclass(frozen=True)
class Explored:
    """What a page shows of an answer."""

    asked: Asked
    answer: Answer
    blocks: list[Block]
    was_cut: bool

    @property
    def is_empty(self) -> bool:
        return all(block.is_empty for block in self.blocks)

    @property
    def owners(self) -> dict[str, str]:
        """The positions that answer for the metrics, by code."""
        codes = {block.metric.owner for block in self.blocks}
        return position_titles(codes, get_language() or "zh-hant")

    @property
    def notes(self) -> list[str]:
        """What the engine says, and where a demonstration has drawn its regions itself."""
        found = [say(note) for note in self.answer.notes]
        named = {*self.asked.by, *(one.dimension for one in self.asked.where)}
        if named & {"region", "unit"} and regions_are_invented():
            found.append(
                _("Regions are demonstration configuration: the source does not say where its outlets are.")
            )
        return found

    @property
    def silent(self) -> list[str]:
        """Companies that are missing from the figures, because their data end before the period."""
        return [say(note) for note in self.answer.silent]

    @property
    def period(self) -> str:
        return span_words(self.asked.period, self.answer.period)

    @property
    def partial(self) -> str:
        """Which buckets of time lie only partly in the period, so that their figures look too small."""
        period, time = self.answer.period, self.asked.time
        if period is None or time in ("", "day") or not self.answer.rows:
            return ""
        cut = [day for day, is_whole in edges(period, time) if not is_whole]
        if not cut:
            return ""
        return _("Only partly in the period: %s.") % ", ".join(bucket_words(day, time) for day in cut)

    @property
    def period_days(self) -> str:
        """The days behind the words, when the words do not say them."""
        period = self.answer.period
        return (
            _("%(first)s to %(last)s")
            % {
                "first": day_words(period.first),
                "last": day_words(period.last),
            }
            if period
            else ""
        )

    @property
    def columns(self) -> list[AnswerColumn]:
        """The columns worth showing: a code gives way to its name, a currency stands in the figures."""
        columns = self.answer.columns
        named = {column.of for column in columns if column.kind == "label"}
        hidden = set() if CURRENCY in self.asked.by else {CURRENCY}
        return [column for column in columns if column.name not in named | hidden]

    def heads(self, columns: Sequence[AnswerColumn] | None = None) -> list[tuple[str, bool]]:
        """Title and whether it is a number, one a column."""
        shown = self.columns if columns is None else columns
        return [
            (
                dimension_title(column.of) if column.kind == "label" else say(column.title),
                column.kind in ("metric", "before", "change"),
            )
            for column in shown
        ]

    def lines(
        self, most: int = MOST_LINES, columns: Sequence[AnswerColumn] | None = None, *, shared: bool = False
    ) -> list[list[tuple[str, bool]]]:
        """The first rows as written, each cell with whether it is a number; ``shared``: of each currency."""
        shown = self.columns if columns is None else columns
        places = [(self.answer.names.index(column.name), column) for column in shown]
        money = self.answer.names.index(CURRENCY) if CURRENCY in self.answer.names else None
        units = {column.name: column.unit for column in self.answer.columns}
        return [
            [
                _cell(
                    row[index],
                    column,
                    str(row[money] or "") if money is not None else "",
                    units.get(column.of, ""),
                )
                for index, column in places
            ]
            for row in first_rows(self.answer.rows, min(most, MOST_ROWS), money if shared else None)
        ]

    def sheet(self, name: str) -> Sheet:
        """All columns, codes included, with values as they are; the currency of amounts is a column too."""
        columns = self.answer.columns
        booked = next((one.currency for one in columns if one.unit == "money" and one.currency), "")
        titles = [say(column.title) for column in columns]
        return Sheet(
            name,
            (*titles, _("Currency")) if booked else tuple(titles),
            tuple((*row, booked) if booked else tuple(row) for row in self.answer.rows),
            notes=(self.period_days, *self.freshness(), *self.notes),
        )

    @property
    def rest(self) -> int:
        """Rows that the table leaves out."""
        return max(0, len(self.answer.rows) - MOST_LINES)

    def freshness(self) -> list[str]:
        """``Order lines as of 31 Dec 2017``, one a table."""
        return [
            _("%(table)s: data to %(day)s") % {"table": entry.table, "day": day_words(entry.last)}
            for entry in self.answer.freshness
            if entry.last
        ]


def _cell(value: Any, column: AnswerColumn, currency: str | None, unit: str) -> tuple[str, bool]:
    """``unit`` is that of the metric which a change is about."""
    if column.kind in ("dimension", "label"):
        return label_of(value, column.of or column.name), False
    if column.kind == "change":
        return change_words(value, unit), True
    money = (column.currency or currency or "") if column.unit == "money" else ""
    language = get_language() or "zh-hant"
    return numbers.figure(value, column.unit, currency=money, language=language, brief=False), True


def explored(
    asked: Asked,
    answers: Sequence[Answer],
    catalogue: Mapping[str, Metric],
    targets: Mapping[tuple[str, str], Any] | None = None,
) -> Explored:
    """Put the answers of ``questions_of`` together. ``targets`` by metric and currency ("" for no money)."""
    main, total = answers[0], answers[-1]
    was_cut = len(main.rows) > MOST_ROWS
    shown = replace(main, rows=main.rows[:MOST_ROWS]) if was_cut else main
    totals = {reading.currency: reading for reading in readings(total, ())}
    parts = readings(shown, asked.by)
    joined = whole(shown, asked.by)
    blocks = []
    for name in asked.metrics:
        if name not in catalogue:
            continue
        column = next(one for one in parts[0].metrics if one.name == name)
        # What is no amount knows no currency: it is drawn once where its groups do not repeat.
        split = [joined] if joined and column.unit != "money" else parts
        for reading in split:
            summed = totals.get(reading.currency, reading)
            block = _block(asked, reading, summed, column, catalogue, was_cut, targets or {})
            alone = len(split) < 2 or block.currency
            blocks.append(block if alone else replace(block, booked=reading.currency))
    return Explored(asked, shown, blocks, was_cut)


def _block(
    asked: Asked,
    main: Reading,
    total: Reading,
    column: AnswerColumn,
    catalogue: Mapping[str, Metric],
    was_cut: bool,
    targets: Mapping[tuple[str, str], Any],
) -> Block:
    metric = catalogue[column.name]
    before, change = total.related(column, "before"), total.related(column, "change")
    currency = main.currency_of(column)
    target = targets.get((column.name, currency))
    return Block(
        metric=metric,
        column=column,
        currency=currency,
        finding=finding(asked, total, main, column, adds_up(metric) and not was_cut),
        value=total.figure(column) if total.has(column.name) and len(total.rows) == 1 else None,
        before=total.figure(before) if before else None,
        change=total.figure(change) if change else None,
        compared=compared_words(asked.period, asked.compare, total.answer.before) if change else "",
        chart=chart(main, column, asked.chart, target if asked.compare == "target" else None, asked.compare)
        if main.by and asked.chart != "table"
        else None,
        target=target,
    )


def adds_up(metric: Metric) -> bool:
    """Whether figures of groups make up the figure of the whole."""
    return isinstance(metric.spec, Sum | Count)
