"""The finding of a chart, in a sentence: what a person would say after looking at it."""

from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.metrics.engine.answer import AnswerColumn

from .. import numbers
from .asked import CLOCKS, TIMES, Asked
from .choices import dimension_title
from .reading import Reading, say
from .words import compared_words, span_words


def figure_words(reading: Reading, column: AnswerColumn, value: Any) -> str:
    """A value in the unit of its metric; nothing is said to be nothing."""
    if value is None:
        return _("no data")
    return numbers.figure(
        value, column.unit, currency=reading.currency_of(column), language=get_language() or "zh-hant"
    )


def change_words(value: Any, unit: str) -> str:
    """A change with its sign: relative, or in percentage points where the figure is a percentage."""
    if value is None:
        return numbers.NOTHING
    if unit != "percent":
        return numbers.change(value)
    points = numbers.grouped(Decimal(str(value)) * 100, 1)
    return _("%s points") % (f"+{points}" if value >= Decimal("0.0005") else points)


def finding(asked: Asked, total: Reading, main: Reading, column: AnswerColumn, adds_up: bool) -> str:
    """One sentence on a metric. ``total`` answers the same question without its split.

    ``adds_up``: whether the figures of the groups make up the whole, so that shares may be spoken of.
    """
    if main.is_empty and total.is_empty:
        return _("%(metric)s: no data in %(period)s") % {
            "metric": say(column.title),
            "period": span_words(asked.period, main.answer.period),
        }
    if not main.by or (main.by[0] in TIMES and len(main.by) == 1):
        return _total(asked, total, column)
    if len(main.by) == 1 or any(name in TIMES for name in main.by):
        return (
            _leader(asked, main, column, adds_up)
            or _peak(asked, main, column)
            or _total(asked, total, column)
        )
    return _peak(asked, main, column) or _total(asked, total, column)


def named(label: str, dimension: str) -> str:
    """A group in a sentence: a bare number says what it is a number of, such as ``Outlet 367``."""
    return f"{dimension_title(dimension)} {label}" if label.isdigit() and dimension not in TIMES else label


def _total(asked: Asked, total: Reading, column: AnswerColumn) -> str:
    words = {
        "metric": say(column.title),
        "value": figure_words(total, column, total.figure(column) if total.has(column.name) else None),
        "period": span_words(asked.period, total.answer.period),
    }
    change = total.related(column, "change")
    moved = total.figure(change) if change else None
    if moved is None:
        return _("%(metric)s %(value)s in %(period)s") % words
    words["change"] = change_words(moved, column.unit)
    words["before"] = compared_words(asked.period, asked.compare, total.answer.before)
    return _("%(metric)s %(value)s in %(period)s, %(change)s on %(before)s") % words


def _leader(asked: Asked, main: Reading, column: AnswerColumn, adds_up: bool) -> str:
    """The group with the biggest figure, with its share where groups add up, else with the smallest one."""
    place = next(name for name in main.by if name not in TIMES)
    every: dict[Any, Any] = {}
    for code, value in zip(main.values(place), main.values(column.name), strict=True):
        if value is not None and (adds_up or len(main.by) == 1):
            every[code] = every.get(code, 0) + value
    # What is not known belongs to the whole, but cannot lead it.
    labels = dict(zip(main.values(place), main.labels(place), strict=True))
    sums = {labels[code]: value for code, value in every.items() if code is not None}
    if not sums:
        return ""
    top = max(sums, key=lambda name: sums[name])
    low = min(sums, key=lambda name: sums[name])
    words = {
        "metric": say(column.title),
        "top": named(top, place),
        "value": figure_words(main, column, sums[top]),
        "low": named(low, place),
        "least": figure_words(main, column, sums[low]),
        "period": span_words(asked.period, main.answer.period),
    }
    whole = sum(every.values())
    if adds_up and len(every) > 1 and whole > 0 and min(every.values()) >= 0:
        words["share"] = numbers.percent(Decimal(str(sums[top])) / Decimal(str(whole)))
        if place in CLOCKS:
            return _("%(metric)s peaks on %(top)s: %(value)s, %(share)s of %(period)s") % words
        return _("%(top)s leads with %(share)s of %(metric)s (%(value)s) in %(period)s") % words
    if len(sums) > 1 and sums[top] == sums[low]:
        return ""
    if len(sums) == 1:
        return _("%(metric)s of %(top)s: %(value)s in %(period)s") % words
    return (
        _("%(metric)s in %(period)s: highest for %(top)s (%(value)s), lowest for %(low)s (%(least)s)") % words
    )


def _peak(asked: Asked, main: Reading, column: AnswerColumn) -> str:
    """The pair of groups with the biggest figure."""
    values = main.values(column.name)
    known = [index for index, value in enumerate(values) if value is not None]
    if len(main.by) < 2 or not known:
        return ""
    best = max(known, key=lambda index: values[index])
    return _("%(metric)s in %(period)s is highest at %(first)s × %(second)s: %(value)s") % {
        "metric": say(column.title),
        "period": span_words(asked.period, main.answer.period),
        "first": named(main.labels(main.by[0])[best], main.by[0]),
        "second": named(main.labels(main.by[1])[best], main.by[1]),
        "value": figure_words(main, column, values[best]),
    }
