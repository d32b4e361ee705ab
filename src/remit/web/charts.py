"""Charts as data: what is drawn, in words that the script and the table behind it both understand.

``Chart("line", labels, (Series("Net sales", values, unit="money", currency="USD"),))``
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.translation import gettext as _

from . import numbers

Kind = Literal[
    "line",
    "area",
    "column",
    "stacked",
    "bar",
    "donut",
    "heat",
    "scatter",
    "funnel",
    "sankey",
    "radar",
    "tree",
]


@dataclass(frozen=True, slots=True)
class Series:
    """One measure. ``values`` run along the chart's labels, None where there is no data.

    heat: ``values`` is a list of rows, one for each of the chart's ``rows``. scatter: each value is
    ``(x, y, size, name)``. ``kind`` overrides the chart's, such as a line over columns; ``axis`` 1 is the
    right one.
    """

    name: str
    values: Sequence[Any]
    unit: str = "count"
    currency: str = ""
    kind: str = ""
    axis: int = 0
    dashed: bool = False
    estimate: bool = False
    muted: bool = False
    low: Sequence[Any] = ()
    high: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """``label_title`` heads the column of labels in the table; ``target`` draws a line at a value.

    scatter takes ``x_title, x_unit, y_title, y_unit`` and ``split=(x, y)`` for a quadrant;
    sankey takes ``links`` of (from, to, value).
    """

    kind: Kind
    labels: Sequence[str] = ()
    series: Sequence[Series] = ()
    label_title: str = ""
    rows: Sequence[str] = ()
    row_title: str = ""
    target: float | None = None
    target_name: str = ""
    x_title: str = ""
    x_unit: str = "count"
    y_title: str = ""
    y_unit: str = "count"
    split: tuple[float, float] | None = None
    links: Sequence[tuple[str, str, float]] = field(default_factory=tuple)
    hrefs: Sequence[str] = ()

    def data(self) -> dict[str, Any]:
        """What ``charts.js`` reads."""
        names = [name for name in self.__slots__ if name != "series"]
        found = {name: getattr(self, name) for name in names}
        found["series"] = [{name: getattr(s, name) for name in s.__slots__} for s in self.series]
        return found

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        if self.kind == "sankey":
            return not self.links
        return all(numbers.is_nothing(value) for s in self.series for value in _flat(s.values))

    def table(self, language: str) -> tuple[list[str], list[list[str]]]:
        """The table behind the chart: titles, and rows of written values."""
        if self.kind == "sankey":
            return [_("From"), _("To"), _("Count")], [[a, b, numbers.grouped(n)] for a, b, n in self.links]
        if self.kind == "heat":
            return self._heat_table(language)
        if self.kind == "scatter":
            titles = [_("Name"), self.x_title, self.y_title, _("Size")]
            return titles, [self._point(point, language) for s in self.series for point in s.values]
        titles = [self.label_title, *(s.name for s in self.series)]
        return titles, [
            [str(label), *(_written(s, index, language) for s in self.series)]
            for index, label in enumerate(self.labels)
        ]

    def _point(self, point: Sequence[Any], language: str) -> list[str]:
        x, y, size, name = (*point, None, "")[:4] if len(point) < 4 else point[:4]
        return [
            str(name or ""),
            numbers.figure(x, self.x_unit, language=language, brief=False),
            numbers.figure(y, self.y_unit, language=language, brief=False),
            numbers.grouped(size),
        ]

    def _heat_table(self, language: str) -> tuple[list[str], list[list[str]]]:
        s = self.series[0]
        return [self.row_title, *map(str, self.labels)], [
            [
                str(name),
                *(
                    numbers.figure(v, s.unit, currency=s.currency, language=language, brief=False)
                    for v in row
                ),
            ]
            for name, row in zip(self.rows, s.values, strict=True)
        ]


def _written(series: Series, index: int, language: str) -> str:
    value = series.values[index] if index < len(series.values) else None
    return numbers.figure(value, series.unit, currency=series.currency, language=language, brief=False)


def _flat(values: Sequence[Any]) -> list[Any]:
    out: list[Any] = []
    for value in values:
        out.extend(value if isinstance(value, list | tuple) else [value])
    return out
