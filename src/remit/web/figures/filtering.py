"""Filters of the explorer: chips that can be taken off, and the values that a filter may name."""

from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from remit.metrics.catalog.dimensions import BUCKETS, DIMENSIONS
from remit.metrics.engine.question import Condition
from remit.metrics.queries import ask

from .asked import Asked
from .choices import Option, dimension_title
from .reading import Reading
from .refusals import REFUSALS
from .sight import Sight
from .words import weekday_names

MOST_VALUES = 60
MOST_SEARCHED = 20_000


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force: its words, its place in the form, and the address without it."""

    words: str
    text: str
    off: str


@dataclass(frozen=True, slots=True)
class Panel:
    """Values of one dimension to choose from, the weightiest first. ``more``: not all are listed."""

    dimension: str
    title: str
    find: str
    options: tuple[Option, ...]
    more: bool
    close: str


def condition_words(condition: Condition) -> str:
    """``Department: PRODUCE, DAIRY``."""
    values = ", ".join(_value_words(condition.dimension, value) for value in condition.values[:3])
    if len(condition.values) > 3:
        values += _(" and %d more") % (len(condition.values) - 3)
    title = dimension_title(condition.dimension)
    if condition.op == "not in":
        return _("%(dimension)s is not %(values)s") % {"dimension": title, "values": values}
    return _("%(dimension)s: %(values)s") % {"dimension": title, "values": values}


def _value_words(dimension: str, value: object) -> str:
    if value is None:
        return _("unknown")
    if dimension == "weekday" and str(value) in "1234567":
        return weekday_names()[int(str(value)) - 1]
    return str(value)


def conditions(asked: Asked) -> list[Chip]:
    """The filters in force."""
    page = reverse("figures_explorer")
    return [
        Chip(
            condition_words(condition),
            str(condition),
            f"{page}?{asked.query(where=tuple(c for c in asked.where if c != condition))}",
        )
        for condition in asked.where
    ]


def filter_dimensions() -> list[Option]:
    """The dimensions that a filter may name."""
    return [
        Option(name, dimension_title(name))
        for name in DIMENSIONS
        if name not in (*BUCKETS, "unit", "company")
    ]


def values_panel(request: HttpRequest, sight: Sight, asked: Asked) -> Panel | None:
    """The values of the dimension named by ``pick``, in the viewer's scope, under the other filters."""
    dimension = request.GET.get("pick", "")
    if dimension not in DIMENSIONS or not asked.metrics:
        return None
    find = request.GET.get("find", "").strip()
    options = _values(sight, asked, dimension, find)
    return Panel(
        dimension,
        dimension_title(dimension),
        find,
        tuple(options[:MOST_VALUES]),
        len(options) > MOST_VALUES,
        f"{reverse('figures_explorer')}?{asked.query()}",
    )


def _values(sight: Sight, asked: Asked, dimension: str, find: str) -> list[Option]:
    metric = asked.metrics[0]
    bare = replace(asked, metrics=(metric,), by=(dimension,), compare="", where=asked.without(dimension))
    limit = MOST_SEARCHED if find else MOST_VALUES + 1
    try:
        question = bare.question(sight.scope, sight.within(asked.unit), order=(f"-{metric}",), limit=limit)
        (answer,) = ask(question)
    except REFUSALS:
        return []
    reading = Reading(answer, tuple(answer.rows), "", (dimension,))
    codes = ["unknown" if code is None else str(code) for code in reading.values(dimension)]
    pairs = dict(zip(codes, reading.labels(dimension), strict=True))
    wanted = find.casefold()
    return [
        Option(code, label)
        for code, label in pairs.items()
        if wanted in label.casefold() or wanted in code.casefold()
    ]
